import { describe, expect, test } from 'vitest'
import { landingOf } from '../../src/adapters/git/landing.ts'
import { repository, type TestRepo } from '../support/repo.ts'

const day = (number: number) => `2026-03-0${number}T09:00:00Z`

/** A branch of two commits, beside which the mainline moved on. */
function branched(): { readonly repo: TestRepo; readonly from: string; readonly base: string; readonly head: string } {
  const repo = repository([
    { at: day(1), write: { root: '1' } },
    { at: day(1), write: { root: '2' } },
  ])
  const from = repo.git(['rev-parse', 'HEAD'])
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  repo.commit({ at: day(2), by: 'kate', say: 'One', write: { one: '1' } })
  const head = repo.commit({ at: day(2), by: 'kate', say: 'Two\n\nwords', write: { two: '2' } })
  repo.git(['checkout', '--quiet', 'main'])
  const base = repo.commit({ at: day(2), by: 'bob', write: { other: '1' } })
  return { repo, from, base, head }
}

const gitOf = (repo: TestRepo) => ({ dir: repo.dir, env: { PATH: process.env['PATH'], HOME: repo.dir } })
const tipOf = (repo: TestRepo) => repo.git(['rev-parse', 'HEAD'])

describe('what a pull request became', () => {
  test('is the merge that brought it, also where others followed', async () => {
    const { repo, base, head } = branched()
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], day(3))
    const merged = tipOf(repo)
    repo.commit({ at: day(4), write: { later: '1' } })
    for (const told of [{}, { merged }]) {
      expect(await landingOf(gitOf(repo), tipOf(repo), { head, ...told })).toEqual({ base, commits: [merged] })
    }
  })

  test('is the one commit that squashes it', async () => {
    const { repo, base, head } = branched()
    repo.git(['merge', '--quiet', '--squash', 'topic'], day(3))
    repo.git(['commit', '--quiet', '-m', 'One and two (#7)'], day(3))
    expect(await landingOf(gitOf(repo), tipOf(repo), { head, merged: tipOf(repo) })).toEqual({
      base,
      commits: [tipOf(repo)],
    })
  })

  test('are the rebased copies of its commits, and nobody else’s before them', async () => {
    const { repo, base, head } = branched()
    repo.git(['checkout', '--quiet', '-b', 'copy', 'topic'])
    repo.git(['rebase', '--quiet', 'main'], day(3), 'lena')
    const copies = repo.git(['rev-list', '--reverse', 'main..copy']).split('\n')
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--ff-only', 'copy'])
    expect(copies).toHaveLength(2)
    expect(await landingOf(gitOf(repo), tipOf(repo), { head, merged: tipOf(repo) })).toEqual({ base, commits: copies })
  })

  test('are its own commits where the mainline was moved onto them', async () => {
    const { repo, from, head } = branched()
    repo.git(['reset', '--quiet', '--hard', from])
    repo.git(['merge', '--quiet', '--ff-only', 'topic'])
    const commits = repo.git(['rev-list', '--reverse', `${from}..topic`]).split('\n')
    expect(commits).toHaveLength(2)
    expect(await landingOf(gitOf(repo), tipOf(repo), { head, from })).toEqual({ base: from, commits })
    expect(await landingOf(gitOf(repo), tipOf(repo), { head })).toEqual({ base: commits[0], commits: [head] })
  })

  test('is nothing where it never reached the mainline', async () => {
    const { repo, head } = branched()
    expect(await landingOf(gitOf(repo), tipOf(repo), { head })).toBeUndefined()
    expect(await landingOf(gitOf(repo), tipOf(repo), { head, merged: head })).toBeUndefined()
  })
})
