import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator } from 'emulate'
import { onTestFinished } from 'vitest'
import { type Bare, bareRepository, commitOf, type Files } from './bare.ts'
import { clockFrom } from './clock.ts'
import { faultsOfAnswer, faultsOfRequest, matchRoute } from './contract.ts'
import { type FaultKind, type FaultScript, faultReply, faultScript, type Reply } from './faults.ts'
import { paged } from './paging.ts'
import { type Asked, addPull, refused, routes } from './routes.ts'
import { userShape } from './shapes.ts'
import {
  addEvent,
  type Check,
  type Clock,
  mergePull,
  moveHead,
  noticePushes,
  type Pull,
  type Review,
  type Settings,
  type State,
  standardSettings,
  type User,
} from './state.ts'

/** How the stand-in begins. */
export interface StandInOptions {
  /** A repository whose branches the bare one begins with. */
  readonly from?: { readonly dir: string }
  readonly owner?: string
  readonly repo?: string
  /** Logins of people with an account. The token's owner is one more. */
  readonly people?: readonly string[]
  /** Logins of people with an account who do not belong to the organisation. */
  readonly strangers?: readonly string[]
  /** Whose token it is: by default that of Actions. A person's login makes it a personal token. */
  readonly self?: string
  /** The app that writes check runs; 15368 is Actions. */
  readonly app?: number
  /** A path before every route, as GitHub Enterprise has `/api/v3`. */
  readonly prefix?: string
  /** The time of the server at the start; `real` lets it follow the clock of the machine. */
  readonly now?: string
  /** Branches that nobody may push to. */
  readonly guarded?: readonly string[]
}

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

export interface StandIn {
  /** The base address of the interface, with its prefix. */
  readonly url: string
  /** The environment that a command needs to speak with it. */
  readonly env: Readonly<Record<string, string>>
  readonly bare: string
  readonly git: Bare['git']
  readonly owner: string
  readonly repo: string
  readonly token: string
  readonly clock: Clock
  readonly requests: readonly Logged[]
  readonly faults: FaultScript
  readonly settings: Settings
  readonly user: (login: string) => User
  /** Commits files on top of a branch (or of the base, where there is none yet) and pushes it; gives back the commit. */
  readonly push: (options: {
    readonly branch: string
    readonly files?: Files
    /** A commit that is in the repository already, in place of files. */
    readonly commit?: string
    readonly by?: string
    readonly at?: string
    readonly say?: string
    /** Begins anew from this commit or branch, which makes it a forced push where the branch was elsewhere. */
    readonly from?: string
  }) => string
  /** Opens a pull request; gives back its number. */
  readonly open: (options: {
    readonly branch: string
    readonly by?: string | null
    readonly base?: string
    readonly title?: string
    readonly body?: string
    readonly draft?: boolean
    /** `owner/name` of the fork that it comes from; its commits are pushed with `push` all the same. */
    readonly fork?: string | null
  }) => Promise<number>
  /** Gives a review; the commit is the head unless named, `null` for one that is gone, and so is its author. */
  readonly review: (
    pull: number,
    options: {
      readonly by: string | null
      readonly state?: Review['state']
      readonly commit?: string | null
      readonly body?: string
      readonly at?: string
    },
  ) => number
  readonly dismiss: (review: number) => void
  /** Lets a standing approval name another commit, as GitHub does after some forced pushes. */
  readonly repoint: (review: number, commit: string) => void
  readonly merge: (
    pull: number,
    options?: { readonly by?: string; readonly method?: 'merge' | 'squash' | 'rebase' },
  ) => string
  readonly closePull: (pull: number, by?: string) => void
  readonly retarget: (pull: number, base: string) => void
  readonly pull: (number: number) => Pull
  /** What somebody with an account writes on an issue or a pull request. */
  readonly comment: (issue: number, options: { readonly by: string; readonly body: string }) => Promise<number>
  readonly deleteComment: (id: number) => Promise<void>
  readonly issue: (options: {
    readonly by: string
    readonly title: string
    readonly body?: string
    readonly labels?: readonly string[]
  }) => Promise<number>
  readonly comments: (
    issue: number,
  ) => Promise<readonly { readonly id: number; readonly by: string; readonly body: string }[]>
  readonly issues: () => Promise<
    readonly {
      readonly number: number
      readonly title: string
      readonly body: string
      readonly state: string
      readonly labels: readonly string[]
    }[]
  >
  readonly labels: (issue: number) => Promise<readonly string[]>
  readonly reviewersAsked: (pull: number) => Promise<readonly string[]>
  readonly checks: (commit?: string) => readonly Check[]
  /** Writes a check run in another's name, as any workflow of the repository could. */
  readonly forgeCheck: (
    check: Pick<Check, 'name' | 'head' | 'externalId' | 'conclusion'> & {
      readonly app?: number
      readonly startedAt?: string
    },
  ) => void
  /** Takes every check run away. */
  readonly forgetChecks: () => void
  /** What was asked for or answered against GitHub's own description. */
  readonly violations: readonly string[]
  /** Ends it; a violation is an error then. In a test this happens by itself. */
  readonly close: () => Promise<void>
}

