import { describe, expect, test } from 'vitest'
import { checkRuns, putCheckRun } from '../../../src/adapters/github/check-run.ts'
import type { CheckRunText } from '../../../src/adapters/github/check-run-content.ts'
import { putComment } from '../../../src/adapters/github/comment.ts'
import { issuesLabelled, putIssue } from '../../../src/adapters/github/issue.ts'
import { putLabels } from '../../../src/adapters/github/labels.ts'
import {
  createPullRequest,
  editPullRequest,
  enableAutoMerge,
  findPullRequest,
  mergePullRequest,
} from '../../../src/adapters/github/open-pull-request.ts'
import {
  closedPullRequests,
  openPullRequests,
  pullRequestSummary,
  pullRequestsOf,
} from '../../../src/adapters/github/pull-request.ts'
import { requestReviewers } from '../../../src/adapters/github/reviewers.ts'
import { connectedGitHub, connectionTo } from '../../support/github/connected.ts'

const files = { 'records/note.yaml': 'id: note\n' }

async function withPull(options: Parameters<typeof connectedGitHub>[0] = {}) {
  const given = await connectedGitHub(options)
  given.stand.push({ branch: 'change', files, by: 'ada' })
  return { ...given, number: await given.stand.open({ branch: 'change', by: 'ada', title: 'A change' }) }
}

