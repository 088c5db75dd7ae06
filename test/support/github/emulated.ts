import { createEmulator } from 'emulate'
import type { Reply } from './faults.ts'
import type { Asked } from './routes.ts'
import { userShape } from './shapes.ts'
import type { State, User } from './state.ts'

/** `emulate`, with one repository in it. */
export interface Emulated {
  /** Asks it in somebody's name; what it tells otherwise than GitHub is mended. */
  readonly ask: (method: string, path: string, body: unknown, by: string) => Promise<Reply>
  readonly close: () => Promise<void>
}

/** What `emulate` begins with, and what the stand-in knows of it. */
export interface Seed {
  readonly owner: string
  readonly repo: string
  /** Logins of people with an account. */
  readonly logins: readonly string[]
  /** Those of them who belong to the organisation. */
  readonly members: readonly string[]
  /** The people as the stand-in knows them. */
  readonly users: ReadonlyMap<string, User>
  /** The address of the stand-in, once it has one: it takes the place of that of `emulate` in every answer. */
  readonly address: () => string
}

/** Starts `emulate`. */
export async function startEmulate({ owner, repo, logins, members, users, address }: Seed): Promise<Emulated> {
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
  return {
    ask: async (method, path, body, by) => {
      const answer = await fetch(`${emulator.url}${path}`, {
        method,
        headers: { authorization: `token token-of-${by}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = (await answer.text()).replaceAll(emulator.url, address())
      return { status: answer.status, body: text === '' ? undefined : truthful(JSON.parse(text), address(), users) }
    },
    close: () => emulator.close(),
  }
}

/** What `emulate` answers, whole: lists are read to their end, to be cut into pages as GitHub does. */
export async function emulatedWhole(
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
