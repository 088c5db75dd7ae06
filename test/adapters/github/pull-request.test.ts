import { describe, expect, test } from 'vitest'
import { putCheckRun } from '../../../src/adapters/github/check-run.ts'
import type { GitHub } from '../../../src/adapters/github/connection.ts'
import { type PullRequestFacts, readPullRequest } from '../../../src/adapters/github/pull-request.ts'
import { observedAt } from '../../../src/core/approval/seen-commit.ts'
import { connectedGitHub } from '../../support/github/connected.ts'
import type { StandIn, StandInOptions } from '../../support/github/stand-in.ts'

const files = { 'records/note.yaml': 'id: note\n' }
const reviews = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'

async function proposed(options: StandInOptions = {}, of: Parameters<StandIn['open']>[0] = { branch: 'change' }) {
  const { stand, github } = await connectedGitHub(options)
  stand.push({ branch: 'change', files, by: 'ada', at: '2026-11-21T09:00:00Z' })
  const number = await stand.open(of)
  const read = (): Promise<PullRequestFacts> => readPullRequest(github, number, { now: stand.clock.seconds() })
  return { stand, github, number, read }
}

describe('what is read of a pull request', () => {
  test('is who opened it, who wrote it, who reviewed it, and when which commit was its head', async () => {
    const { stand, number, read } = await proposed()
    const first = stand.pull(number).head
    stand.review(number, { by: 'bob', at: '2026-11-21T09:30:00Z' })
    const second = stand.push({ branch: 'change', files: { a: 'b' }, by: 'cat', at: '2026-11-21T10:00:00Z' })
    stand.review(number, { by: 'dan', state: 'CHANGES_REQUESTED', at: '2026-11-21T10:30:00Z' })
    const told = await read()
    expect(told).toMatchObject({
      number,
      open: true,
      base: 'main',
      head: second,
      author: { login: 'ada', id: stand.user('ada').id },
      committers: [{ login: 'ada' }, { login: 'cat' }],
      heads: [
        { sha: first, by: { login: 'ada', id: stand.user('ada').id } },
        { sha: second, by: { login: 'cat' } },
      ],
      bases: [{ sha: stand.git(['rev-parse', 'main']) }],
    })
    expect(told.reviews).toEqual([
      expect.objectContaining({ user: { login: 'bob', id: stand.user('bob').id, program: false }, commit: first }),
      expect.objectContaining({ state: 'CHANGES_REQUESTED', commit: second }),
    ])
    const [one, two] = told.heads.map(({ since }) => new Date(since * 1000).toISOString().slice(11, 16))
    expect([one, two]).toEqual(['09:00', '10:00'])
  })

  test('is when it was last given another base', async () => {
    const { stand, number, read } = await proposed()
    expect(await read()).not.toHaveProperty('retargetedAt')
    stand.push({ branch: 'sandbox', from: 'main', files: { b: '1' } })
    stand.retarget(number, 'sandbox')
    stand.retarget(number, 'main')
    expect(await read()).toMatchObject({ base: 'main', retargetedAt: stand.clock.seconds() })
  })

  test('is nothing of what was pushed to its branch for another one, before it was opened', async () => {
    const { stand, github } = await connectedGitHub()
    const old = stand.push({ branch: 'develop', files: { a: '1' }, by: 'bob', at: '2026-11-20T09:00:00Z' })
    const last = stand.push({ branch: 'develop', files: { a: '2' }, by: 'cat', at: '2026-11-20T10:00:00Z' })
    const number = await stand.open({ branch: 'develop' })
    const asked = { now: stand.clock.seconds() }
    const { heads } = await readPullRequest(github, number, asked)
    expect(heads).toMatchObject([{ sha: last, by: { login: 'cat' } }])
    expect(heads.map(({ sha }) => sha)).not.toContain(old)
  })

  test('costs seven requests', async () => {
    const { stand, read } = await proposed()
    await read()
    expect(stand.requests).toHaveLength(7)
  })

  test('goes by the server’s observations, wherever a review was moved to', async () => {
    const { stand, number, read } = await proposed()
    const first = stand.pull(number).head
    const review = stand.review(number, { by: 'bob', at: '2026-11-21T09:30:00Z' })
    const second = stand.push({ branch: 'change', from: 'main', files: { evil: 'x' }, at: '2026-11-21T10:00:00Z' })
    stand.repoint(review, second)
    const {
      heads,
      reviews: [moved],
    } = await read()
    expect(moved).toMatchObject({ commit: second })
    expect(heads.map(({ sha }) => sha)).toEqual([first, second])
    expect(heads.filter(({ since }) => since <= (moved?.submittedAt ?? 0)).at(-1)?.sha).toBe(first)
  })

  test('of a private fork is the forced pushes alone, whether our check stands on its head or not', async () => {
    const { stand, github, number, read } = await proposed({}, { branch: 'change', by: 'mallory', fork: 'mallory/ops' })
    const { head } = stand.pull(number)
    const first = await read()
    expect(first).toMatchObject({ headRepository: 'mallory/ops', heads: [], onlyMoves: true })
    expect(first).not.toHaveProperty('unknownPushers')
    const externalId = `${number}:${head}:b`
    const check = { name: 'gitsm/gate', head, externalId, conclusion: undefined, title: 't', summary: 's' }
    await putCheckRun(github, { ...check, annotations: [] })
    expect(await read()).toMatchObject({ heads: [], onlyMoves: true })
    const forced = stand.push({ branch: 'change', from: 'main', files: { evil: 'x' }, by: 'mallory' })
    expect((await read()).heads).toMatchObject([
      { sha: forced, since: stand.clock.seconds(), by: { login: 'mallory' } },
    ])
    stand.closePull(number)
    stand.reopen(number)
    expect((await read()).heads).toMatchObject([{ sha: forced }, { sha: '0'.repeat(40), since: stand.clock.seconds() }])
  })

  test('of a private fork that maintainers may push to names that nobody knows who did', async () => {
    const of = { branch: 'change', by: 'mallory', fork: 'mallory/ops', maintainersMayPush: true }
    const { read } = await proposed({}, of)
    expect(await read()).toMatchObject({ onlyMoves: true, unknownPushers: expect.stringMatching(/maintainers may/) })
  })

  test('of a branch of ours that no push is told of, as long as it is open, is that nobody knows who pushed it', async () => {
    const { stand, github, number } = await proposed()
    const quiet: GitHub = {
      ...github,
      pages: async (route, parameters, listing) =>
        route.endsWith('/activity') && parameters?.['ref'] === 'refs/heads/change'
          ? []
          : github.pages(route, parameters, listing),
    }
    const read = () => readPullRequest(quiet, number, { now: stand.clock.seconds() })
    expect(await read()).toMatchObject({ heads: [], unknownPushers: expect.stringMatching(/push it once more/) })
    stand.merge(number)
    expect(await read()).not.toHaveProperty('unknownPushers')
  })

  test('is every tip of its base since the first approval, however often others pushed', async () => {
    const { stand, number, read } = await proposed({ onPage: 3 })
    const then = stand.git(['rev-parse', 'main'])
    stand.review(number, { by: 'bob' })
    for (let at = 0; at < 7; at++) stand.push({ branch: 'main', files: { a: String(at) }, by: 'cat' })
    const { bases, reviews } = await read()
    expect(observedAt(bases, reviews[0]?.submittedAt ?? 0)).toBe(then)
    expect(bases.at(-1)?.sha).toBe(stand.git(['rev-parse', 'main']))
  })

  test('of a fork that is gone, by an account that is gone, leaves both empty', async () => {
    const { stand, number, read } = await proposed({}, { branch: 'change', by: null, fork: null })
    stand.review(number, { by: null, commit: null })
    expect(await read()).toMatchObject({
      author: null,
      headRepository: null,
      reviews: [{ user: null, commit: null, state: 'APPROVED' }],
    })
  })

  test('names nobody for a commit that GitHub cannot map, and co-authors by the address that GitHub gave them', async () => {
    const { stand, read } = await proposed()
    const bob = stand.user('bob').id
    stand.push({
      branch: 'change',
      files: { a: '1' },
      by: 'stranger',
      say: `x\n\nCo-authored-by: B <${bob}+bob@users.noreply.github.com>`,
    })
    expect((await read()).committers).toEqual([
      { login: 'ada', id: stand.user('ada').id },
      null,
      { login: 'bob', id: bob },
    ])
  })

  test('names co-authors by the account of their address, and else by their name and the first part of it', async () => {
    const { stand, read } = await proposed()
    const coAuthors = 'Co-authored-by: Somebody <bob@example.invalid>\nco-authored-by: Cat Doe <c.doe@example.com>'
    stand.push({ branch: 'change', files: { a: '1' }, by: 'ada', say: `x\n\n${coAuthors}` })
    const [ada, bob] = ['ada', 'bob'].map((login) => ({ login, id: stand.user(login).id }))
    expect((await read()).committers).toEqual([ada, bob, { login: 'Cat Doe' }, { login: 'c.doe' }])
    // Where the token may not ask, nobody of them is left out.
    stand.faults.add({ route: 'POST /graphql', kind: '403', times: 1000 })
    const unasked = [{ login: 'Somebody' }, { login: 'bob' }, { login: 'Cat Doe' }, { login: 'c.doe' }]
    expect((await read()).committers).toEqual([ada, ...unasked])
    stand.faults.clear()
    stand.faults.add({ route: 'POST /graphql', kind: 'GraphQL errors', times: 1000 })
    await expect(read()).rejects.toMatchObject({ code: 4 })
  })

  test('has every review of 150', async () => {
    const { stand, number, read } = await proposed()
    for (let at = 0; at < 150; at++) stand.review(number, { by: at % 2 ? 'bob' : 'cat', state: 'COMMENTED' })
    expect((await read()).reviews).toHaveLength(150)
    expect(stand.requests.length).toBeLessThanOrEqual(15)
  })

  test('is refused where GitHub would cut its lists', async () => {
    const { stand, read } = await proposed()
    const person = 'committer ada <ada@example.invalid>'
    const commits = Array.from({ length: 250 }, (_, at) => {
      const parent = at === 0 ? 'from refs/heads/change^0\n' : ''
      return `commit refs/heads/change\n${person} ${1_780_000_000 + at} +0000\ndata 1\nx\n${parent}`
    })
    stand.git(['fast-import', '--quiet'], undefined, commits.join(''))
    await expect(read()).rejects.toMatchObject({ code: 3, message: expect.stringContaining('PR_TOO_LARGE') })
  })
})

