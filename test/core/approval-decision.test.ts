import { describe, expect, test } from 'vitest'
import { type Decision, decide } from '../../src/core/approval/decide.ts'
import { demandsOf } from '../../src/core/approval/demand.ts'
import { membersOf } from '../../src/core/approval/person.ts'
import type { PullRequest } from '../../src/core/approval/pull-request.ts'
import { changesBetween } from '../../src/core/changes.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const organisation = shippedRecords().all.filter(({ type }) => !['change', 'request'].includes(type))
const now = parseInstant('2026-11-21T12:00:00Z') ?? 0
const head = 'a'.repeat(40)

const change = (fields: Data): RecordDoc => ({
  type: 'change',
  id: 'CHG-1',
  file: 'records/change/CHG-1.yaml',
  data: { id: 'CHG-1', change_type: 'normal', state: 'scheduled', risk: 'low', services: ['webshop'], ...fields },
})

interface Asked {
  readonly before?: RecordDoc
  readonly computed?: Data
  readonly approvedBy?: readonly string[]
  readonly author?: string
  readonly committers?: readonly string[]
  /** Records of the base beside the example organisation, or instead of records of the same id. */
  readonly also?: readonly RecordDoc[]
}

/** What is decided on a record that a pull request brings, by the policies of the example organisation. */
function decisions(
  after: RecordDoc,
  { before, computed, approvedBy = [], author = 'bot-of-the-form', committers = [], also = [] }: Asked = {},
): readonly Decision[] {
  const replaced = new Set(also.map(({ type, id }) => `${type}/${id}`))
  const standing = [...organisation.filter(({ type, id }) => !replaced.has(`${type}/${id}`)), ...also]
  const base = indexRecords([...standing, ...(before ? [before] : [])])
  const result = indexRecords([...standing, after])
  const unreadable = new Set<string>()
  const demands = demandsOf({
    rulebook: shipped.rulebook,
    base,
    result,
    changes: changesBetween({ records: base, unreadable }, { records: result, unreadable }),
    files: [],
    computed: new Map(computed ? [[`${after.type}/${after.id}`, computed]] : []),
  })
  const pull: PullRequest = {
    number: 1,
    author: { login: author },
    base: 'main',
    head,
    committers: committers.map((login) => ({ login })),
    heads: [],
    bases: [],
    reviews: approvedBy.map((login) => ({
      user: { login, program: false },
      state: 'APPROVED',
      commit: head,
      submittedAt: now,
    })),
    now,
  }
  return demands.map((demand) => decide(demand, { pull, sights: new Map([[head, { demands }]]), base, result, now }))
}

function told(all: readonly Decision[]) {
  return all.map(({ demand, met }) => [demand.reason, demand.rule?.name, met])
}

describe('what asks for approval', () => {
  test('no step that the lifecycle leaves free', () => {
    expect(decisions(change({ state: 'new' }))).toEqual([])
    expect(decisions(change({ state: 'implement' }), { before: change({}) })).toEqual([])
  })

  test('the birth or the step that authorises', () => {
    expect(told(decisions(change({})))).toEqual([['born scheduled', 'other', false]])
    expect(told(decisions(change({}), { before: change({ state: 'authorize' }) }))).toEqual([
      ['authorize → scheduled', 'other', false],
    ])
  })

  test('an edit of the plan after it, and no edit of anything else', () => {
    const later = { planned_start: '2026-12-01T00:00:00Z', cis: ['web-1'] }
    expect(told(decisions(change(later), { before: change({}) }))).toEqual([
      ['cis, planned_start edited while scheduled', 'other', false],
    ])
    expect(decisions(change({ title: 'Better' }), { before: change({}) })).toEqual([])
  })

  test('each of several steps that one pull request takes, as one demand where one rule speaks', () => {
    const steps = change({ log: [{ state: 'assess' }, { state: 'authorize' }, { state: 'scheduled' }] })
    expect(told(decisions(steps, { before: change({ state: 'new' }) }))).toEqual([
      ['authorize → scheduled', 'other', false],
    ])
  })
})

