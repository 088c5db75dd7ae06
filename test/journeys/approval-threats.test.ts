import { describe, expect, test } from 'vitest'
import { judgedHeads } from '../../src/core/approval/shared-heads.ts'
import { verify } from '../../src/journeys/verify.ts'
import { type GivenReview, gate, proposed, pullFile, reasonsIn, userOf, worldOf } from '../support/approval-world.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { change, type Files, incident, solved } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'

// The threats T16 to T30 of the threat model. Where it says that an approval is void because `commit_id` is not the
// head, an approval is void here because what would be merged is not what was seen, or because nobody knows what was
// seen.

const item = 'records/ci/web-1.yaml'
const edited = (criticality: string) => shippedText(item).replace(/criticality: .*/, `criticality: ${criticality}`)
/**
 * An edit of a server that the team `platform` owns: one of dmitri, erik and fatima, or the service board, approves.
 */
const proposal = (more: Files = {}) => proposed({ [item]: edited('low'), ...more })

const [early, pushed, later] = ['2026-03-04T09:00:00Z', '2026-03-05T09:00:00Z', '2026-03-06T09:00:00Z']
const opened = '2026-03-02T09:00:00Z'

async function judged(repo: TestRepo, head: string, reviews: readonly GivenReview[], more = {}) {
  const told = await gate(repo, { base: 'main', pull: pullFile(repo, head, reviews, more) })
  return { ...told, reasons: reasonsIn(told.approvals).join('\n') }
}

const approval = (by: string, on: string, at = early): GivenReview => ({ by, on, at })
const push = (sha: string, since: string, by = 'kate') => ({ sha, since, by: userOf(by) })

/** A change of the search cluster with a high risk: an owner of the service and two of the board approve. */
const upgrade = (state: string, more = {}) => change('CHG-T18', state, opened, 0, more)

describe('T16: a pull request changes what judges others', () => {
  test.each<[string, Files]>([
    ['a schema', { 'schemas/ci/schema.json': `${shippedText('schemas/ci/schema.json').trimEnd()}\n\n` }],
    [
      'a policy',
      {
        'records/policy/ci-ownership.yaml': `${shippedText('records/policy/ci-ownership.yaml').replace('approvals: 1', 'approvals: 2')}`,
      },
    ],
    [
      'who is in the board',
      { 'records/team/cab.yaml': `${shippedText('records/team/cab.yaml')}  - { login: mallory }\n` },
    ],
    ['a template', { 'templates/ci.md.hbs': 'nothing\n' }],
    ['a workflow', { '.github/workflows/gate.yml': 'on: push\n' }],
    ['code owners', { CODEOWNERS: '* @mallory\n' }],
    ['code owners in docs', { 'docs/CODEOWNERS': '* @mallory\n' }],
    ['how git reads files', { '.gitattributes': '* filter=evil\n' }],
    ['which changes of records are shown', { 'records/.gitattributes': '*.yaml -diff linguist-generated\n' }],
    ['under whose name commits are shown', { '.mailmap': 'Ada <ada@example.com> <mallory@example.com>\n' }],
    ['what runs before each commit', { '.githooks/pre-commit': 'evil\n' }],
    ['the same on file systems without capitals', { '.GitHooks/pre-commit': 'evil\n' }],
    ['what editors run', { '.vscode/tasks.json': '{}\n' }],
    ['an action', { 'action.yml': 'runs: { using: node24, main: evil.mjs }\n' }],
    ['what an action runs', { 'dist/evil.mjs': 'evil()\n' }],
    ['what is installed', { 'package.json': '{ "scripts": { "prepare": "evil" } }\n' }],
    ['what is installed, by its lock file', { 'package-lock.json': '{}\n' }],
    ['its configuration', { 'gitsm.yaml': shippedText('gitsm.yaml').replace(/organisation: .*/, 'organisation: M') }],
  ])('%s asks for two of the service board, as the base has it', async (_, write) => {
    const { repo, head } = proposed(write)
    const governing = async (...by: string[]) => {
      const told = await judged(
        repo,
        head,
        by.map((login) => approval(login, head)),
      )
      return told.approvals.filter(({ policy }) => policy === 'governance')
    }
    expect(await governing('mallory', 'ada')).toMatchObject([{ met: false }])
    expect(await governing('hugo')).toMatchObject([{ met: false }])
    expect(await governing('hugo', 'lena')).toMatchObject([{ met: true }])
  })

  test('beside records: allowed in one pull request, since approvals are asked for each (DESIGN §1.3)', async () => {
    const policy = 'records/policy/ci-ownership.yaml'
    const { repo, head } = proposal({
      [policy]: shippedText(policy).replace(
        'when: {}, require: { approvals: 1, from: [owner, service-board] }',
        'when: {}, require: none',
      ),
    })
    const told = await judged(repo, head, [])
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.approvals.map(({ id, met }) => [id, met])).toEqual([
      ['web-1', false],
      ['ci-ownership', false],
    ])
  })
})

