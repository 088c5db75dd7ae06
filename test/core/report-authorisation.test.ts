import { describe, expect, test } from 'vitest'
import type { LedgerDecision } from '../../src/core/ledger/decision.ts'
import type { Data } from '../../src/core/record.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import {
  allowedChanges,
  decisionLines,
  emergencyChanges,
  governedCommits,
  overriddenPriorities,
  waivedConflicts,
} from '../../src/core/report-authorisation.ts'
import type { GovernedEdit } from '../../src/core/report-governance.ts'
import { missingReviews } from '../../src/core/report-missing-review.ts'
import { at, facts, incident, life } from '../reports/web-shop.ts'

type States = readonly (readonly [at: string, state: string])[]

const change = (id: string, fields: Data, ...states: States) =>
  life(
    'change',
    id,
    { service: undefined, priority: undefined, ...fields },
    states.map(([when, state]) => ({ at: when, state })),
  )

const given = (lives: Parameters<typeof facts>[0]['lives'], rest: Partial<ReportFacts> = {}): ReportFacts => ({
  ...facts({ period: '2026-03', incidents: [], ...(lives && { lives }) }),
  ...rest,
})

const decision = (subject: string, fields: Partial<LedgerDecision> = {}): LedgerDecision => ({
  ...{
    file: 'f',
    at: at('2026-03-02T08:00'),
    outcome: 'merged',
    pullRequest: 7,
    subject,
    policy: 'p',
    rule: 'high risk',
  },
  ...{ seen: null, head: 'a', commits: [], policyCommit: 'a', digest: 'd', digests: {}, steps: [], engine: null },
  verdict: { met: true, because: 'two agreed', parts: [] },
  reviews: [
    { login: 'lena', commit: 'a' },
    { login: 'ada', commit: 'a' },
    { login: 'ada', commit: 'b' },
  ],
  ...fields,
})

describe('a change that was allowed', () => {
  const scheduled = change('CHG-1', { log: [{ by: 'ada', state: 'scheduled', note: 'Agreed by two' }] }, [
    '2026-03-02T09:00',
    'scheduled',
  ])

  test('is shown by a decision in the ledger, with who reviewed it', () => {
    const [told] = allowedChanges(given([scheduled], { decisions: [decision('change/CHG-1')] }), 'audit')
    expect(told?.decision).toMatchObject({ pullRequest: 7, rule: 'high risk', reviewers: ['ada', 'lena'] })
  })

  test.each([
    ['another subject', decision('change/CHG-2')],
    ['a requirement that was not met', decision('change/CHG-1', { verdict: { met: false, because: 'no', parts: [] } })],
    ['a pull request that was not merged', decision('change/CHG-1', { outcome: 'closed' })],
  ])('is not shown by a decision on %s', (_, other) => {
    const [told] = allowedChanges(given([scheduled], { decisions: [other] }), 'audit')
    expect(told).toMatchObject({ decision: null, note: 'ada: Agreed by two' })
  })

  test('counts where it was scheduled, or where it began without', () => {
    const told = allowedChanges(
      given([
        change('CHG-1', {}, ['2026-02-02T09:00', 'scheduled'], ['2026-03-02T09:00', 'implement']),
        change('CHG-2', { change_type: 'emergency' }, ['2026-03-03T09:00', 'implement']),
        change('CHG-3', {}, ['2026-03-02T09:00', 'assess']),
        change('CHG-4', { unauthorised: true }, ['2026-03-02T09:00', 'implement']),
      ]),
      'audit',
    )
    expect(told.map(({ id }) => id)).toEqual(['CHG-2'])
  })
})

describe('decisions of the ledger', () => {
  test('are those of the period, the latest first, met or not', () => {
    const told = decisionLines(
      given([], {
        decisions: [
          decision('change/A', { at: at('2026-02-28T23:59') }),
          decision('change/B'),
          decision('policy/C', { at: at('2026-03-05T00:00'), verdict: { met: false, because: 'no', parts: [] } }),
        ],
      }),
    )
    expect(told.map(({ subject, met }) => [subject, met])).toEqual([
      ['policy/C', false],
      ['change/B', true],
    ])
  })
})

describe('an emergency', () => {
  test('was allowed before it began, nothing on the mainline tells, or it was found to have happened', () => {
    const emergency = { change_type: 'emergency' }
    const told = emergencyChanges(
      given([
        change('CHG-1', emergency, ['2026-03-02T09:00', 'scheduled'], ['2026-03-02T10:00', 'implement']),
        change('CHG-2', emergency, ['2026-03-03T09:00', 'implement']),
        change('CHG-3', { change_type: 'normal' }, ['2026-03-03T09:00', 'implement']),
        change('CHG-4', { ...emergency, unauthorised: true }, ['2026-03-03T09:00', 'review']),
      ]),
      'audit',
    )
    expect(told.map(({ id, how }) => [id, how])).toEqual([
      ['CHG-1', 'before'],
      ['CHG-2', 'untold'],
      ['CHG-4', 'found'],
    ])
  })
})

