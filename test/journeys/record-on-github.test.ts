import { describe, expect, test } from 'vitest'
import { type RecordOptions, record } from '../../src/journeys/record.ts'
import { verify } from '../../src/journeys/verify.ts'
import type { World } from '../../src/journeys/world.ts'
import { pullFile, worldOf } from '../support/approval-world.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import { repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { webshop } from '../support/webshop.ts'

const people = ['ada', 'carla', 'erik', 'fatima', 'grace', 'hugo', 'kate', 'lena', 'mallory']

interface Told {
  readonly code: number
  readonly appended: boolean
  readonly pushed: string | null
  readonly notes: readonly string[]
  readonly decisions: readonly {
    readonly written: boolean
    readonly outcome: string
    readonly subject: string
    readonly met: boolean
    readonly commits: readonly string[]
    readonly reviews: readonly { readonly id: number; readonly login: string }[]
  }[]
}

/** A clone of what the stand-in keeps, with its mainline checked out. */
function cloneOf(stand: StandIn): TestRepo {
  const repo = repositoryIn(temporaryFolder())
  repo.git(['clone', '--quiet', '--template=', stand.bare, '.'])
  return repo
}

function worldIn(stand: StandIn, repo: TestRepo): World {
  const world = worldOf(repo.dir)
  return { ...world, now: instant(stand.clock.now()), env: { ...world.env, ...stand.env } }
}

async function recorded(stand: StandIn, repo: TestRepo, options: RecordOptions = {}): Promise<Told> {
  repo.git(['pull', '--quiet', '--ff-only'])
  const { code, out } = await record(worldIn(stand, repo), { push: 'origin', ...options })
  const told: Omit<Told, 'code'> = JSON.parse(out)
  return { code, ...told }
}

async function verified(stand: StandIn, repo: TestRepo): Promise<unknown> {
  return JSON.parse((await verify({ ...worldIn(stand, repo) }, {})).out)
}

async function shop() {
  const stand = await startGitHub({ from: webshop(), people, now: '2026-03-02T09:00:00Z' })
  const repo = cloneOf(stand)
  await recorded(stand, repo)
  return { stand, repo }
}

/** A pull request of Kate's that plans a change. */
async function planned(stand: StandIn, number: number): Promise<{ readonly pull: number; readonly head: string }> {
  const files = change(`CHG-PLANT-0${number}`, 'scheduled', '2026-03-02T09:00:00Z', number)
  const branch = `plan-${number}`
  stand.push({ branch, by: 'kate', files: { 'docs/plan.md': `words ${number}` }, say: 'Say why' })
  const head = stand.push({ branch, by: 'kate', files, say: `Plan ${number}` })
  return { pull: await stand.open({ branch, by: 'kate', title: `Plan ${number}` }), head }
}

const approve = (stand: StandIn, pull: number, ...by: readonly string[]): void => {
  for (const login of by) stand.review(pull, { by: login })
}