describe('which rule decides', () => {
  test.each<[string, Data, Data | undefined, string]>([
    ['a low risk', { risk: 'low' }, undefined, 'other'],
    ['a declared high risk', { risk: 'high' }, { risk: 'low' }, 'high risk'],
    ['a computed high risk', { risk: 'low' }, { risk: 'very_high' }, 'high risk'],
    ['a risk that nobody knows', { risk: undefined }, undefined, 'high risk'],
    ['a risk that does not exist', { risk: 'none' }, undefined, 'high risk'],
    ['a standard change', { change_type: 'standard', risk: 'high' }, undefined, 'standard'],
  ])('follows %s', (_, fields, computed, rule) => {
    expect(decisions(change(fields), computed && { computed }).map(({ demand }) => demand.rule?.name)).toEqual([rule])
  })

  test('a standard change needs nobody, because its model was approved', () => {
    expect(decisions(change({ change_type: 'standard' }))).toMatchObject([{ met: true }])
  })

  test('an emergency under way may be approved afterwards, until an instant that is told', () => {
    const [decision] = decisions(change({ change_type: 'emergency', state: 'implement' }))
    expect(decision).toMatchObject({ met: false, until: now + 48 * 3600 })
    expect(decision?.because).toMatch(/it may follow within 48 h of the merge$/)
    const waiting = decisions(change({ change_type: 'emergency' }), {
      before: change({ change_type: 'emergency', state: 'authorize' }),
    })
    expect(waiting).toMatchObject([{ met: false }])
    expect(waiting[0]).not.toHaveProperty('until')
  })
})

describe('who can approve', () => {
  test('the owner of any affected service, also of one that an item serves', () => {
    expect(decisions(change({ services: ['payment'] }), { approvedBy: ['hugo'] })).toMatchObject([{ met: true }])
    expect(decisions(change({ services: ['payment'] }), { approvedBy: ['bob'] })).toMatchObject([{ met: false }])
    expect(decisions(change({ services: [], cis: ['payment-gateway'] }), { approvedBy: ['hugo'] })).toMatchObject([
      { met: true },
    ])
  })

  test('at a high risk the owner of each affected service, so that nobody picks whom to ask by naming one more', () => {
    const risky = change({ risk: 'high', services: ['payment', 'fax-orders'] })
    expect(decisions(risky, { approvedBy: ['ines', 'dmitri', 'lena'] })).toMatchObject([{ met: false }])
    expect(decisions(risky, { approvedBy: ['ines', 'hugo', 'dmitri', 'lena'] })).toMatchObject([{ met: true }])
  })

  test('somebody, for the change of the example that waits for its approval', () => {
    const before = shippedRecords().find('change', 'CHG-20261119-9FQW')
    if (!before) throw new Error('The example has lost its change')
    const after = { ...before, data: { ...before.data, state: 'scheduled' } }
    expect(decisions(after, { before, approvedBy: ['nils', 'ada', 'lena'] })).toMatchObject([{ met: true }])
    expect(decisions(after, { before, approvedBy: ['grace', 'hugo', 'ada', 'lena'] })).toMatchObject([{ met: false }])
  })

  test('two parts of a requirement each need their people, and one person counts once in each', () => {
    const risky = change({ risk: 'high', services: ['payment'] })
    expect(decisions(risky, { approvedBy: ['grace'] })).toMatchObject([{ met: false }])
    expect(decisions(risky, { approvedBy: ['grace', 'grace'] })).toMatchObject([{ met: false }])
    expect(decisions(risky, { approvedBy: ['grace', 'lena'] })).toMatchObject([{ met: true }])
    expect(decisions(risky, { approvedBy: ['dmitri', 'lena'] })).toMatchObject([{ met: false }])
  })

  test.each([
    ['requester', 'grace'],
    ['requester', '@Grace'],
    ['implementer', 'Grace Okafor'],
  ])('nobody whom the record names as its %s (%s), before or after the edit', (field, person) => {
    const services = ['payment']
    expect(decisions(change({ services, [field]: person }), { approvedBy: ['grace'] })).toMatchObject([{ met: false }])
    const before = change({ services, state: 'authorize', [field]: person })
    const [moved] = decisions(change({ services, [field]: 'hugo' }), { before, approvedBy: ['grace'] })
    expect(moved).toMatchObject({ met: false })
    expect(JSON.stringify(moved?.parts)).toContain(`grace approved, but is its ${field}`)
    expect(decisions(change({ services, [field]: 'hugo' }), { approvedBy: ['grace'] })).toMatchObject([{ met: true }])
  })

  test('every owner of an affected service, where each of them is asked', () => {
    const policy: RecordDoc = {
      type: 'policy',
      id: 'change-authorisation',
      file: 'records/policy/change-authorisation.yaml',
      data: {
        guards: 'change',
        rules: [{ name: 'all', when: {}, require: { approvals: 1, from: ['each-service-owner'] } }],
      },
    }
    const both = change({ services: ['webshop', 'payment'] })
    const ask = (...approvedBy: string[]) => decisions(both, { also: [policy], approvedBy })
    expect(ask('grace')).toMatchObject([{ met: false }])
    expect(ask('ada', 'bob')).toMatchObject([{ met: false }])
    expect(ask('ada', 'grace')).toMatchObject([{ met: true }])
    expect(decisions(change({ services: [] }), { also: [policy], approvedBy: ['ada'] })).toMatchObject([{ met: false }])
  })

  test('those whom the catalogue item of a request names, as many as it asks for', () => {
    const item = (approval: Data | undefined): RecordDoc => ({
      type: 'catalogue-item',
      id: 'desk',
      file: 'records/catalogue-item/desk.yaml',
      data: { id: 'desk', state: 'published', ...(approval && { approval }) },
    })
    const request = (state: string): RecordDoc => ({
      type: 'request',
      id: 'REQ-1',
      file: 'records/request/REQ-1.yaml',
      data: {
        id: 'REQ-1',
        item: 'desk',
        state,
        requester: 'ines',
        requested_for: 'ada',
        approved_by: ['bob', 'carla'],
      },
    })
    const ask = (approval: Data | undefined, ...approvedBy: string[]) =>
      decisions(request('approved'), { before: request('awaiting_approval'), also: [item(approval)], approvedBy })
    const two = { from: ['operations', 'service-desk'], approvals: 2 }
    expect(told(ask(two))).toEqual([['awaiting_approval → approved', 'catalogue', false]])
    expect(ask(two, 'bob')).toMatchObject([{ met: false }])
    expect(ask(two, 'bob', 'ines', 'ada')).toMatchObject([{ met: false }])
    expect(ask(two, 'bob', 'jonas')).toMatchObject([{ met: true }])
    expect(ask({ from: ['operations'] }, 'carla')).toMatchObject([{ met: true }])
    expect(ask(undefined)).toMatchObject([{ met: true }])
    const gone = decisions(request('approved'), { before: request('awaiting_approval'), approvedBy: ['bob'] })
    expect(gone).toMatchObject([{ met: false }])
  })
})

