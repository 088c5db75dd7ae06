import type { Person } from '../../core/approval/person.ts'
import { type Account, accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { fieldOf } from './failure.ts'
import { type Told, told } from './told.ts'
import { GitHubUnavailable } from './unavailable.ts'

const listing = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits'

/**
 * Everybody who wrote or committed a commit of a pull request, each once; `null` stands for all whom GitHub cannot map to
 * an account. Whoever is named as a co-author by GitHub's own address for them counts too.
 */
export async function committersOf(
  github: GitHub,
  number: number,
  expected: { readonly head: string; readonly commits: number },
): Promise<readonly (Person | null)[]> {
  const items = await github.pages(listing, { pull_number: number }, { key: (item) => fieldOf(item, 'sha') })
  const commits = items.map((item) => told(listing, item))
  const last = commits.at(-1)?.sha('sha')
  if (commits.length !== expected.commits || (last !== undefined && last !== expected.head)) {
    const said = `${commits.length} of ${expected.commits} commits up to ${last?.slice(0, 7)}, where the head is ${expected.head.slice(0, 7)}`
    throw new GitHubUnavailable({ route: listing, said })
  }
  const people = commits.flatMap((commit) => [
    accountAt(commit, 'author'),
    accountAt(commit, 'committer'),
    ...coAuthors(commit),
  ])
  const known = new Map<number | undefined, Person | null>()
  for (const person of people) known.set(person?.id, person && { login: person.login, id: person.id })
  return [...known.values()]
}

function coAuthors(commit: Told): readonly Omit<Account, 'program'>[] {
  const trailers = commit
    .text('commit.message')
    .matchAll(/^co-authored-by:[^<\n]*<(\d+)\+([A-Za-z0-9-]+)@users\.noreply\./gim)
  return Array.from(trailers, ([, id, login = '']) => ({ login, id: Number(id) }))
}
