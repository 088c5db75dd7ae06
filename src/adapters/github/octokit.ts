import { type RetryPlugin, retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import { isData } from '../../core/record.ts'
import type { GitHubAccess } from './access.ts'
import { failureOf } from './failure.ts'
import { type Patience, patienceOf } from './patience.ts'
import { strictFetch } from './strict-fetch.ts'
import type { Failure } from './unavailable.ts'

/** An answer that can be used, or why there is none. */
export type Asked =
  | {
      readonly answer: { readonly status: number; readonly data: unknown; readonly link: string | undefined }
      readonly failure?: undefined
    }
  | { readonly answer?: undefined; readonly failure: Failure }

/** Asks for a route; statuses that are listed are answers, unless they tell of a limit. */
export type Ask = (
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  answers: readonly number[],
  options: { readonly once?: boolean; readonly again?: boolean },
) => Promise<Asked>

/** How a client of GitHub behaves. */
export interface ClientOptions {
  readonly version: string
  readonly say: (line: string) => void
  /** How many milliseconds a second of waiting takes. */
  readonly second?: number
  /** How many milliseconds one request may take. */
  readonly limit?: number
  /** Whether writing requests keep the distance that GitHub asks for; a server on this machine does not. */
  readonly spaced: boolean
}

/**
 * As long may a connection wait in all, in seconds: for limits to pass, for repeats, and for answers that did not come.
 */
const patienceInAll = 240
/** As many times a request is repeated that failed for reasons that may pass. */
const repeats = 3

/**
 * A client that repeats what may be repeated: reading and idempotent writing after a fault of the server or the
 * network, anything that a rate limit refused. A POST whose answer is missing is not repeated, because it may have had
 * its effect.
 */
export function octokitFor(
  { api, token }: GitHubAccess,
  { version, say, second = 1000, limit = 15_000, spaced }: ClientOptions,
): Ask {
  const patience = patienceOf(patienceInAll)
  const waits = (after: number, { method, url }: Target, _: unknown, count: number): boolean => {
    const affordable = count < repeats && patience.spend(after)
    if (affordable) say(`GitHub asks to wait ${after} s before ${method} ${url} (rate limit)`)
    return affordable
  }
  const limits = { onRateLimit: waits, onSecondaryRateLimit: waits, retryAfterBaseValue: second }
  const Client = Octokit.plugin((octokit) => repeatWithin(octokit, patience), retry, throttling)
  const octokit = new Client({
    auth: token,
    baseUrl: api,
    userAgent: `gitsm/${version}`,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: strictFetch(limit, patience) },
    retry: { retries: repeats, retryAfterBaseValue: second, doNotRetry: [...final, ...timed] },
    throttle: Object.assign(limits, spaced ? {} : unspaced),
  })
  return async (route, parameters, answers, options) => {
    if (patience.isOver()) return { failure: { route, said: `${patienceInAll} s were waited for GitHub in all` } }
    try {
      const headers = { 'x-github-api-version': '2022-11-28' }
      const {
        status,
        data,
        headers: told,
      } = await octokit.request(route, { ...parameters, headers, request: { ...options } })
      return { answer: { status, data, link: told.link } }
    } catch (error) {
      const failure = failureOf(error)
      const { status, data, limited } = failure
      const expected = status !== undefined && answers.includes(status) && !limited && isData(data)
      return expected ? { answer: { status, data, link: undefined } } : { failure: { route, ...failure } }
    }
  }
}

interface Target {
  readonly method: string
  readonly url: string
}

/** Statuses that stay as they are however often one asks, and those that may tell when to ask again. */
const final = [400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 451]
const timed = [429, 503]

type RequestError = Parameters<RetryPlugin['retry']['retryRequest']>[0]

/**
 * Lets requests be repeated only while there is patience, and those that have an effect each time only after a refusal.
 */
function repeatWithin(octokit: Pick<Octokit, 'hook'> & Partial<RetryPlugin>, patience: Patience): void {
  octokit.hook.error('request', (error, options) => {
    const { status = 500, retryAfter, limited, throttled } = failureOf(error)
    if (!isRequestError(error) || throttled || final.includes(status)) throw error
    const after = retryAfter ?? (Number(options.request['retryCount'] ?? 0) + 1) ** 2
    const { once, again } = options.request
    const harmless = limited || again || !(options.method === 'POST' || once)
    if (!harmless || !patience.spend(after)) options.request['retries'] = 0
    else if (timed.includes(status)) throw octokit.retry?.retryRequest(error, repeats, after) ?? error
    throw error
  })
}

function isRequestError(error: Error): error is RequestError {
  return 'request' in error && 'status' in error
}

const silent = (): void => {}

/** In place of the groups of the throttling plugin that keep writing requests apart. */
const atOnce: object = {
  key: () => ({
    schedule: (_: unknown, work: (...given: readonly unknown[]) => unknown, ...given: readonly unknown[]) =>
      Promise.resolve(work(...given)),
  }),
}
const unspaced: object = { write: atOnce, notifications: atOnce, search: atOnce }
