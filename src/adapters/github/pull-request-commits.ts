import type { Person } from '../../core/approval/person.ts'
import { accountAt } from './account.ts'
import { coAuthorsOf } from './co-authors.ts'
import type { GitHub } from './connection.ts'
import { fieldOf } from './failure.ts'
import { told } from './told.ts'
import { GitHubUnavailable } from './unavailable.ts'

const listing = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits'

/**
 * Everybody who wrote or committed a commit of a pull request, each once; `null` stands for all whom GitHub cannot map
 * to an account. Whoever is named as a co-author counts too, without a number where GitHub knows no account.
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
  const accounts = commits.flatMap((commit) => [accountAt(commit, 'author'), accountAt(commit, 'committer')])
  const people = [...accounts, ...(await coAuthorsOf(github, commits))]
  const known = new Map<number | string | undefined, Person | null>()
  for (const person of people) {
    const { login, id } = person ?? {}
    known.set(id ?? login, login === undefined ? null : { login, ...(id !== undefined && { id }) })
  }
  return [...known.values()]
}
