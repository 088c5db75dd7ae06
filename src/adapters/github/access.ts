import { Fault } from '../../core/fault.ts'
import { fragment } from '../../core/fragment.ts'
import { remotePlace } from '../../core/remote-place.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Which repository on which server, and the token that opens it. */
export interface GitHubAccess {
  readonly token: string
  /** Where the REST interface is, without a slash at the end: `https://api.github.com`, or `https://host/api/v3`. */
  readonly api: string
  /** Where people and git go, without a slash at the end: `https://github.com`. */
  readonly server: string
  readonly owner: string
  readonly repo: string
  /** The id of the GitHub App whose token it is, where the environment says so. */
  readonly app?: number
}

/**
 * What the environment says of GitHub, as Actions sets it: `GITHUB_TOKEN`, `GITHUB_API_URL`, `GITHUB_SERVER_URL` and
 * `GITHUB_REPOSITORY`; the address of the remote `origin` serves where the last is missing. `GITSM_APP_ID` tells whose
 * token it is. A `Fault` names what lacks.
 */
export function gitHubAccess(env: Environment, origin?: string): GitHubAccess {
  const token = tokenIn(env)
  const named = env['GITHUB_REPOSITORY']
  const told = named ? undefined : remotePlace(origin)
  const server = addressIn(env, 'GITHUB_SERVER_URL') ?? 'https://github.com'
  const api = addressIn(env, 'GITHUB_API_URL') ?? apiOf(server)
  // A token goes to the server that it was made for, never to another one because a remote lies there.
  if (told && told.host !== new URL(server).hostname) {
    throw new Fault(`The remote origin lies on ${fragment(told.host)}, not on ${new URL(server).hostname}`, {
      cure: `Set GITHUB_SERVER_URL=https://${fragment(told.host)}, or GITHUB_REPOSITORY=owner/name`,
    })
  }
  const app = Number(env['GITSM_APP_ID'] || Number.NaN)
  return { token, api, server, ...repositoryNamed(named || told?.path), ...(Number.isSafeInteger(app) && { app }) }
}

/** Whether there is a token, so that GitHub may be asked at all. */
export function hasToken(env: Environment): boolean {
  return Boolean(env['GITHUB_TOKEN'] || env['GH_TOKEN'])
}

function tokenIn(env: Environment): string {
  const token = (env['GITHUB_TOKEN'] || env['GH_TOKEN'] || '').trim()
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new Fault(token === '' ? 'There is no token for GitHub' : 'GITHUB_TOKEN holds characters that no token has', {
    cure: 'Set GITHUB_TOKEN: in a workflow to github.token, on a laptop to what gh auth token prints',
  })
}

function addressIn(env: Environment, name: string): string | undefined {
  const text = env[name]
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url?.protocol === 'http:' && isLoopback(url)
  if (!url || !(url.protocol === 'https:' || plain) || url.username || url.search || url.hash) {
    throw new Fault(`${name} is no address that a token may go to: ${fragment(text)}`, {
      cure: `Write ${name}=https://…, without user, query or fragment`,
    })
  }
  return url.href.replace(/\/+$/, '')
}

/** Whether an address leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function apiOf(server: string): string {
  const { hostname, origin } = new URL(server)
  if (hostname === 'github.com') return 'https://api.github.com'
  return hostname.endsWith('.ghe.com') ? `https://api.${hostname}` : `${origin}/api/v3`
}

function repositoryNamed(name: string | undefined): Pick<GitHubAccess, 'owner' | 'repo'> {
  const [, owner, repo] = /^([A-Za-z0-9][A-Za-z0-9_-]*)\/(?!\.{1,2}$)([A-Za-z0-9._-]+)$/.exec(name ?? '') ?? []
  if (owner !== undefined && repo !== undefined) return { owner, repo }
  const what =
    name === undefined ? 'Nothing says which repository on GitHub this is' : `${fragment(name)} names no repository`
  throw new Fault(what, {
    cure: 'Set GITHUB_REPOSITORY=owner/name, or run the command where the remote origin is on GitHub',
  })
}
