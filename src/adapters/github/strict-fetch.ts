import type { Patience } from './patience.ts'

/** As many redirections are followed. */
const hops = 3

/**
 * `fetch` as a client of GitHub needs it: an answer comes in time and whole, a success is JSON, and a redirection is
 * followed on the same server only, and never by a request that would change its method. Whatever else comes is an
 * error.
 */
export function strictFetch(limit: number, patience: Patience): typeof fetch {
  return async (input, init = {}) => {
    const begun = performance.now()
    try {
      return await fetched(input instanceof Request ? input.url : String(input), init, limit)
    } catch (error) {
      patience.lose((performance.now() - begun) / 1000)
      throw error
    }
  }
}

async function fetched(address: string, init: RequestInit, limit: number): Promise<Response> {
  let url = new URL(address)
  for (let hop = 0; hop <= hops; hop++) {
    const answer = await fetch(url.href, { ...init, redirect: 'manual', signal: AbortSignal.timeout(limit) })
    const to = answer.headers.get('location')
    if (answer.status < 300 || answer.status > 399 || answer.status === 304) return whole(answer)
    if (to === null || !URL.canParse(to, url.href)) throw new Error(`a redirection (${answer.status}) to nowhere`)
    const next = new URL(to, url)
    if (next.origin !== url.origin) throw new Error(`a redirection (${answer.status}) to another server`)
    const keeps = answer.status === 307 || answer.status === 308 || init.method === 'GET' || init.method === 'HEAD'
    if (!keeps) throw new Error(`a redirection (${answer.status}), perhaps because the repository was renamed`)
    url = next
  }
  throw new Error(`more than ${hops} redirections`)
}

async function whole(answer: Response): Promise<Response> {
  const { status, headers } = answer
  const text = await answer.text()
  if (status === 204 || status === 205 || status === 304) return new Response(null, { status, headers })
  if (status < 300 && !isJson(text)) {
    throw new Error(`an answer (${status}, request ${headers.get('x-github-request-id') ?? 'unnamed'}) that is no JSON`)
  }
  return new Response(text, { status, headers })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
