import { type GitHubAccess, isLoopback } from './access.ts'
import { fieldOf } from './failure.ts'
import { nextPage } from './next-page.ts'
import { type Failure, GitHubUnavailable } from './unavailable.ts'

/** Values of a route's parts, its query or its body. `undefined` leaves one out. */
export type Parameters = Readonly<Record<string, unknown>>

/** What GitHub answered; what it holds must still be looked at. */
export interface Answer {
  readonly status: number
  readonly data: unknown
}

/** How a list is read. */
export interface Listing {
  /** The field of the answer that holds the list; left out where the answer is the list. */
  readonly field?: string
  /** What tells two items apart: by default the field `id`. Items that come twice count once. */
  readonly key?: (item: unknown) => unknown
  /** Whether an item tells that no further pages are wanted. */
  readonly enough?: (item: unknown) => boolean
  /** Statuses that are answers too; a list is then empty. */
  readonly answers?: readonly number[]
}

/** How a request is sent. */
export interface RequestOptions {
  /** Never sends it a second time by itself; else only a POST is held back that may have had its effect. */
  readonly once?: boolean
  /** Sends a POST again, too, because doing it twice does no more than doing it once. */
  readonly again?: boolean
}

/** A repository on GitHub, or on a server that speaks as GitHub does. */
export interface GitHub {
  readonly owner: string
  readonly repo: string
  /** The id of the GitHub App that we are, where that is known. */
  readonly app?: number
  /** Where people find it, without a slash at the end: `https://github.com`. */
  readonly server: string
  /** Where the GraphQL interface is. */
  readonly graphql: string
  /**
   * Asks for a route such as `GET /repos/{owner}/{repo}/pulls/{pull_number}`; owner and repo are filled in. Whatever
   * fails is a `GitHubUnavailable`, but for the statuses that the caller names as answers.
   */
  readonly request: (
    route: string,
    parameters?: Parameters,
    answers?: readonly number[],
    options?: RequestOptions,
  ) => Promise<Answer>
  /** All items of a list, page by page, each once. */
  readonly pages: (route: string, parameters?: Parameters, listing?: Listing) => Promise<readonly unknown[]>
}

/** What a connection needs of its surroundings. */
export interface ConnectionOptions {
  readonly version: string
  /** Tells a person that there is something to wait for. */
  readonly say: (line: string) => void
  /** How many milliseconds a second of waiting takes; tests have no time to wait. */
  readonly second?: number
  /** How many milliseconds one request may take. */
  readonly limit?: number
}

/** As many pages are read of a list; 100 items are on one. */
const mostPages = 100

/** Connects with GitHub. Nothing is asked yet. */
export async function connectGitHub(access: GitHubAccess, options: ConnectionOptions): Promise<GitHub> {
  const { owner, repo, server, token, app } = access
  const { octokitFor } = await import('./octokit.ts')
  const ask = octokitFor(access, { ...options, spaced: !isLoopback(new URL(access.api)) })

  const hidden = (text: string): string => text.replaceAll(token, '[token]')
  const failed = ({ said, requestId, ...failure }: Failure): GitHubUnavailable =>
    new GitHubUnavailable({ ...failure, said: hidden(said), ...(requestId && { requestId: hidden(requestId) }) })

  const get = async (
    route: string,
    parameters: Parameters,
    answers: readonly number[],
    options: RequestOptions = {},
  ) => {
    const named = route.includes('{owner}') ? { owner, repo, ...parameters } : parameters
    const { answer, failure } = await ask(route, named, answers, options)
    if (failure) throw failed(failure)
    return answer
  }

  return {
    owner,
    repo,
    server,
    graphql: `${access.api.replace(/\/api\/v3$/, '/api')}/graphql`,
    ...(app !== undefined && { app }),
    request: async (route, parameters = {}, answers = [], options = {}) => {
      const { status, data } = await get(route, parameters, answers, options)
      return { status, data }
    },
    pages: async (
      route,
      parameters = {},
      { field, key = (item: unknown) => fieldOf(item, 'id'), enough, answers = [] } = {},
    ) => {
      const items = new Map<unknown, unknown>()
      let next: Parameters | undefined = {}
      const read = new Set([JSON.stringify(next)])
      while (next) {
        const { status, data, link } = await get(route, { per_page: 100, ...parameters, ...next }, answers)
        if (answers.includes(status)) return []
        const wrong = (said: string): GitHubUnavailable => failed({ route, said })
        const list = field === undefined ? data : fieldOf(data, field)
        if (!Array.isArray(list)) throw wrong('an answer without the list that was asked for')
        for (const item of list) {
          const name = key(item)
          if (name === undefined) throw wrong('an item without id')
          items.set(name, item)
        }
        next = enough && list.some(enough) ? undefined : nextPage(link)
        if (next && read.size >= mostPages) throw wrong(`a list of more than ${mostPages} pages`)
        if (next && read.has(JSON.stringify(next))) throw wrong('a list whose pages lead round in a circle')
        read.add(JSON.stringify(next))
      }
      return [...items.values()]
    },
  }
}