const token = 'ghs_StandInToken0123456789abcdefABCDEF'

/** Starts a GitHub of one repository on this machine: `emulate`, and behind the same address what it lacks. */
export async function startGitHub(options: StandInOptions = {}): Promise<StandIn> {
  const { owner = 'acme', repo = 'ops', prefix = '', people = ['ada', 'bob', 'cat', 'dan', 'eve', 'mallory'] } = options
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-github-'))
  const bare = bareRepository(join(folder, `${repo}.git`), folder, options)
  const self = options.self ?? 'github-actions[bot]'
  const { strangers = [] } = options
  const logins = [...new Set([...people, ...strangers, self])]
  const members = logins.filter((login) => !strangers.includes(login))
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        logins.map((login) => [`token-of-${login}`, { login, scopes: ['repo', 'user', 'admin:org'] }]),
      ),
      github: {
        users: logins.map((login) => ({ login })),
        orgs: [{ login: owner, members: members.map((login) => ({ login, role: 'admin' })) }],
        repos: [{ owner, name: repo }],
      },
    },
  })
  const users = new Map<string, User>()
  const askEmulate = async (method: string, path: string, body?: unknown, by: string = self): Promise<Reply> => {
    const answer = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: `token token-of-${by}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = (await answer.text()).replaceAll(emulator.url, state.url)
    return { status: answer.status, body: text === '' ? undefined : truthful(JSON.parse(text), state.url, users) }
  }
  const clock = clockFrom(options.now)
  const state: State & { url: string } = {
    url: '',
    owner,
    repo,
    bare,
    clock,
    users,
    self: { login: self, id: 0, type: self.endsWith('[bot]') ? 'Bot' : 'User' },
    appId: options.app ?? 15368,
    pulls: new Map(),
    reviews: [],
    checks: [],
    activity: [],
    settings: standardSettings(),
    tips: new Map(),
    pusher: undefined,
    ids: 1000,
  }
  for (const login of logins) {
    const { body } = await askEmulate('GET', `/users/${encodeURIComponent(login)}`)
    users.set(login, { login, id: Number(Object(body).id), type: login.endsWith('[bot]') ? 'Bot' : 'User' })
  }
  Object.assign(state, { self: users.get(self) })
  noticePushes(state)

  const requests: Logged[] = []
  const violations: string[] = []
  const faults = faultScript()

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', state.url)
    const method = request.method ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const text = Buffer.concat(chunks).toString('utf8')
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    url.searchParams.delete('moved')
    const inside = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : undefined
    const isGraph = url.pathname === `${prefix.replace(/\/v3$/, '')}/graphql`
    const matched = isGraph ? { route: 'POST /graphql', values: {} } : matchRoute(method, inside ?? '')
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
    if (kind === 'hang') return
    if (kind === 'connection reset') return void request.socket.resetAndDestroy()
    const instead = kind && faultReply(kind, `${url.pathname}${url.search}`, Date.now())
    if (instead) return send(response, instead, logged)
    if (kind === 'HTML with 200') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>')
      return
    }
    if (kind === 'GraphQL errors' && isGraph) {
      return send(
        response,
        { status: 200, body: { errors: [{ message: 'Something went wrong while executing your query.' }] } },
        logged,
      )
    }

    noticePushes(state)
    const asked: Asked = {
      url: state.url,
      values: matched?.values ?? {},
      query: url.searchParams,
      body: typeof body === 'object' && body !== null ? Object(body) : {},
      emulated: (as = method, path = `${inside ?? ''}${url.search}`, given = as === 'GET' ? undefined : body) =>
        askEmulate(as, path, given),
    }
    const handler = routes[route]
    const whole = handler
      ? await handler(state, asked)
      : await emulatedWhole(state, asked, method, inside ?? '', url.searchParams)
    const reply = await paged(whole, url, kind)
    if (whole.status < 400 && matched && !isGraph) {
      violations.push(...faultsOfAnswer(route, whole.status, reply.body).map((each) => `answer: ${each}`))
    }
    if (kind === 'lost answer') return void request.socket.destroy()
    if (kind === 'cut JSON') {
      const json = JSON.stringify(reply.body ?? {})
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
      response.end(json.slice(0, Math.ceil(json.length / 2)))
      return
    }
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
  state.url = `${origin}${prefix}`

  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await emulator.close()
    rmSync(folder, { recursive: true, force: true })
    if (violations.length > 0) throw new Error(`against GitHub's description:\n${[...new Set(violations)].join('\n')}`)
  }
  try {
    onTestFinished(close)
  } catch {
    // Started outside of a test: whoever started it ends it.
  }

  const user = (login: string): User => {
    const found = users.get(login)
    if (found) return found
    throw new Error(`nobody is called ${login}`)
  }
  const pull = (number: number): Pull => {
    const found = state.pulls.get(number)
    if (found) return found
    throw new Error(`there is no pull request ${number}`)
  }
  const reviewOf = (id: number): Review => {
    const found = state.reviews.find((review) => review.id === id)
    if (found) return found
    throw new Error(`there is no review ${id}`)
  }
  const rows = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const all: Record<string, unknown>[] = []
    for (let page = 1; all.length === (page - 1) * 100; page++) {
      const { body } = await askEmulate('GET', `/repos/${owner}/${repo}${path}per_page=100&page=${page}`)
      if (!Array.isArray(body)) break
      all.push(...body.map((each) => Object(each)))
    }
    return all
  }

  return {
    url: state.url,
    env: {
      GITHUB_TOKEN: token,
      GITHUB_API_URL: state.url,
      GITHUB_SERVER_URL: origin,
      GITHUB_REPOSITORY: `${owner}/${repo}`,
    },
    bare: bare.dir,
    git: bare.git,
    owner,
    repo,
    token,
    clock,
    requests,
    faults,
    settings: state.settings,
    user,
    push: ({ branch, files, commit, by = 'ada', at, say = 'change', from }) => {
      if (at) clock.set(at)
      const forked = [...state.pulls.values()].find(
        (each) => each.state === 'open' && each.fork !== undefined && each.branch === branch,
      )
      const tip = forked?.head ?? bare.resolve(`refs/heads/${branch}`)
      const parent =
        (from && (bare.resolve(`refs/heads/${from}`) ?? bare.resolve(from))) ?? tip ?? bare.resolve('refs/heads/main')
      const made = commit ?? commitOf(bare, parent, files ?? {}, { author: by, at: clock.tick() }, say)
      if (forked && tip) {
        moveHead(state, forked, made, { forced: !bare.isAncestor(tip, made), at: clock.now(), actor: user(by) })
        return made
      }
      state.pusher = users.get(by)
      noticePushes(state)
      bare.git(['update-ref', `refs/heads/${branch}`, made])
      noticePushes(state)
      state.pusher = undefined
      return made
    },
    open: async ({ branch, by = 'ada', base = 'main', title = `Change ${branch}`, body = '', draft = false, fork }) => {
      const head = bare.resolve(`refs/heads/${branch}`)
      if (!head) throw new Error(`nobody pushed ${branch}`)
      const author = by === null ? null : user(by)
      const emulated: Asked['emulated'] = (as = 'GET', path = '', given) => askEmulate(as, path, given)
      const { number } = await addPull(state, emulated, { title, body, branch, base, head, draft, author, fork })
      if (fork !== undefined) {
        // The branch of a fork is no branch here.
        state.tips = new Map([...state.tips].filter(([name]) => name !== branch))
        bare.git(['update-ref', '-d', `refs/heads/${branch}`])
        for (const [at, event] of state.activity.entries())
          if (event.ref === `refs/heads/${branch}`) state.activity.splice(at, 1)
      }
      return number
    },
    review: (number, { by, state: given = 'APPROVED', commit, body = '', at }) => {
      if (at) clock.set(at)
      noticePushes(state)
      state.ids += 1
      const head = pull(number).head
      const review: Review = {
        id: state.ids,
        pull: number,
        user: by === null ? null : user(by),
        state: given,
        commit: commit === undefined ? head : commit,
        body,
        at: clock.tick(),
      }
      state.reviews.push(review)
      if (given !== 'PENDING') pull(number).timeline.push({ review })
      pull(number).updatedAt = clock.now()
      return state.ids
    },
    dismiss: (id) => {
      reviewOf(id).state = 'DISMISSED'
    },
    repoint: (id, commit) => {
      reviewOf(id).commit = commit
    },
    merge: (number, { by = 'ada', method = 'merge' } = {}) => mergePull(state, pull(number), method, user(by)),
    closePull: (number, by = 'ada') => {
      const at = clock.tick()
      Object.assign(pull(number), { state: 'closed', closedAt: at, updatedAt: at })
      addEvent(state, pull(number), 'closed', user(by), at)
    },
    retarget: (number, base) => {
      const at = clock.tick()
      Object.assign(pull(number), { base, updatedAt: at })
      addEvent(state, pull(number), 'base_ref_changed', state.self, at)
    },
    pull,
    comment: async (issue, { by, body }) => {
      const reply = await askEmulate('POST', `/repos/${owner}/${repo}/issues/${issue}/comments`, { body }, by)
      return Number(Object(reply.body).id)
    },
    deleteComment: async (id) => void (await askEmulate('DELETE', `/repos/${owner}/${repo}/issues/comments/${id}`)),
    issue: async ({ by, title, body = '', labels = [] }) => {
      const reply = await askEmulate('POST', `/repos/${owner}/${repo}/issues`, { title, body, labels }, by)
      return Number(Object(reply.body).number)
    },
    comments: async (issue) =>
      (await rows(`/issues/${issue}/comments?`)).map((each) => ({
        id: Number(each['id']),
        by: String(Object(each['user']).login),
        body: String(each['body']),
      })),
    issues: async () =>
      (await rows('/issues?state=all&'))
        .filter((each) => !each['pull_request'])
        .map((each) => ({
          number: Number(each['number']),
          title: String(each['title']),
          body: String(each['body']),
          state: String(each['state']),
          labels: Array.from(Object(each['labels']), (label) => String(Object(label).name)),
        })),
    labels: async (issue) => (await rows(`/issues/${issue}/labels?`)).map((label) => String(label['name'])),
    reviewersAsked: async (number) => {
      const { body } = await askEmulate('GET', `/repos/${owner}/${repo}/pulls/${number}`)
      return Array.from(Object(Object(body).requested_reviewers), (each) => String(Object(each).login))
    },
    checks: (commit) => state.checks.filter(({ head }) => commit === undefined || head === commit),
    forgeCheck: ({ name, head, externalId, conclusion, app = 15368, startedAt }) => {
      const at = clock.tick()
      state.ids += 1
      const status = conclusion ? 'completed' : 'in_progress'
      const words = { title: 'forged', summary: 'forged', text: null, annotations: [] }
      state.checks.push({
        id: state.ids,
        name,
        head,
        externalId,
        status,
        conclusion,
        startedAt: startedAt ?? at,
        completedAt: at,
        app,
        ...words,
      })
    },
    forgetChecks: () => {
      state.checks.length = 0
    },
    violations,
    close,
  }
}

