/** What may happen to a request. */
export const faultKinds = [
  '500',
  '502',
  '503',
  '503 with retry-after',
  '504',
  '429',
  '429 with retry-after',
  'secondary limit',
  'secondary limit with retry-after',
  'primary limit',
  '301',
  '301 to another server',
  '307',
  '304',
  '401',
  '403',
  '404',
  '410',
  '422',
  '451',
  'hang',
  'cut JSON',
  'HTML with 200',
  'connection reset',
  'lost answer',
  'GraphQL errors',
  'repeated page',
  'moved item',
  'looping pages',
  'stale first read',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** Something that goes wrong: on which routes, how, and how often (once unless told otherwise). */
export interface FaultOrder {
  /** `GET /repos/{owner}/{repo}/pulls`; without one, every route. */
  readonly route?: string
  readonly kind: FaultKind
  readonly times?: number
  /** So many requests of that route go well before. */
  readonly after?: number
}

/** The script of what goes wrong. */
export interface FaultScript {
  readonly add: (order: FaultOrder) => void
  readonly clear: () => void
  /** What happens to the request at hand. */
  readonly next: (route: string) => FaultKind | undefined
  /** How often each kind struck. */
  readonly struck: readonly { readonly route: string; readonly kind: FaultKind }[]
}

export function faultScript(): FaultScript {
  const orders: { order: FaultOrder; left: number; before: number }[] = []
  const struck: { route: string; kind: FaultKind }[] = []
  return {
    add: (order) => orders.push({ order, left: order.times ?? 1, before: order.after ?? 0 }),
    clear: () => {
      orders.length = 0
      struck.length = 0
    },
    next: (route) => {
      const each = orders.find(({ order, left }) => left > 0 && (order.route ?? route) === route)
      if (!each) return undefined
      if (each.before > 0) {
        each.before -= 1
        return undefined
      }
      each.left -= 1
      struck.push({ route, kind: each.order.kind })
      return each.order.kind
    },
    struck,
  }
}

/** An answer of the server, before it is sent. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Part of the body that comes in pages. */
  readonly list?: {
    readonly items: readonly unknown[]
    readonly wrap: (items: readonly unknown[]) => unknown
    /** Makes of an item what is told of it. */
    readonly shape?: (item: unknown) => unknown
  }
}

const statuses: Readonly<Record<string, string>> = {
  '500': 'Server Error',
  '502': 'Server Error',
  '503': 'Service unavailable',
  '504': 'We could not respond to your request in time.',
  '429': 'Too many requests',
  '401': 'Bad credentials',
  '403': 'Resource not accessible by integration',
  '404': 'Not Found',
  '410': 'Gone',
  '422': 'Validation Failed',
  '451': 'Repository access blocked',
}

/** The answer that a fault gives in place of the right one; `undefined` for faults of another kind. */
export function faultReply(kind: FaultKind, url: string, now: number): Reply | undefined {
  const plain = statuses[kind.slice(0, 3)]
  const told = (status: number, message: string, headers = {}): Reply => ({
    status,
    body: { message, documentation_url: 'https://docs.github.com/rest' },
    headers,
  })
  if (kind === 'secondary limit') return told(403, 'You have exceeded a secondary rate limit. Please wait.')
  if (kind === 'secondary limit with retry-after') {
    return told(403, 'You have exceeded a secondary rate limit. Please wait.', { 'retry-after': '30' })
  }
  if (kind === 'primary limit') {
    const reset = String(Math.floor(now / 1000) + 20)
    return told(403, 'API rate limit exceeded for installation.', {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
    })
  }
  if (kind === '301') return told(301, 'Moved Permanently', { location: `${url}&moved=1`.replace(/^([^?]*)&/, '$1?') })
  if (kind === '301 to another server') return told(301, 'Moved Permanently', { location: 'http://127.0.0.2:9/steal' })
  if (kind === '307') return told(307, 'Temporary Redirect', { location: `${url}&moved=1`.replace(/^([^?]*)&/, '$1?') })
  if (kind === '304') return { status: 304 }
  if (!plain) return undefined
  return told(Number(kind.slice(0, 3)), plain, kind.endsWith('with retry-after') ? { 'retry-after': '7' } : {})
}