describe('T17: whoever made it approves it', () => {
  test.each<[string, object, string]>([
    ['the author', { author: userOf('dmitri') }, 'CAB_SELF dmitri approved, but opened the pull request'],
    [
      'somebody who wrote one of its commits',
      { committers: [userOf('kate'), userOf('dmitri')] },
      'CAB_SELF dmitri approved, but wrote a commit of it',
    ],
  ])('%s', async (_, more, because) => {
    const { repo, head } = proposal()
    const told = await judged(repo, head, [approval('dmitri', head)], more)
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(because)
    expect(told.reasons).not.toMatch(/waits for .*dmitri/)
  })

  test('whoever pushed it, under whatever name the commits are', async () => {
    const { repo, head } = proposal()
    const heads = [push(head, '2026-03-03T10:00:00Z', 'dmitri')]
    const told = await judged(repo, head, [approval('dmitri', head)], { heads })
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain('CAB_SELF dmitri approved, but pushed to it')
    expect(await judged(repo, head, [approval('erik', head)], { heads })).toMatchObject({ code: 0, verdict: 'pass' })
  })
})

describe('T18: a form opens the pull request, and the requester approves', () => {
  const bot = { login: 'intake[bot]', id: 41, type: 'Bot' }
  const byForm = { author: bot, committers: [bot] }
  const board = ['dmitri', 'grace', 'ada', 'lena']

  test('the record says who asked, and that one does not count', async () => {
    const { repo, head } = proposed(upgrade('scheduled'))
    const told = await judged(repo, head, [approval('dmitri', head), approval('ada', head)], byForm)
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain('CAB_SELF ada approved, but is its requester')
    expect(told.reasons).toContain('1 of them given by dmitri: grace or lena can give it')
    const others = await judged(
      repo,
      head,
      board.map((login) => approval(login, head)),
      byForm,
    )
    expect(others.approvals).toMatchObject([{ met: true }])
  })

  test('nor under another login with the same numeric id', async () => {
    const { repo } = proposed(upgrade('scheduled'))
    const cab = 'records/team/cab.yaml'
    repo.commit({
      at: '2026-03-02T00:00:00Z',
      write: { [cab]: shippedText(cab).replace('login: ada,', 'login: ada, id: 4242,') },
    })
    const head = repo.git(['rev-parse', 'topic'])
    const renamed = { user: { login: 'ada-brandt', id: 4242 }, state: 'APPROVED', commit_id: head, submitted_at: early }
    const told = await judged(repo, head, [], { ...byForm, reviews: [renamed] })
    expect(told.reasons).toContain('CAB_SELF ada-brandt approved, but is its requester')
  })
})

