import type { Person } from '../../core/approval/person.ts'
import type { GitHub } from './connection.ts'
import { fieldOf } from './failure.ts'
import { type Told, told } from './told.ts'
import { GitHubUnavailable, refusals } from './unavailable.ts'

/** Whom a commit names as its co-author beside those whom GitHub tells of. */
interface CoAuthor {
  readonly commit: string
  readonly name: string
  readonly address: string
}

const trailer = /^co-authored-by:[ \t]*([^<\n]*?)[ \t]*<([^<>\n]+)>/gim
/** The address that GitHub gives to an account for its commits. */
const ownAddress = /^(\d+)\+([A-Za-z0-9-]+)@users\.noreply\./i
/** As many commits are asked about at once. */
const together = 50

/**
 * Whoever the commits of a pull request name as co-authors. An address that is not GitHub's own is looked up there;
 * where GitHub knows nobody by it, or does not say, people are told by the name before it and by the first part of it:
 * that keeps those who are called so from approving.
 */
export async function coAuthorsOf(github: GitHub, commits: readonly Told[]): Promise<readonly Person[]> {
  const named = commits.flatMap((commit) =>
    Array.from(commit.text('commit.message').matchAll(trailer), ([, name = '', address = '']): CoAuthor => {
      return { commit: commit.sha('sha'), name, address: address.trim() }
    }),
  )
  const plain = named.filter(({ address }) => !ownAddress.test(address))
  const accounts = plain.length === 0 ? new Map<string, Person>() : await accountsByAddress(github, plain)
  return named.flatMap(({ name, address }) => {
    const [, id, login = ''] = ownAddress.exec(address) ?? []
    if (id !== undefined) return [{ login, id: Number(id) }]
    const account = accounts.get(address.toLowerCase())
    if (account) return [account]
    return [name, address.split('@')[0] ?? ''].filter((each) => each !== '').map((each) => ({ login: each }))
  })
}

/** The accounts that GitHub knows by the addresses of the authors of some commits. */
async function accountsByAddress(github: GitHub, named: readonly CoAuthor[]): Promise<ReadonlyMap<string, Person>> {
  const found = new Map<string, Person>()
  const commits = [...new Set(named.map(({ commit }) => commit))]
  for (let from = 0; from < commits.length; from += together) {
    for (const author of await authorsOf(github, commits.slice(from, from + together))) {
      const [address, login, id] = [author.textOrNull('email'), author.textOrNull('user.login'), author.part('user')]
      if (address === null || login === null || id === null) continue
      found.set(address.toLowerCase(), { login, id: id.count('databaseId') })
    }
  }
  return found
}

const route = 'POST /graphql'

/** The authors and co-authors of commits; none where the token may not ask, or this GitHub has no such question. */
async function authorsOf(github: GitHub, commits: readonly string[]): Promise<readonly Told[]> {
  const one = '... on Commit { authors(first: 100) { nodes { email user { login databaseId } } } }'
  const fields = commits.map((commit, at) => `c${at}: object(oid: "${commit}") { ${one} }`).join(' ')
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields} } }`
  const variables = { owner: github.owner, name: github.repo }
  const { status, data } = await github.request(`POST ${github.graphql}`, { query, variables }, refusals)
  if (refusals.includes(status)) return []
  const errors = fieldOf(data, 'errors')
  const [error]: readonly unknown[] = Array.isArray(errors) ? errors : []
  if (error !== undefined) {
    const isRefused = /^(FORBIDDEN|NOT_FOUND|INSUFFICIENT_SCOPES|undefinedField)$/.test(String(fieldOf(error, 'type')))
    if (isRefused) return []
    throw new GitHubUnavailable({ route, said: String(fieldOf(error, 'message') ?? 'no reason') })
  }
  const repository = told(route, data).part('data.repository')
  if (!repository) throw new GitHubUnavailable({ route, said: 'an answer with neither data nor errors' })
  return commits.flatMap((_, at) => repository.part(`c${at}`)?.list('authors.nodes') ?? [])
}