describe('what was set aside', () => {
  test('are the waivers of changes allowed in the period', () => {
    const waivers = [
      { conflict: 'ci_in_blackout', with: 'sale', approver: 'lena', reason: 'Agreed', expires: '2026-04-01' },
    ]
    const told = waivedConflicts(
      given([
        change('CHG-1', { waivers }, ['2026-03-02T09:00', 'scheduled']),
        change('CHG-2', { waivers }, ['2026-02-02T09:00', 'scheduled']),
      ]),
      'audit',
    )
    expect(told).toMatchObject([
      { id: 'CHG-1', conflict: 'ci in blackout', with: 'sale', approver: 'lena', reason: 'Agreed' },
    ])
  })

  test('are priorities that were set against the matrix in the period, with who set them', () => {
    const set = (id: string, when: string) =>
      incident(id, {}, [
        { at: '2026-01-02T09:00', state: 'new' },
        { at: when, state: 'in_progress', set: { priority: 'P1', priority_override_reason: 'The board called' } },
      ])
    const told = overriddenPriorities(
      facts({ period: '2026-03', incidents: [set('INC-1', '2026-03-02T09:00'), set('INC-2', '2026-02-02T09:00')] }),
      'audit',
    )
    expect(told).toMatchObject([{ id: 'INC-1', priority: 'P1', reason: 'The board called', by: 'Ada' }])
  })
})

describe('edits of what judges others', () => {
  const edit = (type: string, id: string, when: string, kind: GovernedEdit['kind'], commit: string): GovernedEdit => ({
    ...{ type, id, kind, commit, file: `records/${type}/${id}.yaml`, at: at(when), by: 'Ada', provenance: 'claimed' },
  })

  test('are told by commit, the latest first', () => {
    const told = governedCommits(
      given([], {
        governed: [
          edit('sla', 'old', '2026-02-02T09:00', 'added', 'a'),
          ...['e', 'd', 'c', 'b', 'a'].map((id) => edit('change-model', id, '2026-03-02T09:00', 'edited', 'b')),
          edit('gitsm.yaml', 'gitsm.yaml', '2026-03-03T09:00', 'removed', 'c'),
        ],
      }),
    )
    expect(told).toMatchObject([
      { commit: 'c', what: ['gitsm.yaml'], added: 0, edited: 0, removed: 1 },
      {
        commit: 'b',
        what: ['change-model a', 'change-model b', 'change-model c', 'change-model d', '1 more'],
        edited: 5,
      },
    ])
  })
})

describe('a review that is missing', () => {
  const closed = (id: string, fields: Data) => change(id, fields, ['2026-03-02T09:00', 'closed'])
  const review = (id: string, state: string, fields: Data = {}) =>
    life('review', id, fields, [{ at: '2026-03-03T09:00', state }])
  const missing = (...lives: NonNullable<Parameters<typeof facts>[0]['lives']>) =>
    missingReviews(given(lives), 'audit').map(({ id, because, review: has }) => [id, because, has])

  test.each([
    ['an emergency', { change_type: 'emergency' }, 'change: emergency'],
    ['a failure', { outcome: 'unsuccessful_backed_out' }, 'change: unsuccessful backed out'],
    ['trouble', { outcome: 'successful_with_issues' }, 'change: successful with issues'],
    ['an unauthorised change', { unauthorised: true, change_type: 'emergency' }, 'change: unauthorised'],
  ])('is wanted of %s', (_, fields, because) => {
    expect(missing(closed('CHG-1', fields))).toEqual([['CHG-1', because, null]])
    expect(missing(closed('CHG-1', { ...fields, review: 'PIR-1' }), review('PIR-1', 'planned'))).toEqual([
      ['CHG-1', because, 'planned'],
    ])
    expect(missing(closed('CHG-1', { ...fields, review: 'PIR-1' }), review('PIR-1', 'held'))).toEqual([])
    expect(missing(closed('CHG-1', fields), review('PIR-1', 'closed', { of: ['CHG-1'] }))).toEqual([])
  })

  test('is not wanted of a change that went well, or that was closed in another period', () => {
    expect(missing(closed('CHG-1', { outcome: 'successful' }))).toEqual([])
    expect(missing(change('CHG-1', { change_type: 'emergency' }, ['2026-02-02T09:00', 'closed']))).toEqual([])
  })

  test('is wanted of a major incident that was closed', () => {
    const major = (state: string) => incident('INC-1', { major: true }, [{ at: '2026-03-02T09:00', state }])
    const told = (state: string) => missingReviews(facts({ period: '2026-03', incidents: [major(state)] }), 'audit')
    expect(told('closed')).toMatchObject([{ id: 'INC-1', because: 'major incident' }])
    expect(told('resolved')).toEqual([])
  })
})