describe('T18: the requester leaves that part to approve', () => {
  const asked = upgrade('authorize')
  const renamed = (requester: string) => upgrade('authorize', { requester })

  test('naming somebody else asks governance', async () => {
    const { repo, head } = proposed(renamed('jonas'), asked)
    const told = await judged(repo, head, [approval('ada', head)])
    expect(told).toMatchObject({
      code: 1,
      verdict: 'pending',
      approvals: [{ id: 'CHG-T18', policy: 'governance', reason: 'requester is no longer ada', met: false }],
    })
    const board = [approval('hugo', head), approval('lena', head)]
    expect(await judged(repo, head, board)).toMatchObject({ code: 0, verdict: 'pass' })
  })

  test('whoever is named instead cannot let that in', async () => {
    const { repo, head } = proposed(renamed('hugo'), asked)
    const told = await judged(repo, head, [approval('hugo', head), approval('lena', head)])
    expect(told.reasons).toContain('CAB_SELF hugo approved, but is its requester')
    expect(told.verdict).toBe('pending')
  })

  test('nor does an implementer leave that part, or give it to somebody else, before it is authorised', async () => {
    const { repo, head } = proposed(upgrade('authorize', { implementer: 'dmitri' }), asked)
    const told = await judged(repo, head, [])
    expect(told.approvals).toMatchObject([
      { policy: 'governance', reason: 'implementer is no longer fatima', met: false },
    ])
  })

  test('where the policy of the change is asked anyway, neither the one nor the other counts', async () => {
    const planned = upgrade('authorize', { implementer: 'lena' })
    const { repo, head } = proposed(upgrade('scheduled', { implementer: 'dmitri' }), planned)
    const told = await judged(repo, head, [approval('dmitri', head), approval('lena', head)])
    expect(told.approvals).toMatchObject([{ policy: 'change-authorisation', met: false }])
    expect(told.reasons).toContain('CAB_SELF dmitri approved, but is its implementer')
    expect(told.reasons).toContain('CAB_SELF lena approved, but is its implementer')
  })

  test('afterwards the policy of the change is asked, and whoever is to implement it does not count', async () => {
    const planned = upgrade('scheduled')
    const { repo, head } = proposed(upgrade('scheduled', { implementer: 'dmitri' }), planned)
    const told = await judged(repo, head, [approval('dmitri', head)])
    expect(told.approvals).toMatchObject([{ policy: 'change-authorisation', met: false }])
    expect(told.reasons).toContain('CAB_SELF dmitri approved, but is its implementer')
  })

  test('naming an implementer where there was none asks nobody', async () => {
    const { repo, head } = proposed(upgrade('new'), upgrade('new', { implementer: undefined }))
    expect((await judged(repo, head, [])).approvals).toEqual([])
  })

  test('writing the same name otherwise asks nobody', async () => {
    const { repo, head } = proposed(renamed('@Ada'), asked)
    expect(await judged(repo, head, [])).toMatchObject({ code: 0, verdict: 'pass', approvals: [] })
  })
})

describe('T19: approve, then push', () => {
  const pushedTo = (criticality: string) => {
    const { repo, head: seen } = proposal()
    repo.git(['checkout', '--quiet', 'topic'])
    const head = repo.commit({ at: pushed, by: 'kate', write: { [item]: `${edited(criticality)}# remark\n` } })
    return { repo, seen, head, heads: [push(seen, '2026-03-03T09:00:00Z'), push(head, pushed)] }
  }

  test('the approval is void where the digest differs, and the verdict names the push and the field', async () => {
    const { repo, seen, head, heads } = pushedTo('medium')
    const told = await judged(repo, head, [approval('dmitri', seen)], { heads })
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(
      `CAB_STALE dmitri approved ${seen.slice(0, 7)}, but since then criticality was changed (${head.slice(0, 7)}, pushed by kate at 2026-03-05 09:00 UTC)`,
    )
  })

  test('also where GitHub says that it was given on the new head', async () => {
    const { repo, head, heads } = pushedTo('medium')
    const told = await judged(repo, head, [approval('dmitri', head)], { heads })
    expect(told.reasons).toContain('CAB_STALE dmitri approved')
    const unknown = await judged(repo, head, [approval('dmitri', head)], { heads: heads.slice(1) })
    expect(unknown.reasons).toContain(
      'CAB_UNKNOWN dmitri approved, but it names a commit that was pushed only after it',
    )
  })

  test('also where push and approval carry the same second', async () => {
    const { repo, head, heads } = pushedTo('medium')
    expect(await judged(repo, head, [approval('dmitri', head, pushed)], { heads })).toMatchObject({ code: 1 })
    expect(await judged(repo, head, [approval('dmitri', head, later)], { heads })).toMatchObject({ code: 0 })
  })

  test('and holds where the digest is the same (DESIGN §6), though the commit is another', async () => {
    const { repo, seen, head, heads } = pushedTo('low')
    expect(await judged(repo, head, [approval('dmitri', seen)], { heads })).toMatchObject({ code: 0, verdict: 'pass' })
  })
})

