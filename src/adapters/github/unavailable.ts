import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { fragment } from '../../core/fragment.ts'

/** What is known of a request that failed. */
export interface Failure {
  /** Method and path as the documentation writes it, without values. */
  readonly route: string
  /** Absent where no answer came. */
  readonly status?: number
  /** GitHub's name for the request, for its support. */
  readonly requestId?: string
  /** What GitHub or the network said. */
  readonly said: string
  /** Whether a rate limit refused it. */
  readonly limited?: boolean
}

/** Statuses by which GitHub refuses something for good. */
export const refusals: readonly number[] = [403, 404, 410, 422]

/** The fault for a GitHub that did not answer as it should: exit code 4, safe to run again. */
export class GitHubUnavailable extends Fault {
  /** Whether what was asked for may have happened all the same, since only the answer is missing. */
  readonly uncertain: boolean
  /** Whether GitHub does not allow it, now or later: the token may not, or there is no such thing. */
  readonly refused: boolean

  constructor({ route, status, requestId, said, limited = false }: Failure) {
    const answer = status === undefined ? 'got no answer that can be used' : `was answered with ${status}`
    const request = requestId === undefined ? '' : `, request ${fragment(requestId)}`
    super(`GITHUB_UNAVAILABLE: ${route} ${answer}${request}: ${fragment(said)}`, {
      cure: cureFor(status),
      code: exit.outside,
    })
    this.name = 'GitHubUnavailable'
    this.uncertain = status === undefined || status >= 500
    this.refused = !limited && refusals.includes(status ?? 0)
  }
}

function cureFor(status: number | undefined): string {
  if (status === 401) return 'The token is wrong or has run out: make a new one'
  if (status === 403)
    return 'Wait if it is a rate limit; else give the token the right that docs/github.md names for it'
  if (status === 404) return 'Check GITHUB_REPOSITORY, and that the token may read this repository'
  if (status === 429) return 'Too many requests: run the command again later'
  if (status === 422 || status === 400) return 'Check that this GitHub is a recent one; then report the message'
  return 'Run the command again; https://www.githubstatus.com tells whether GitHub has trouble'
}
