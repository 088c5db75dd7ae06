import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Acts, actsOn } from './acts.ts'
import { type Bare, bareRepository } from './bare.ts'
import { clockFrom } from './clock.ts'
import { startEmulate } from './emulated.ts'
import { type FaultScript, faultScript } from './faults.ts'
import { type Logged, serve } from './server.ts'
import { type Clock, noticePushes, type Settings, type State, standardSettings, type User } from './state.ts'
import { type Tracker, trackerOf } from './tracker.ts'

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
  /** As many items are on one page of a list at most; 100 as on GitHub. */
  readonly onPage?: number
  /** A path before every route, as GitHub Enterprise has `/api/v3`. */
  readonly prefix?: string
  /** The time of the server at the start; `real` lets it follow the clock of the machine. */
  readonly now?: string
  /** Branches that nobody may push to. */
  readonly guarded?: readonly string[]
}

/** A GitHub of one repository: how to reach it, what was asked of it, and what people do there. */
export interface StandIn extends Acts, Tracker {
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
  /** What was asked for or answered against GitHub's own description. */
  readonly violations: readonly string[]
  /** Ends it; a violation is an error then. In a test this happens by itself. */
  readonly close: () => Promise<void>
}

const token = 'ghs_StandInToken0123456789abcdefABCDEF'

/** Starts a GitHub of one repository on this machine: `emulate`, and behind the same address what it lacks. */
export async function startGitHub(options: StandInOptions = {}): Promise<StandIn> {
  const { owner = 'acme', repo = 'ops', prefix = '', self = 'github-actions[bot]', strangers = [] } = options
  const { people = ['ada', 'bob', 'cat', 'dan', 'eve', 'mallory'] } = options
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-github-'))
  const bare = bareRepository(join(folder, `${repo}.git`), folder, options)
  const logins = [...new Set([...people, ...strangers, self])]
  const members = logins.filter((login) => !strangers.includes(login))
  const users = new Map<string, User>()
  let url = ''
  const emulated = await startEmulate({ owner, repo, logins, members, users, address: () => url })
  for (const login of logins) {
    const { body } = await emulated.ask('GET', `/users/${encodeURIComponent(login)}`, undefined, self)
    users.set(login, { login, id: Number(Object(body).id), type: login.endsWith('[bot]') ? 'Bot' : 'User' })
  }
  const state: State = {
    owner,
    repo,
    bare,
    clock: clockFrom(options.now),
    users,
    self: users.get(self) ?? { login: self, id: 0, type: 'User' },
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
  noticePushes(state)
  const faults = faultScript()
  const server = await serve({ state, emulated, faults, token, prefix, onPage: options.onPage ?? 100 })
  url = `${server.origin}${prefix}`

  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await server.close()
    await emulated.close()
    rmSync(folder, { recursive: true, force: true })
    const violations = [...new Set(server.violations)]
    if (violations.length > 0) throw new Error(`against GitHub's description:\n${violations.join('\n')}`)
  }
  try {
    onTestFinished(close)
  } catch {
    // Started outside of a test: whoever started it ends it.
  }

  return {
    url,
    env: {
      GITHUB_TOKEN: token,
      GITHUB_API_URL: url,
      GITHUB_SERVER_URL: server.origin,
      GITHUB_REPOSITORY: `${owner}/${repo}`,
    },
    bare: bare.dir,
    git: bare.git,
    owner,
    repo,
    token,
    clock: state.clock,
    requests: server.requests,
    faults,
    settings: state.settings,
    violations: server.violations,
    close,
    ...actsOn(state, (as = 'GET', path = '', given) => emulated.ask(as, path, given, self)),
    ...trackerOf(`/repos/${owner}/${repo}`, self, emulated),
  }
}
