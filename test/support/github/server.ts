import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { faultsOfAnswer, faultsOfRequest, matchRoute } from './contract.ts'
import { type Emulated, emulatedWhole } from './emulated.ts'
import { type FaultKind, type FaultScript, faultReply, type Reply } from './faults.ts'
import { paged } from './paging.ts'
import { type Asked, refused, routes } from './routes.ts'
import { noticePushes, type State } from './state.ts'

/** A request as it came, and what came of it. */
export interface Logged {
  readonly route: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: unknown
  status: number | undefined
  fault?: FaultKind
}

/** What the server needs to answer. */
export interface Behind {
  readonly state: State
  readonly emulated: Emulated
  readonly faults: FaultScript
  /** The token that it lets in. */
  readonly token: string
  /** A path before every route. */
  readonly prefix: string
  /** As many items are on one page of a list at most. */
  readonly onPage: number
}

/** The server while it runs. */
export interface Server {
  readonly origin: string
  readonly requests: readonly Logged[]
  /** What was asked for or answered against GitHub's own description. */
  readonly violations: readonly string[]
  readonly close: () => Promise<void>
}

/** A request as far as it is read. */
interface Read {
  readonly url: URL
  readonly method: string
  readonly body: unknown
  /** The path behind the prefix. */
  readonly path: string
  readonly isGraph: boolean
}

/** Answers over HTTP: each request is held against GitHub's description, may meet a fault, and so is its answer. */
export async function serve({ state, emulated, faults, token, prefix, onPage }: Behind): Promise<Server> {
  const requests: Logged[] = []
  const violations: string[] = []
  let base = ''

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const read = await readRequest(request, base, prefix)
    const { url, method, body, path, isGraph } = read
    const matched = isGraph ? { route: 'POST /graphql', values: {} } : matchRoute(method, path)
    const route = matched?.route ?? `${method} ${url.pathname}`
    const logged: Logged = { route, method, path: url.pathname, query: url.search, body, status: undefined }
    requests.push(logged)
    if (!matched) violations.push(`${method} ${url.pathname} is not among the routes of test/data/github-openapi.json`)
    else if (!isGraph) violations.push(...faultsOfRequest(route, url.searchParams, body))
    if (request.headers.authorization !== `token ${token}` && request.headers.authorization !== `bearer ${token}`) {
      return send(response, refused(401, 'Bad credentials'), logged)
    }
    if (!request.headers['user-agent']) violations.push(`${route} was asked without a user agent`)

    const kind = faults.next(route)
    if (kind) logged.fault = kind
    if (kind && failsBefore(kind, read, request, response, logged)) return

    noticePushes(state)
    const asked: Asked = {
      url: base,
      values: matched?.values ?? {},
      query: url.searchParams,
      body: typeof body === 'object' && body !== null ? Object(body) : {},
      emulated: (as = method, whole = `${path}${url.search}`, given = as === 'GET' ? undefined : body) =>
        emulated.ask(as, whole, given, state.self.login),
    }
    const handler = routes[route]
    const whole = handler
      ? await handler(state, asked)
      : await emulatedWhole(state, asked, method, path, url.searchParams)
    const reply = await paged(whole, url, kind, onPage)
    if (whole.status < 400 && matched && !isGraph) {
      violations.push(...faultsOfAnswer(route, whole.status, reply.body).map((each) => `answer: ${each}`))
    }
    if (kind === 'lost answer') return void request.socket.destroy()
    if (kind === 'cut JSON') return sendHalf(response, reply)
    send(response, reply, logged)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      violations.push(
        `the stand-in broke on ${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      )
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the stand-in has no port')
  const origin = `http://127.0.0.1:${address.port}`
  base = `${origin}${prefix}`
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { origin, requests, violations, close }
}

async function readRequest(request: IncomingMessage, base: string, prefix: string): Promise<Read> {
  const url = new URL(request.url ?? '', base)
  url.searchParams.delete('moved')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    url,
    method: request.method ?? '',
    body: text === '' ? undefined : JSON.parse(text),
    path: url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : '',
    isGraph: url.pathname === `${prefix.replace(/\/v3$/, '')}/graphql`,
  }
}

/** Whether a fault came before anything was done, and so is the whole answer. */
function failsBefore(
  kind: FaultKind,
  { url, isGraph }: Read,
  request: IncomingMessage,
  response: ServerResponse,
  logged: Logged,
): boolean {
  const instead = faultReply(kind, `${url.pathname}${url.search}`, Date.now())
  if (kind === 'hang') return true
  if (kind === 'connection reset') request.socket.resetAndDestroy()
  else if (instead) send(response, instead, logged)
  else if (kind === 'HTML with 200') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>')
  } else if (kind === 'GraphQL errors' && isGraph) {
    const errors = [{ message: 'Something went wrong while executing your query.' }]
    send(response, { status: 200, body: { errors } }, logged)
  } else return false
  return true
}

/** Sends the first half of an answer as if that were all. */
function sendHalf(response: ServerResponse, { status, body, headers }: Reply): void {
  const json = JSON.stringify(body ?? {})
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(json.slice(0, Math.ceil(json.length / 2)))
}

function send(response: ServerResponse, { status, body, headers }: Reply, logged: Logged): void {
  logged.status = status
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': `STAND:${logged.route.length}:${status}`,
    'x-ratelimit-remaining': '999',
    ...headers,
  })
  response.end(body === undefined || status === 204 || status === 304 ? '' : JSON.stringify(body))
}