describe('an edit that only its owner makes', () => {
  const [item] = organisation.filter(({ type, id }) => type === 'ci' && id === 'web-1')
  if (!item) throw new Error('web-1 is gone from the example organisation')
  const edited = (fields: Data): RecordDoc => ({ ...item, data: { ...item.data, ...fields } })
  const looked = { verified_at: '2026-11-20T08:00:00Z' }
  const met = (fields: Data, asked: Asked) =>
    decisions(edited(fields), { before: item, ...asked }).map((each) => each.met)
  const owner = organisation.find(({ type, id }) => type === 'team' && id === item.data['owner'])
  const members = membersOf(indexRecords(organisation), owner?.id ?? '')?.map(({ login }) => login) ?? []
  const [one = '', other = ''] = members

  test('passes where it touches nothing but verified_at, and all its commits are theirs', () => {
    expect(met(looked, { author: one })).toEqual([true])
    expect(met(looked, { author: one, committers: [one, other] })).toEqual([true])
  })

  test('waits for an approval where somebody else had a hand in it', () => {
    expect(met(looked, { author: 'mallory' })).toEqual([false])
    expect(met(looked, { author: one, committers: [one, 'mallory'] })).toEqual([false])
    expect(met(looked, { author: 'mallory', approvedBy: [one] })).toEqual([true])
  })

  test('waits for an approval where it touches anything else', () => {
    expect(met({ ...looked, criticality: 'low' }, { author: one })).toEqual([false])
    expect(met({ owner: 'payments', ...looked }, { author: one })).toEqual([false])
  })

  test('says in words who could make it', () => {
    const [waiting] = decisions(edited(looked), { before: item, author: 'mallory' })
    expect(waiting?.because).toContain('a pull request by the owner, but mallory is no member')
  })
})