/** What `emulate` answers, whole: lists are read to their end, to be cut into pages as GitHub does. */
async function emulatedWhole(
  state: State,
  asked: Asked,
  method: string,
  path: string,
  query: URLSearchParams,
): Promise<Reply> {
  if (method !== 'GET') return created(await asked.emulated(), path)
  const items: unknown[] = []
  for (let page = 1; ; page++) {
    const wanted = new URLSearchParams(query)
    wanted.set('per_page', '100')
    wanted.set('page', String(page))
    const reply = await asked.emulated('GET', `${path}?${wanted}`, undefined)
    if (!Array.isArray(reply.body)) return reply
    items.push(...reply.body)
    if (reply.body.length < 100) return { status: 200, list: { items: withPulls(state, items), wrap: (part) => part } }
  }
}

/** `emulate` answers 200 to a request for reviewers, where GitHub says that something was made. */
function created(reply: Reply, path: string): Reply {
  return reply.status === 200 && path.endsWith('/requested_reviewers') ? { ...reply, status: 201 } : reply
}

/** Issues that are pull requests have the title and the state that the stand-in knows. */
function withPulls(state: State, items: readonly unknown[]): readonly unknown[] {
  return items.map((item) => {
    const pull = state.pulls.get(Number(Object(item).number))
    return pull && Object(item).pull_request ? { ...Object(item), title: pull.title, state: pull.state } : item
  })
}

/** Mends what `emulate` tells otherwise than GitHub: bots are bots, and nothing that GitHub always tells is missing. */
function truthful(value: unknown, url: string, users: ReadonlyMap<string, User>): unknown {
  if (Array.isArray(value)) return value.map((each) => truthful(each, url, users))
  if (typeof value !== 'object' || value === null) return value
  const told = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, truthful(each, url, users)]))
  if ('color' in told && told['description'] === null) return { ...told, description: '' }
  if ('default_branch' in told && 'id' in told) return { network_count: 0, subscribers_count: 0, ...told }
  if (typeof told['login'] !== 'string' || !('node_id' in told)) return told
  const user = users.get(told['login'])
  if (user) return { ...told, ...userShape(url, user) }
  return { ...userShape(url, { login: told['login'], id: Number(told['id']), type: 'User' }), ...told }
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