describe('a comment', () => {
  test('is one, changed where it says something else, and left alone where it says the same', async () => {
    const { stand, github, number } = await withPull()
    expect(await putComment(github, number, 'gate', 'Ada and Bob\nare awaited')).toMatchObject({ outcome: 'made' })
    expect(await putComment(github, number, 'gate', 'Ada and Bob\nare awaited')).toMatchObject({ outcome: 'kept' })
    expect(await putComment(github, number, 'gate', 'Bob is awaited')).toMatchObject({ outcome: 'changed' })
    expect(await putComment(github, number, 'sla', 'Due')).toMatchObject({ outcome: 'made' })
    expect((await stand.comments(number)).map(({ body }) => body)).toEqual([
      '<!-- gitsm:gate -->\nBob is awaited',
      '<!-- gitsm:sla -->\nDue',
    ])
  })

  test('of somebody else who writes our marker is not ours', async () => {
    const { stand, github, number } = await withPull()
    await stand.comment(number, { by: 'mallory', body: '<!-- gitsm:gate -->\nApproved!' })
    expect(await putComment(github, number, 'gate', 'Refused')).toMatchObject({ outcome: 'made' })
    expect(await putComment(github, number, 'gate', 'Refused')).toMatchObject({ outcome: 'kept' })
    expect((await stand.comments(number)).map(({ by }) => by)).toEqual(['mallory', 'github-actions[bot]'])
  })

  test('is found again with a personal token, too', async () => {
    const { stand, github, number } = await withPull({ self: 'cat' })
    await stand.comment(number, { by: 'mallory', body: '<!-- gitsm:gate -->\nApproved!' })
    await putComment(github, number, 'gate', 'Refused')
    expect(await putComment(github, number, 'gate', 'Pending')).toMatchObject({ outcome: 'changed' })
    expect((await stand.comments(number)).map(({ by, body }) => [by, body.split('\n')[1]])).toEqual([
      ['mallory', 'Approved!'],
      ['cat', 'Pending'],
    ])
  })

  test('deleted by hand comes again, and one on the second page is found', async () => {
    const { stand, github, number } = await withPull()
    for (let at = 0; at < 100; at++) await stand.comment(number, { by: 'bob', body: `remark ${at}` })
    await putComment(github, number, 'gate', 'Pending')
    expect(await putComment(github, number, 'gate', 'Pending')).toMatchObject({ outcome: 'kept' })
    expect(await stand.comments(number)).toHaveLength(101)
    await stand.deleteComment(101)
    expect(await putComment(github, number, 'gate', 'Pending')).toMatchObject({ outcome: 'made' })
  })

  test('is one again where a list that lagged behind left two', async () => {
    const { stand, github, number } = await withPull()
    for (const word of ['one', 'two']) {
      await stand.comment(number, { by: 'github-actions[bot]', body: `<!-- gitsm:gate -->\n${word}` })
    }
    await stand.comment(number, { by: 'mallory', body: '<!-- gitsm:gate -->\nthree' })
    expect(await putComment(github, number, 'gate', 'Pending')).toMatchObject({ outcome: 'changed' })
    expect((await stand.comments(number)).map(({ body }) => body.split('\n')[1])).toEqual(['Pending', 'three'])
  })

  test('that the token may not write is refused, with GitHub’s words', async () => {
    const { stand, github, number } = await withPull()
    stand.faults.add({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', kind: '403', times: 9 })
    expect(await putComment(github, number, 'gate', 'x')).toEqual({
      outcome: 'refused',
      because: 'GitHub refused it (403): Resource not accessible by integration',
    })
  })
})

describe('a check run', () => {
  const wanted = (head: string, more: Partial<CheckRunText> = {}): CheckRunText => ({
    name: 'gitsm/gate',
    head,
    externalId: `1:${head}:base`,
    conclusion: undefined,
    title: 'bob is awaited',
    summary: 'One approval is missing.',
    annotations: [],
    ...more,
  })
  const remarks = (count: number): CheckRunText['annotations'] =>
    Array.from({ length: count }, (_, at) => ({
      path: 'records/note.yaml',
      start_line: at + 1,
      end_line: at + 1,
      start_column: 1,
      end_column: 5,
      annotation_level: 'failure',
      message: `wrong ${at}`,
    }))

  test('waits, then passes, as one and the same, and waits again as another', async () => {
    const { stand, github, number } = await withPull()
    const { head } = stand.pull(number)
    expect(await putCheckRun(github, wanted(head))).toMatchObject({ outcome: 'made' })
    expect(await putCheckRun(github, wanted(head))).toMatchObject({ outcome: 'kept' })
    const passed = wanted(head, { conclusion: 'success', title: 'approved', externalId: `1:${head}:newer` })
    expect(await putCheckRun(github, passed)).toMatchObject({ outcome: 'changed' })
    expect(await putCheckRun(github, passed)).toMatchObject({ outcome: 'kept' })
    // GitHub lets none that was completed wait again, so a new one does, and the newest counts.
    expect(await putCheckRun(github, wanted(head))).toMatchObject({ outcome: 'made' })
    expect(stand.checks(head)).toMatchObject([
      { status: 'completed', conclusion: 'success' },
      { status: 'in_progress', conclusion: null, title: 'bob is awaited' },
    ])
  })

  test('shows every annotation, fifty at a time', async () => {
    const { stand, github, number } = await withPull()
    const { head } = stand.pull(number)
    const failed = wanted(head, { conclusion: 'failure', annotations: remarks(120) })
    expect(await putCheckRun(github, failed)).toMatchObject({ outcome: 'made' })
    expect(stand.checks(head).map(({ annotations }) => annotations.length)).toEqual([120])
    expect(await putCheckRun(github, failed)).toMatchObject({ outcome: 'kept' })
  })

  test('gives way to a new one once it has annotations that no longer hold', async () => {
    const { stand, github, number } = await withPull()
    const { head } = stand.pull(number)
    await putCheckRun(github, wanted(head, { conclusion: 'failure', annotations: remarks(2) }))
    await putCheckRun(github, wanted(head, { conclusion: 'success', title: 'passed' }))
    expect(stand.checks(head).map(({ conclusion, annotations }) => [conclusion, annotations.length])).toEqual([
      ['failure', 2],
      ['success', 0],
    ])
  })

  test('of another app is not ours to change', async () => {
    const { stand, github, number } = await withPull({ app: 4711 })
    const { head } = stand.pull(number)
    stand.forgeCheck({ name: 'gitsm/gate', head, externalId: `1:${head}:base`, conclusion: 'success' })
    expect(await putCheckRun(github, wanted(head))).toMatchObject({ outcome: 'made' })
    expect(stand.checks(head).map(({ app, conclusion }) => [app, conclusion])).toEqual([
      [15368, 'success'],
      [4711, null],
    ])
    expect(await checkRuns(github, head, 'gitsm/gate')).toMatchObject([{ app: 4711 }, { app: 15368 }])
  })

  test('is looked for among our own where the environment tells which app we are', async () => {
    const { stand, number } = await withPull({ app: 4711 })
    const { head } = stand.pull(number)
    stand.forgeCheck({ name: 'gitsm/gate', head, externalId: `1:${head}:base`, conclusion: 'success' })
    const github = await connectionTo({ ...stand, env: { ...stand.env, GITSM_APP_ID: '4711' } })
    expect(await checkRuns(github, head, 'gitsm/gate')).toEqual([])
    expect(await putCheckRun(github, wanted(head))).toMatchObject({ outcome: 'made' })
    expect(await checkRuns(github, head, 'gitsm/gate')).toMatchObject([{ app: 4711 }])
  })

  test('says no more than GitHub takes', async () => {
    const { stand, github, number } = await withPull()
    const { head } = stand.pull(number)
    const long = wanted(head, { summary: '| a | b |\n'.repeat(9000), title: 'x'.repeat(400) })
    expect(await putCheckRun(github, long)).toMatchObject({ outcome: 'made' })
    expect(await putCheckRun(github, long)).toMatchObject({ outcome: 'kept' })
    const [check] = stand.checks(head)
    expect(check?.summary?.length).toBeLessThanOrEqual(65_000)
    expect(check?.summary).toMatch(/\| a \| b \|\n\nThe rest is left out/)
    expect(check?.title).toHaveLength(250)
  })
})

describe('an issue', () => {
  const notice = { title: 'INC-1 is at risk', body: 'Due at noon.', labels: ['gitsm:sla', 'P1'] } as const

  test('is one for its key, whoever else opens some', async () => {
    const { stand, github } = await connectedGitHub()
    await stand.issue({ by: 'mallory', title: 'x', body: '<!-- gitsm:INC-1/resolution -->', labels: ['gitsm:sla'] })
    expect(await putIssue(github, 'INC-1/resolution', notice)).toMatchObject({ outcome: 'made' })
    expect(await putIssue(github, 'INC-1/resolution', notice)).toMatchObject({ outcome: 'kept' })
    const changed = { ...notice, title: 'INC-1 is breached' }
    const known = await issuesLabelled(github, 'gitsm:sla')
    expect(await putIssue(github, 'INC-1/resolution', changed, known)).toMatchObject({ outcome: 'changed' })
    expect((await stand.issues()).map(({ title }) => title)).toEqual(['INC-1 is breached', 'x'])
    expect(await issuesLabelled(github, 'P1')).toMatchObject([{ number: 2, open: true, labels: ['gitsm:sla', 'P1'] }])
  })

  test('is closed where it stands, and never opened to be closed', async () => {
    const { stand, github } = await connectedGitHub()
    expect(await putIssue(github, 'a', { ...notice, state: 'closed' })).toBeUndefined()
    await putIssue(github, 'a', notice)
    expect(await putIssue(github, 'a', { ...notice, state: 'closed' })).toMatchObject({ outcome: 'changed' })
    expect(await stand.issues()).toMatchObject([{ state: 'closed' }])
  })
})

describe('labels', () => {
  test('of ours are exactly the wanted ones, and others are left alone', async () => {
    const { stand, github, number } = await withPull()
    await putLabels(github, number, [], ['gitsm:awaiting-cab', 'gitsm:risk-high'])
    const theirs = await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
      issue_number: number,
      labels: ['theirs'],
    })
    expect(theirs.status).toBe(200)
    const { labels } = await pullRequestSummary(github, number)
    expect(labels.toSorted()).toEqual(['gitsm:awaiting-cab', 'gitsm:risk-high', 'theirs'])
    expect(await putLabels(github, number, labels, ['gitsm:approved'])).toMatchObject({ outcome: 'changed' })
    expect((await stand.labels(number)).toSorted()).toEqual(['gitsm:approved', 'theirs'])
    expect(await putLabels(github, number, ['gitsm:approved', 'theirs'], ['gitsm:approved'])).toMatchObject({
      outcome: 'kept',
    })
  })
})