describe('T20: what somebody said last counts', () => {
  const on = 'the head'
  const said = (state: string, at: string, by = 'dmitri') => ({ by, state, on, at })
  test.each<[string, readonly GivenReview[], 'pass' | 'pending', string]>([
    ['approved, then a comment', [said('APPROVED', early), said('COMMENTED', later)], 'pass', ''],
    [
      'approved, dismissed, then a comment',
      [said('DISMISSED', early), said('COMMENTED', later)],
      'pending',
      'waits for',
    ],
    [
      'approved, changes requested, approved',
      [said('APPROVED', early), said('CHANGES_REQUESTED', pushed), said('APPROVED', later)],
      'pass',
      '',
    ],
    [
      'approved, then changes requested',
      [said('APPROVED', early), said('CHANGES_REQUESTED', later)],
      'pending',
      'CAB_VETO dmitri asks for changes',
    ],
    [
      'another member requests changes',
      [said('APPROVED', early), said('CHANGES_REQUESTED', early, 'hugo')],
      'pending',
      'CAB_VETO hugo asks for changes',
    ],
    ['somebody else requests changes', [said('APPROVED', early), said('CHANGES_REQUESTED', early, 'ada')], 'pass', ''],
  ])('%s', async (_, reviews, verdict, because) => {
    const { repo, head } = proposal()
    const told = await judged(
      repo,
      head,
      reviews.map((review) => ({ ...review, on: head })),
    )
    expect(told).toMatchObject({ verdict })
    expect(told.reasons).toContain(because)
  })

  test('of 150 reviews the last decides', async () => {
    const { repo, head } = proposal()
    const minute = (at: number) =>
      `2026-03-04T${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`
    const many = Array.from(
      { length: 149 },
      (_, at): GivenReview => ({
        by: at % 3 === 0 ? 'dmitri' : 'ada',
        state: ['COMMENTED', 'CHANGES_REQUESTED', 'APPROVED'][at % 3] ?? '',
        on: head,
        at: minute(at),
      }),
    )
    expect(await judged(repo, head, [...many, { by: 'dmitri', on: head, at: minute(149) }])).toMatchObject({
      verdict: 'pass',
    })
    expect(
      await judged(repo, head, [...many, { by: 'dmitri', state: 'CHANGES_REQUESTED', on: head, at: minute(149) }]),
    ).toMatchObject({ verdict: 'pending' })
  })
})

