import { describe, expect, test } from 'vitest'
import type { DecisionOutcome } from '../../src/core/ledger/decision.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionFile, decisionsOf, everybody } from '../support/evidence.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const day = (number: number) => `2026-03-0${number}T09:00:00Z`

interface Told {
  readonly findings: readonly {
    readonly commit: string
    readonly rule: string
    readonly id: string
    readonly message: string
  }[]
  readonly awaited: readonly { readonly id: string; readonly until: string }[]
  readonly ledger: { readonly present: boolean; readonly findings: readonly { readonly rule: string }[] }
  readonly summary: { readonly unvouched: number }
}

async function verified(repo: TestRepo, { asOf = day(9), strict = false } = {}): Promise<Told> {
  const { out } = await verify({ ...worldOf(repo.dir), asOf: instant(asOf) }, { strict })
  return JSON.parse(out)
}

interface Decided {
  readonly subject: string
  readonly commit: string
  readonly at?: string
  readonly outcome?: DecisionOutcome
  readonly met?: boolean
}

/** A ledger that saw these tips at once, and knows what was decided on these subjects. */
async function vouched(
  repo: TestRepo,
  tips: readonly string[],
  decisions: readonly Decided[] = [],
  more: Parameters<typeof writeLedger>[1] = [],
): Promise<void> {
  const timeOf = (commit: string) => repo.git(['show', '--no-patch', '--format=%cI', commit])
  const git = { dir: repo.dir, env: worldOf(repo.dir).env }
  const files: { readonly path: string; readonly text: string }[] = []
  for (const [index, { subject, commit, at, outcome = 'merged', met = true }] of decisions.entries()) {
    const asked = { commit, number: index + 1, at: instant(at ?? timeOf(commit)), by: met ? everybody : [] }
    const decided = (await decisionsOf(git, asked)).filter((each) => each.subject === subject)
    files.push(
      ...decided.map((each) => decisionFile({ ...each, outcome, ...(at !== undefined && { policyCommit: commit }) })),
    )
  }
  writeLedger(repo, [...ledgerFiles(tips.map((tip) => ({ tip, at: timeOf(tip) }))), ...files, ...more])
}

const categories = (more: string) => ({
  'gitsm.yaml': shippedText('gitsm.yaml').replace('  - software\n', `  - software\n  - ${more}\n`),
})