describe('reviewers', () => {
  test('are asked, one by one where GitHub refuses all because of one', async () => {
    const { stand, github, number } = await withPull()
    expect(await requestReviewers(github, number, ['bob', 'nobody-here', 'cat'])).toEqual({
      outcome: 'made',
      is: ['bob', 'cat'],
    })
    expect((await stand.reviewersAsked(number)).toSorted()).toEqual(['bob', 'cat'])
    expect((await pullRequestSummary(github, number)).asked.map(({ login }) => login)).toEqual(['bob', 'cat'])
    expect(await requestReviewers(github, number, ['nobody-here'])).toMatchObject({ outcome: 'refused' })
    expect(await requestReviewers(github, number, [])).toMatchObject({ outcome: 'kept' })
  })
})

describe('pull requests', () => {
  const text = { head: 'change', base: 'main', title: 'A change', body: 'of something' }

  test('one is opened for a branch, once', async () => {
    const { stand, github } = await connectedGitHub()
    stand.push({ branch: 'change', files })
    const first = await createPullRequest(github, text)
    expect(first).toMatchObject({ outcome: 'made', is: { number: 1, title: 'A change', open: true } })
    expect(await createPullRequest(github, text)).toMatchObject({ outcome: 'kept', is: { number: 1 } })
    expect(await editPullRequest(github, 1, { title: 'Another' })).toMatchObject({ outcome: 'changed' })
    expect(await findPullRequest(github, text)).toMatchObject({ title: 'Another' })
    expect(await createPullRequest(github, { ...text, head: 'nowhere' })).toMatchObject({ outcome: 'refused' })
  })

  test('one merges by itself where the repository allows it', async () => {
    const { stand, github, number } = await withPull()
    const pull = await pullRequestSummary(github, number)
    expect(await enableAutoMerge(github, pull)).toEqual({
      outcome: 'refused',
      because: 'GitHub refused it: Auto merge is not allowed for this repository',
    })
    stand.settings.autoMerge = true
    expect(await enableAutoMerge(github, pull)).toMatchObject({ outcome: 'made' })
    expect(stand.pull(number).autoMerge).toBe(true)
  })

  test.each(['merge', 'squash', 'rebase'] as const)(
    'one that was merged by %s is found by its commits',
    async (method) => {
      const { stand, github, number } = await withPull()
      stand.push({ branch: 'change', files: { 'records/more.yaml': 'id: more\n' } })
      stand.push({ branch: 'main', files: { 'records/other.yaml': 'id: other\n' }, by: 'bob' })
      const merged = stand.merge(number, { method, by: 'cat' })
      const found = await pullRequestsOf(github, merged)
      expect(found).toMatchObject([{ number, open: false, mergeCommit: merged, mergedAt: expect.any(Number) }])
      expect(stand.git(['ls-tree', '-r', '--name-only', 'main']).split('\n')).toEqual([
        'README.md',
        'records/more.yaml',
        'records/note.yaml',
        'records/other.yaml',
      ])
      const since = stand.clock.seconds() - 3600
      expect(await closedPullRequests(github, 'main', since)).toMatchObject([{ number }])
      expect(await closedPullRequests(github, 'main', stand.clock.seconds() + 1)).toEqual([])
      expect(await openPullRequests(github)).toEqual([])
    },
  )

  test('one is merged only as it was seen', async () => {
    const { stand, github, number } = await withPull()
    const seen = await pullRequestSummary(github, number)
    stand.push({ branch: 'change', files: { 'records/more.yaml': 'id: more\n' } })
    expect(await mergePullRequest(github, seen)).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('Head branch was modified'),
    })
    const now = await pullRequestSummary(github, number)
    expect(await mergePullRequest(github, now)).toEqual({ outcome: 'made', is: stand.git(['rev-parse', 'main']) })
  })

  test('all open ones are listed, beyond the first page', async () => {
    const { stand, github } = await connectedGitHub()
    stand.push({ branch: 'shared', files })
    for (let at = 0; at < 105; at++) await stand.open({ branch: 'shared' })
    expect((await openPullRequests(github)).map(({ number }) => number)).toEqual(
      Array.from({ length: 105 }, (_, at) => at + 1),
    )
  })
})