describe('T21: who approves is nobody who may', () => {
  const team = 'records/team/platform.yaml'
  test.each<[string, string, object, string]>([
    [
      'somebody in no team',
      '',
      { login: 'mallory', id: 666, type: 'User' },
      'CAB_NOT_MEMBER mallory approved, but is in no team that is asked (user 666)',
    ],
    [
      'the owner of the fork',
      '',
      { login: 'kate-fork', id: 667, type: 'User' },
      'CAB_NOT_MEMBER kate-fork approved, but is in no team that is asked (user 667)',
    ],
    [
      'a member who was removed from the team',
      shippedText(team).replace(/ {2}- \{ login: dmitri.*\n/, ''),
      userOf('dmitri'),
      'CAB_NOT_MEMBER dmitri approved, but is in no team that is asked',
    ],
    [
      'somebody who took over the login of a member',
      shippedText(team).replace('login: dmitri,', 'login: dmitri, id: 5128844,'),
      { login: 'dmitri', id: 31 },
      'CAB_NOT_MEMBER dmitri approved, but is in no team that is asked (user 31)',
    ],
    [
      'a bot',
      '',
      { login: 'helper[bot]', id: 9, type: 'Bot' },
      'CAB_NOT_MEMBER helper[bot] approved, but is a program (user 9)',
    ],
    [
      'a bot under the login of a member',
      '',
      { login: 'dmitri', id: 9, type: 'Bot' },
      'CAB_NOT_MEMBER dmitri approved, but is a program (user 9)',
    ],
    [
      'a bot that a team lists',
      `${shippedText(team)}`.replace('members:\n', 'members:\n  - { login: "helper[bot]" }\n'),
      { login: 'helper[bot]', id: 9, type: 'User' },
      'CAB_NOT_MEMBER helper[bot] approved, but is a program',
    ],
  ])('%s', async (_, members, user, because) => {
    const { repo, head } = proposal()
    if (members !== '') repo.commit({ at: '2026-03-02T00:00:00Z', write: { [team]: members } })
    const review = { user, state: 'APPROVED', commit_id: head, submitted_at: early }
    const told = await judged(repo, head, [], { reviews: [review] })
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(because)
  })
})

describe('T22: an approval that is no review', () => {
  test('in comments, reactions and labels has no effect', async () => {
    const { repo, head } = proposed(upgrade('scheduled'))
    const board = ['dmitri', 'grace', 'lena']
    const comments = board.map((by): GivenReview => ({ by, state: 'COMMENTED', on: head, at: early }))
    const told = await judged(repo, head, comments, {
      labels: ['approved', 'gitsm:approved'],
      comments: [
        { user: userOf('lena'), body: '/approve' },
        { user: userOf('grace'), body: 'LGTM' },
      ],
      reactions: [{ user: userOf('dmitri'), content: '+1' }],
      approved_by: board,
    })
    expect(told).toMatchObject({ code: 1, verdict: 'pending', approvals: [{ id: 'CHG-T18', met: false }] })
    expect(told.reasons).not.toContain('approved')
  })

  test('in a field of the record has none either', async () => {
    const log = [{ at: opened, by: 'lena', note: 'approved_by: lena, grace, dmitri' }]
    const noted = proposed(upgrade('scheduled', { log }))
    expect((await judged(noted.repo, noted.head, [])).approvals).toMatchObject([{ id: 'CHG-T18', met: false }])
    const claimed = proposed(upgrade('scheduled', { approved_by: ['dmitri', 'grace', 'lena'] }))
    expect(await judged(claimed.repo, claimed.head, [])).toMatchObject({ code: 1, verdict: 'fail' })
  })
})

test('T23: a commit that GitHub knows nobody for refuses', async () => {
  const { repo, head } = proposal()
  const told = await judged(repo, head, [approval('dmitri', head)], { committers: [userOf('kate'), null] })
  expect(told).toMatchObject({ code: 1, verdict: 'pending' })
  expect(told.reasons).toContain('CAB_UNATTRIBUTED nobody knows who wrote one of its commits')
  const nobody = await judged(repo, head, [approval('dmitri', head)], { author: null })
  expect(nobody.reasons).toContain('CAB_UNATTRIBUTED nobody knows who opened the pull request')
})

describe('T24: what was approved for elsewhere', () => {
  test('a pull request that is to go elsewhere is not judged as if it went to the mainline', async () => {
    const { repo, head } = proposal()
    repo.git(['branch', 'sandbox', 'main'])
    const pull = pullFile(repo, head, [approval('dmitri', head)], { base: 'sandbox' })
    await expect(gate(repo, { base: 'main', pull })).rejects.toThrow(/is to be merged into sandbox, not into main/)
    expect(judgedHeads([{ number: 7, head, base: 'sandbox', verdict: 'pass' }], 'main')).toMatchObject([
      { verdict: 'pending' },
    ])
  })

  test('one that was given another base has to be approved anew', async () => {
    const { repo, head } = proposal()
    const retargeted = { retargeted_at: pushed }
    const told = await judged(repo, head, [approval('dmitri', head)], retargeted)
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(
      'CAB_STALE dmitri approved, but before it was given another base at 2026-03-05 09:00 UTC',
    )
    expect(await judged(repo, head, [approval('dmitri', head, later)], retargeted)).toMatchObject({ verdict: 'pass' })
  })

  test('two on one head are green only together', () => {
    const head = 'a'.repeat(40)
    const both = (other: 'pass' | 'pending') =>
      judgedHeads(
        [
          { number: 7, head, base: 'main', verdict: 'pass' },
          { number: 8, head, base: 'main', verdict: other },
        ],
        'main',
      )
    expect(both('pending')).toMatchObject([{ verdict: 'pending', pulls: [7, 8] }])
    expect(both('pass')).toMatchObject([{ verdict: 'pass', pulls: [7, 8] }])
  })
})

test.each<[string, Files]>([
  [
    'is made to pass whatever comes',
    { '.github/workflows/gitsm-gate.yml': 'on: push\njobs: { gate: { steps: [{ run: exit 0 }] } }\n' },
  ],
  ['is deleted', { '.github/workflows/gitsm-gate.yml': null }],
  ['is renamed', { '.github/workflows/gitsm-gate.yml': null, '.github/workflows/other.yml': 'on: pull_request\n' }],
  ['gets a twin of the same name', { '.github/workflows/twin.yml': 'name: gate\non: pull_request\n' }],
])(
  'T25: the workflow of the gate %s: the verdict stays that of the base, and governance is asked',
  async (_, workflow) => {
    const { repo } = proposal()
    repo.commit({
      at: '2026-03-02T00:00:00Z',
      write: { '.github/workflows/gitsm-gate.yml': 'name: gate\non: pull_request\n' },
    })
    repo.git(['checkout', '--quiet', '-B', 'topic', 'main'])
    const head = repo.commit({ at: '2026-03-03T09:00:00Z', by: 'kate', write: { [item]: edited('low'), ...workflow } })
    const forged = {
      statuses: [{ context: 'gitsm/gate', state: 'success' }],
      check_runs: [{ name: 'gitsm/gate', conclusion: 'success' }],
    }
    const told = await judged(repo, head, [approval('dmitri', head)], forged)
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    const asked = told.approvals.map(({ id, policy, met }) => [id, policy, met])
    expect(asked[0]).toEqual(['web-1', 'ci-ownership', true])
    expect(asked.slice(1)).toEqual(
      Object.keys(workflow)
        .toSorted()
        .map((path) => [path, 'governance', false]),
    )
  },
)

test('T26: nothing that is skipped or left out passes: without evidence the verdict is never more than pending', async () => {
  const { repo } = proposal()
  repo.git(['checkout', '--quiet', 'topic'])
  const head = repo.commit({ at: pushed, by: 'kate', say: 'Tidy [skip ci]', write: { 'docs/notes.md': 'words' } })
  expect(await gate(repo, { base: 'main', head })).toMatchObject({ code: 0, verdict: 'pending' })
  expect(await judged(repo, head, [])).toMatchObject({ code: 1, verdict: 'pending' })
})

describe('T27: steps that the lifecycle does not know', () => {
  const file = 'records/incident/planted/INC-T27.yaml'
  const open = (state: string, more = {}) => incident('INC-T27', state, opened, more)
  const log = (...states: string[]) => ({
    log: states.map((state, at) => ({ at: `2026-03-02T1${at}:00:00Z`, by: 'ada', state })),
  })
  const closed = { ...solved, ...log('in_progress', 'resolved', 'closed') }
  test.each<[string, Files, Files, string, string]>([
    [
      'from new to closed',
      open('new'),
      open('closed', solved),
      'transition-allowed',
      'INC-T27 cannot go from new to closed',
    ],
    [
      'a closed one is opened again',
      open('closed', closed),
      open('in_progress', closed),
      'transition-allowed',
      'INC-T27 cannot go from closed to in_progress',
    ],
    [
      'two steps, one of which is not legal',
      open('new'),
      open('closed', { ...solved, ...log('in_progress', 'closed') }),
      'transition-allowed',
      'INC-T27 cannot go from in_progress to closed',
    ],
    ['a deletion', open('new'), { [file]: null }, 'never-deleted', 'INC-T27 cannot be deleted'],
    [
      'a file that is renamed',
      open('new'),
      { [file]: null, 'records/incident/planted/INC-OTHER.yaml': `${open('new')[file]}` },
      'id-matches-file',
      'INC-T27',
    ],
    [
      'another id',
      open('new'),
      { [file]: `${open('new')[file]}`.replace('INC-T27', 'INC-OTHER') },
      'never-deleted',
      'INC-T27 cannot be deleted',
    ],
    [
      'a log that is rewritten',
      open('in_progress', log('in_progress')),
      open('in_progress', { log: [{ at: opened, by: 'eve', state: 'in_progress' }] }),
      'log-append-only',
      'An existing log entry was changed',
    ],
  ])('%s', async (_, before, after, rule, message) => {
    const { repo } = proposed({})
    repo.commit({ at: '2026-03-02T16:00:00Z', write: before })
    repo.git(['checkout', '--quiet', '-B', 'topic', 'main'])
    const head = repo.commit({ at: pushed, by: 'kate', write: after })
    const told = await judged(repo, head, [])
    expect(told).toMatchObject({ code: 1, verdict: 'fail' })
    const found = told.diagnostics.filter((each) => each.rule === rule).map((each) => each.message)
    expect(found.join('\n')).toContain(message)
  })

  test('a later time of opening gains nothing on any clock, and verify names it', async () => {
    const { repo } = proposed({})
    repo.commit({ at: '2026-03-02T16:00:00Z', write: open('new') })
    const moved = `${open('new')[file]}`.replace(opened, '2026-03-02T15:00:00Z')
    const commit = repo.commit({ at: pushed, write: { [file]: moved } })
    const { code, out } = await verify({ ...worldOf(repo.dir), asOf: instant(later) }, {})
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ findings: [{ commit, rule: 'opened-at-stands', id: 'INC-T27' }] })
  })

  test('two steps that are both named are legal (DESIGN §1.12)', async () => {
    const { repo } = proposed({})
    repo.commit({ at: opened, write: open('new') })
    repo.git(['checkout', '--quiet', '-B', 'topic', 'main'])
    const head = repo.commit({
      at: pushed,
      by: 'kate',
      write: open('resolved', { ...solved, ...log('in_progress', 'resolved') }),
    })
    expect(await judged(repo, head, [])).toMatchObject({ code: 0, verdict: 'pass' })
  })
})

