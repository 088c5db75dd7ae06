import { isData } from '../../core/record.ts'

/** What an error of the client tells. */
export interface ClientFailure {
  /** Absent where no answer came that could be used. */
  readonly status?: number
  readonly requestId?: string
  readonly said: string
  /** What GitHub told beside the status. */
  readonly data: unknown
  /** Seconds that GitHub asks to wait. */
  readonly retryAfter?: number
  /** Whether a rate limit refused the request, so that it had no effect. */
  readonly limited: boolean
  /** Whether the throttling plugin knows the limit, and waits for its end. */
  readonly throttled: boolean
}

/** Reads an error of the client, whatever it is. The client says 500 where there was no answer at all. */
export function failureOf(error: unknown): ClientFailure {
  const response = fieldOf(error, 'response')
  const told = error instanceof Error ? error.message : 'unknown'
  if (!isData(response)) return { said: told, data: undefined, limited: false, throttled: false }
  const header = (name: string): string | undefined => {
    const value = fieldOf(response['headers'], name)
    return value === undefined ? undefined : String(value)
  }
  const status = Number(response['status'])
  const message = fieldOf(response['data'], 'message')
  const said = typeof message === 'string' ? message : 'without a reason that can be read'
  const requestId = header('x-github-request-id')
  const retryAfter = Number(header('retry-after'))
  const refused = status === 403 || status === 429
  const throttled = refused && (header('x-ratelimit-remaining') === '0' || /\bsecondary rate\b/i.test(told))
  const wait = Number.isFinite(retryAfter) && retryAfter > 0
  return {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(wait && { retryAfter }),
    said,
    data: response['data'],
    limited: throttled || status === 429 || (refused && (wait || /\brate limit\b/i.test(said))),
    throttled,
  }
}

/** A field of whatever was answered. */
export function fieldOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
}