describe('approvals on the mainline', () => {
  test('are not known without a ledger: that is said once, and is a finding only for who is strict', async () => {
    const repo = webshop({ at: day(2), write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } })
    const commit = repo.commit({ at: day(3), write: categories('weather') })
    expect(await verified(repo)).toMatchObject({ findings: [], ledger: { present: false }, summary: { unvouched: 1 } })
    expect(await verified(repo, { strict: true })).toMatchObject({
      findings: [{ commit, rule: 'approval-given', id: 'gitsm.yaml' }],
      summary: { unvouched: 0 },
    })
    const { out } = await verify({ ...worldOf(repo.dir), format: 'text' }, {})
    expect(out).toContain(
      '1 commit did what somebody has to approve, and nobody can vouch that it was approved: there is no ledger.',
    )
  })

  test('are held against the decisions of the ledger, from its first entry on', async () => {
    const repo = webshop()
    const before = repo.commit({ at: day(2), write: categories('weather') })
    const approved = repo.commit({ at: day(3), write: categories('trees') })
    const refused = repo.commit({ at: day(4), write: categories('stones') })
    const unasked = repo.commit({ at: day(5), write: categories('rivers') })
    repo.commit({ at: day(6), write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } })
    await vouched(
      repo,
      [before, repo.git(['rev-parse', 'HEAD'])],
      [
        { subject: 'gitsm.yaml', commit: approved },
        { subject: 'gitsm.yaml', commit: refused, met: false },
        { subject: 'calendar/berlin-office', commit: unasked },
      ],
    )
    const told = await verified(repo)
    expect(told.findings.map(({ commit, rule }) => [commit, rule])).toEqual([
      [refused, 'approval-given'],
      [unasked, 'approval-given'],
    ])
    expect(told.findings[0]?.message).toBe(
      'gitsm.yaml needed approval (edited): the ledger has no decision that let it in',
    )
    expect(told).toMatchObject({ ledger: { present: true, findings: [] }, summary: { unvouched: 1 } })
  })

  const board = shippedText('records/team/service-board.yaml')
  test.each<[string, string, Record<string, string | null>, Record<string, string | null>]>([
    ['a birth that an approval guards', 'CHG-PLANT-02', {}, change('CHG-PLANT-02', 'scheduled', day(2), 0)],
    [
      'an edit of what was authorised',
      'CHG-PLANT-02',
      change('CHG-PLANT-02', 'scheduled', day(2), 0),
      change('CHG-PLANT-02', 'scheduled', day(2), 1),
    ],
    [
      'an edit of a calendar',
      'berlin-office',
      {},
      {
        'records/calendar/berlin-office.yaml': `${shippedText('records/calendar/berlin-office.yaml')}# more\n`.replace(
          '08:00',
          '09:00',
        ),
      },
    ],
    [
      'a new member of a team that approves',
      'service-board',
      {},
      { 'records/team/service-board.yaml': board.replace('members:\n', 'members:\n  - { login: mallory }\n') },
    ],
    ['a freeze that is taken away', 'christmas-freeze', {}, { 'records/window/christmas-freeze.yaml': null }],
    [
      'a schema',
      'schemas/team/schema.json',
      {},
      { 'schemas/team/schema.json': `${shippedText('schemas/team/schema.json')}\n` },
    ],
    ['a workflow', '.github/workflows/check.yaml', {}, { '.github/workflows/check.yaml': 'on: push\n' }],
    ['a hook', '.githooks/pre-commit', {}, { '.githooks/pre-commit': 'evil\n' }],
    [
      'another requester',
      'CHG-9',
      change('CHG-9', 'new', day(2), 0),
      change('CHG-9', 'new', day(2), 0, { requester: 'hugo' }),
    ],
    ['an owner of code', 'CODEOWNERS', {}, { CODEOWNERS: '* @mallory\n' }],
  ])('are asked for %s', async (_, id, before, after) => {
    const repo = webshop()
    const base = repo.commit({ at: day(2), write: before })
    const commit = repo.commit({ at: day(3), write: after })
    await vouched(repo, [base, commit])
    expect((await verified(repo)).findings).toMatchObject([{ commit, rule: 'approval-given', id }])
  })

  test('are not asked for what a policy lets through, nor in a repository that nobody governs', async () => {
    const repo = webshop()
    const base = repo.git(['rev-parse', 'HEAD'])
    repo.commit({ at: day(2), write: { [incidentFile('INC-1')]: incident('INC-1', 'new'), 'docs/notes.md': 'words' } })
    await vouched(repo, [base, repo.git(['rev-parse', 'HEAD'])])
    expect((await verified(repo)).findings).toEqual([])
    const nobody = webshop({
      at: day(2),
      write: { 'records/team/service-board.yaml': board.replace(/members:\n(?: {2}- .*\n)+/, 'members: []\n') },
    })
    nobody.commit({ at: day(3), write: categories('weather') })
    expect(await verified(nobody)).toMatchObject({ findings: [], summary: { unvouched: 1 } })
  })

  test('that nobody could give, because nobody governs, are told, and are findings of whoever is strict', async () => {
    const repo = webshop({
      at: day(2),
      write: { 'records/team/service-board.yaml': board.replace(/members:\n(?: {2}- .*\n)+/, 'members: []\n') },
    })
    const agreement = 'records/sla/webshop-gold.yaml'
    const milder = shippedText(agreement).replace('objective: 95', 'objective: 50')
    const first = repo.commit({ at: day(3), write: { [agreement]: milder } })
    repo.commit({ at: day(4), write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } })
    const last = repo.commit({ at: day(5), write: categories('weather') })
    expect(milder).not.toBe(shippedText(agreement))
    const asOf = instant(day(9))
    const told = JSON.parse((await verify({ ...worldOf(repo.dir), asOf }, {})).out)
    expect(told).toMatchObject({ verdict: 'pass', findings: [], bootstrap: { commits: 2, first, last } })
    const { out } = await verify({ ...worldOf(repo.dir), asOf, format: 'text' }, {})
    expect(out).toContain(
      `Nobody governed this repository when 2 commits changed rules, agreements or teams that judge others: from ${first.slice(0, 10)} (2026-03-03 09:00 UTC) to ${last.slice(0, 10)} (2026-03-05 09:00 UTC). --strict counts them as findings.`,
    )
    const strict = await verified(repo, { strict: true })
    expect(strict.findings.filter(({ rule }) => rule === 'bootstrap')).toMatchObject([
      { commit: first, id: 'webshop-gold' },
      { commit: last, id: 'gitsm.yaml' },
    ])
    expect(JSON.parse((await verify({ ...worldOf(webshop().dir), asOf }, {})).out).bootstrap).toBe(null)
  })

  describe('of an emergency', () => {
    const emergency = change('CHG-PLANT-01', 'implement', day(2), 0, {
      change_type: 'emergency',
      actual_start: day(2),
      window_deviation_reason: 'At once',
      outage: undefined,
    })
    const subject = 'change/CHG-PLANT-01'
    const born = () => {
      const repo = webshop()
      const base = repo.git(['rev-parse', 'HEAD'])
      return { repo, base, commit: repo.commit({ at: day(2), write: emergency }) }
    }

    test('may follow for as long as the policy says, and are missing then', async () => {
      const { repo, base, commit } = born()
      await vouched(repo, [base, commit])
      expect(await verified(repo, { asOf: day(3) })).toMatchObject({
        findings: [],
        awaited: [{ id: 'CHG-PLANT-01', until: day(4) }],
      })
      expect(await verified(repo, { asOf: day(5) })).toMatchObject({
        findings: [{ commit, rule: 'approval-given', id: 'CHG-PLANT-01' }],
        awaited: [],
      })
    })

    test('count when they came in time, not when they came too late', async () => {
      const inTime = born()
      await vouched(
        inTime.repo,
        [inTime.base, inTime.commit],
        [{ subject, commit: inTime.commit, outcome: 'ratified', at: day(3) }],
      )
      expect((await verified(inTime.repo)).findings).toEqual([])
      const late = born()
      await vouched(
        late.repo,
        [late.base, late.commit],
        [{ subject, commit: late.commit, outcome: 'ratified', at: day(5) }],
      )
      expect((await verified(late.repo)).findings).toMatchObject([
        { message: expect.stringContaining('it was approved 1 d too late') },
      ])
    })
  })

  test('that may not follow afterwards do not count when they do', async () => {
    const repo = webshop()
    const base = repo.git(['rev-parse', 'HEAD'])
    const commit = repo.commit({ at: day(3), write: categories('weather') })
    await vouched(repo, [base, commit], [{ subject: 'gitsm.yaml', commit, outcome: 'ratified', at: day(4) }])
    expect((await verified(repo)).findings).toMatchObject([
      { commit, message: expect.stringContaining('it was approved only afterwards, at 2026-03-04 09:00 UTC') },
    ])
  })

  test('that no rule of the policy speaks of cannot be given', async () => {
    const policy = shippedText('records/policy/measurement-ownership.yaml').replace(
      'when: {}',
      'when: { event: added }',
    )
    const repo = webshop()
    repo.commit({ at: day(2), write: { 'records/policy/measurement-ownership.yaml': policy } })
    const series = 'records/measurement/webshop-downtime.csv'
    const commit = repo.commit({
      at: day(3),
      write: { [series]: `${shippedText(series)}`.replace(/\n[^\n]+\n$/, '\n') },
    })
    expect((await verified(repo)).findings).toMatchObject([{ commit, rule: 'approval-possible', id: series }])
  })

  test('rest on a ledger that is sound: its own findings are told, and fail', async () => {
    const repo = webshop()
    const base = repo.git(['rev-parse', 'HEAD'])
    const commit = repo.commit({ at: day(3), write: categories('weather') })
    const [first] = ledgerFiles([{ tip: base, at: '2026-01-01T00:00:00Z' }])
    writeLedger(repo, [
      ...(first ? [first] : []),
      { path: 'decisions/broken.yaml', text: `version: 1\nsubject: gitsm.yaml\ncommits: [${commit}]\n` },
    ])
    expect(await verified(repo)).toMatchObject({
      findings: [{ commit, rule: 'approval-given' }],
      ledger: { findings: [{ rule: 'decision-readable' }] },
    })
    const { out, code } = await verify({ ...worldOf(repo.dir), format: 'text' }, {})
    expect(code).toBe(1)
    expect(out).toContain('decision-readable decisions/broken.yaml')
  })
})