describe('gitsm record on GitHub', () => {
  test.each([
    ['merge', 1],
    ['squash', 1],
    ['rebase', 2],
  ] as const)('finds what a pull request became by %s, and who approved it', async (method, count) => {
    const { stand, repo } = await shop()
    const { pull, head } = await planned(stand, 1)
    approve(stand, pull, 'erik', 'grace', 'lena', 'mallory', 'ada')
    const last = stand.merge(pull, { method, by: 'lena' })
    const told = await recorded(stand, repo)
    expect(told).toMatchObject({
      code: 0,
      appended: true,
      pushed: 'origin',
      notes: [],
      decisions: [
        {
          written: true,
          outcome: 'merged',
          subject: 'change/CHG-PLANT-01',
          met: true,
          head,
          reviews: [{ login: 'erik' }, { login: 'grace' }, { login: 'lena' }],
        },
      ],
    })
    expect(told.decisions[0]?.commits).toHaveLength(count)
    expect(told.decisions[0]?.commits.at(-1)).toBe(last)
    expect(await verified(stand, repo)).toMatchObject({
      verdict: 'pass',
      authorised: [{ id: 'CHG-PLANT-01', pullRequest: pull, by: ['erik', 'grace', 'lena'] }],
    })
    const before = stand.git(['rev-parse', 'gitsm-ledger'])
    expect(await recorded(stand, repo)).toMatchObject({ appended: false, decisions: [] })
    expect(await recorded(stand, repo, { asked: { number: pull } })).toMatchObject({ decisions: [{ written: false }] })
    expect(await recorded(stand, repo, { asked: { commit: last } })).toMatchObject({ decisions: [{ written: false }] })
    expect(stand.git(['rev-parse', 'gitsm-ledger'])).toBe(before)
  })

  test('writes down what was closed and what was refused, and asks no reviews where nothing was to be decided', async () => {
    const { stand, repo } = await shop()
    const { pull: closed } = await planned(stand, 1)
    const { pull: refused } = await planned(stand, 2)
    stand.review(refused, { by: 'lena', state: 'CHANGES_REQUESTED' })
    stand.push({ branch: 'words', by: 'kate', files: { 'docs/words.md': 'words' } })
    const words = await stand.open({ branch: 'words', by: 'kate' })
    for (const each of [closed, refused]) stand.closePull(each)
    stand.merge(words)
    const told = await recorded(stand, repo)
    expect(told.decisions.map(({ subject, outcome, met }) => [subject, outcome, met])).toEqual([
      ['change/CHG-PLANT-01', 'closed', false],
      ['change/CHG-PLANT-02', 'rejected', false],
    ])
    expect(stand.requests.filter(({ path }) => path.endsWith(`/pulls/${words}/reviews`))).toEqual([])
  })

  test('says of a merge that nobody approved that it was not approved, and fails', async () => {
    const { stand, repo } = await shop()
    const { pull } = await planned(stand, 1)
    approve(stand, pull, 'kate', 'mallory', 'grace')
    stand.merge(pull)
    expect(await recorded(stand, repo)).toMatchObject({ code: 1, decisions: [{ met: false, outcome: 'merged' }] })
    expect(await verified(stand, repo)).toMatchObject({ verdict: 'fail', findings: [{ rule: 'approval-given' }] })
  })

  test('writes nothing while GitHub does not answer, and all of it afterwards', async () => {
    const { stand, repo } = await shop()
    const { pull } = await planned(stand, 1)
    approve(stand, pull, 'erik', 'grace', 'lena')
    stand.merge(pull)
    const before = stand.git(['rev-parse', 'gitsm-ledger'])
    stand.faults.add({ route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', kind: '401', times: 99 })
    await expect(recorded(stand, repo)).rejects.toMatchObject({ code: 4 })
    expect(stand.git(['rev-parse', 'gitsm-ledger'])).toBe(before)
    stand.faults.clear()
    expect(await recorded(stand, repo)).toMatchObject({ appended: true, decisions: [{ written: true, met: true }] })
  })

  test('loses nothing when several runs write at once, and forces nothing', async () => {
    const { stand, repo } = await shop()
    const pulls: number[] = []
    for (const number of [1, 2, 3, 4]) {
      const { pull } = await planned(stand, number)
      approve(stand, pull, 'erik', 'grace', 'lena')
      stand.merge(pull, { method: 'squash' })
      pulls.push(pull)
    }
    const clones = pulls.map(() => cloneOf(stand))
    const before = stand.git(['rev-parse', 'gitsm-ledger'])
    const told = await Promise.all(
      clones.map((clone, index) => recorded(stand, clone, { asked: { number: pulls[index] ?? 0 } })),
    )
    expect(told.map(({ decisions }) => decisions.map(({ written }) => written))).toEqual([
      [true],
      [true],
      [true],
      [true],
    ])
    expect(told.filter(({ appended }) => appended)).toHaveLength(1)
    const line = stand.git(['rev-list', '--parents', `${before}..gitsm-ledger`]).split('\n')
    expect(line).toHaveLength(4)
    expect(line.every((each) => each.split(' ').length === 2)).toBe(true)
    expect(await recorded(stand, repo)).toMatchObject({ appended: false, decisions: [] })
    expect(await verified(stand, repo)).toMatchObject({ verdict: 'pass', summary: { authorised: 4 } })
  })
})

/** Evidence that somebody with the right to push the ledger invents, before any run could look. */
async function forge(
  stand: StandIn,
  repo: TestRepo,
  { head, number, by, commits }: { head: string; number: number; by: readonly string[]; commits: readonly string[] },
): Promise<void> {
  repo.git(['pull', '--quiet', '--ff-only'])
  const now = stand.clock.now()
  const account = (login: string) => ({ login, id: stand.user(login).id })
  const reviews = by.map((login) => {
    return { user: account(login), state: 'APPROVED', commit_id: head, submitted_at: now }
  })
  const kate = account('kate')
  const pull = pullFile(repo, head, [], { now, number, author: kate, committers: [kate], reviews })
  const { code } = await record(
    { ...worldOf(repo.dir), now: instant(now) },
    { push: 'origin', told: { pull, outcome: 'merged', commits } },
  )
  expect(code).toBe(0)
}

describe('evidence that GitHub contradicts', () => {
  const board = ['erik', 'grace', 'lena']

  test('does not keep the truth out of the ledger, and authorises nothing', async () => {
    const { stand, repo } = await shop()
    const { pull, head } = await planned(stand, 1)
    approve(stand, pull, 'grace')
    const commit = stand.merge(pull, { by: 'kate' })
    await forge(stand, repo, { head, number: pull, by: board, commits: [commit] })
    expect(await recorded(stand, repo)).toMatchObject({
      code: 1,
      decisions: [{ written: true, outcome: 'merged', subject: 'change/CHG-PLANT-01', met: false }],
      contradicted: [{ pullRequest: pull, because: expect.stringContaining('it has no approval by erik') }],
    })
    expect(await verified(stand, repo)).toMatchObject({
      verdict: 'fail',
      findings: [{ rule: 'approval-given' }],
      ledger: { findings: [{ rule: 'decision-holds' }] },
    })
    expect(await recorded(stand, repo)).toMatchObject({ appended: false, decisions: [], contradicted: [] })
  })

  test('is denied where nothing was decided at all: a push past the gate, and a pull request that never was', async () => {
    const { stand, repo } = await shop()
    const files = change('CHG-PLANT-01', 'scheduled', '2026-03-02T09:00:00Z', 0)
    const head = stand.push({ branch: 'main', by: 'kate', files })
    await forge(stand, repo, { head, number: 99, by: board, commits: [head] })
    expect(await recorded(stand, repo)).toMatchObject({
      code: 1,
      decisions: [{ written: true, outcome: 'merged', met: false }],
      contradicted: [{ pullRequest: 99, because: 'there is no pull request 99' }],
    })
    expect(await verified(stand, repo)).toMatchObject({ verdict: 'fail', findings: [{ rule: 'approval-given' }] })
  })

  test('is not what was approved and dismissed later, nor what others of the same board approved', async () => {
    const { stand, repo } = await shop()
    const { pull } = await planned(stand, 1)
    const reviews = board.map((by) => stand.review(pull, { by }))
    stand.merge(pull, { by: 'kate' })
    expect(await recorded(stand, repo)).toMatchObject({ code: 0, decisions: [{ met: true }], contradicted: [] })
    for (const review of reviews) stand.dismiss(review)
    expect(await recorded(stand, repo)).toMatchObject({ code: 0, decisions: [], contradicted: [] })
    expect(await verified(stand, repo)).toMatchObject({ verdict: 'pass', summary: { authorised: 1 } })
  })
})