test.each<[string, Files, string, string]>([
  [
    'an incident that is closed',
    incident('INC-T28', 'closed', opened, solved),
    'birth-allowed',
    'INC-T28 cannot be born closed',
  ],
  [
    'a normal change that is under way',
    change('CHG-T28', 'implement', opened, 0, { actual_start: opened }),
    'birth-allowed',
    'CHG-T28 cannot be born implement',
  ],
  [
    'a change in the folder of incidents',
    { 'records/incident/CHG-T28.yaml': `${Object.values(change('CHG-T28', 'new', opened, 0))[0]}` },
    'schema-valid',
    '`change_type` is not a known field',
  ],
])('T28: %s cannot be born', async (_, write, rule, message) => {
  const { repo, head } = proposed(write)
  const told = await judged(repo, head, [])
  expect(told).toMatchObject({ code: 1, verdict: 'fail' })
  const found = told.diagnostics.filter((each) => each.rule === rule)
  expect(found.map((each) => each.message).join('\n')).toContain(message)
  expect(found).not.toEqual([])
})

describe('T29: the emergency path', () => {
  const emergency = (state: string, more = {}) =>
    change('CHG-T29', state, opened, 0, {
      change_type: 'emergency',
      planned_start: opened,
      planned_end: '2026-03-02T12:00:00Z',
      actual_start: '2026-03-02T09:05:00Z',
      ...more,
    })
  const after = { actual_end: '2026-03-02T10:00:00Z', outcome: 'successful', review_notes: 'Went well' }

  test('lets the approval follow, until an instant that is told', async () => {
    const { repo, head } = proposed(emergency('implement'))
    const told = await judged(repo, head, [])
    expect(told.diagnostics.filter(({ rule }) => rule !== 'approval-given')).toEqual([])
    expect(told).toMatchObject({ code: 0, verdict: 'pass' })
    expect(told.approvals).toMatchObject([{ met: false, until: '2026-03-12T00:00:00Z' }])
  })

  test('does not end without the review', async () => {
    const { repo } = proposed({})
    repo.commit({ at: opened, write: emergency('implement') })
    repo.commit({ at: '2026-03-02T10:01:00Z', write: emergency('review', after) })
    repo.git(['checkout', '--quiet', '-B', 'topic', 'main'])
    const head = repo.commit({ at: pushed, by: 'kate', write: emergency('closed', after) })
    const told = await judged(repo, head, [])
    expect(told).toMatchObject({ code: 1, verdict: 'fail' })
    expect(told.diagnostics.map(({ message }) => message).join('\n')).toContain('review')
  })

  test('is no way around the board: a normal change does not become one, and what it is about is asked again', async () => {
    const { repo } = proposed({})
    repo.commit({ at: opened, write: change('CHG-T29', 'authorize', opened, 0) })
    repo.git(['checkout', '--quiet', '-B', 'topic', 'main'])
    const head = repo.commit({
      at: pushed,
      by: 'kate',
      write: emergency('implement', {
        log: [
          { at: pushed, by: 'kate', state: 'scheduled' },
          { at: pushed, by: 'kate', state: 'implement' },
        ],
      }),
    })
    expect(await judged(repo, head, [])).toMatchObject({ code: 1, verdict: 'fail' })

    const wider = proposed({})
    wider.repo.commit({ at: opened, write: emergency('implement') })
    wider.repo.git(['checkout', '--quiet', '-B', 'topic', 'main'])
    const edit = wider.repo.commit({
      at: pushed,
      by: 'kate',
      write: emergency('implement', { cis: ['search-1', 'search-2', 'search-3', 'web-1'] }),
    })
    const told = await judged(wider.repo, edit, [])
    expect(told.approvals).toMatchObject([
      { reason: 'cis edited while implement', met: false, until: '2026-03-12T00:00:00Z' },
    ])
  })

  test('leaves an obligation that verify holds against it once it is overdue', async () => {
    const { repo } = proposed({})
    const base = repo.git(['rev-parse', 'HEAD'])
    const commit = repo.commit({ at: opened, write: emergency('implement') })
    writeLedger(
      repo,
      ledgerFiles([
        { tip: base, at: '2026-03-01T00:00:00Z' },
        { tip: commit, at: opened },
      ]),
    )
    const findings = async (asOf: string) => {
      const { code, out } = await verify({ ...worldOf(repo.dir), asOf: instant(asOf) }, {})
      const told: { findings: { commit: string; rule: string }[]; awaited: { id: string }[] } = JSON.parse(out)
      return { code, found: told.findings.filter(({ rule }) => rule === 'approval-given'), awaited: told.awaited }
    }
    expect(await findings('2026-03-04T08:59:59Z')).toMatchObject({ code: 0, found: [], awaited: [{ id: 'CHG-T29' }] })
    expect(await findings('2026-03-04T09:00:01Z')).toMatchObject({ code: 1, found: [{ commit }], awaited: [] })
  })
})

test('T30: a push past the gate is found by verify, told each time, and never repaired in silence', async () => {
  const { repo } = proposed({})
  const base = repo.git(['rev-parse', 'HEAD'])
  const commit = repo.commit({ at: pushed, by: 'mallory', write: { [item]: edited('low') } })
  writeLedger(
    repo,
    ledgerFiles([
      { tip: base, at: '2026-03-01T00:00:00Z' },
      { tip: commit, at: pushed },
    ]),
  )
  const run = async () => {
    const { code, out } = await verify({ ...worldOf(repo.dir), asOf: instant(later) }, {})
    const told: { findings: object[] } = JSON.parse(out)
    return { code, findings: told.findings }
  }
  const first = await run()
  expect(first).toMatchObject({ code: 1, findings: [{ commit, rule: 'approval-given', id: 'web-1', by: 'mallory' }] })
  expect(await run()).toEqual(first)
  expect(repo.git(['rev-parse', 'main'])).toBe(commit)
})