describe('what does not fit together', () => {
  test('a review that the first reading missed counts', async () => {
    const { stand, number, read } = await proposed()
    stand.review(number, { by: 'bob' })
    stand.faults.add({ route: reviews, kind: 'stale first read' })
    expect((await read()).reviews).toHaveLength(1)
  })

  test('reviews that never settle are a fault', async () => {
    const { stand, number, read } = await proposed()
    stand.review(number, { by: 'bob' })
    stand.review(number, { by: 'cat' })
    stand.faults.add({ route: reviews, kind: 'stale first read', times: 1 })
    stand.faults.add({ route: reviews, kind: 'looping pages', times: 0 })
    const before = stand.requests.length
    stand.faults.add({ route: reviews, kind: 'stale first read', times: 1, after: 1 })
    await expect(read()).rejects.toMatchObject({ code: 4, message: expect.stringContaining('three different things') })
    expect(stand.requests.length - before).toBeLessThanOrEqual(15)
  })

  test('a review that the timeline tells of and the list lacks is a fault: it could be a veto', async () => {
    const { stand, number, read } = await proposed()
    stand.review(number, { by: 'bob', state: 'CHANGES_REQUESTED' })
    stand.faults.add({ route: reviews, kind: 'stale first read', times: 9 })
    await expect(read()).rejects.toMatchObject({ code: 4, message: expect.stringContaining('missing from the list') })
  })

  test('a push between two requests is a fault, not a decision', async () => {
    const { stand, read } = await proposed()
    stand.faults.add({ route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', kind: 'stale first read' })
    await expect(read()).rejects.toMatchObject({ code: 4, message: expect.stringContaining('0 of 1 commits') })
  })
})
