import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { type GitDir, runGit } from './run.ts'

/** Where git finds the caller's credentials and the way to a remote: agents, key rings and proxies. */
const ways = [
  'SSH_AUTH_SOCK',
  'SSH_AGENT_PID',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  ...['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]),
]

/** The part of the environment that a call needs which speaks with a remote. */
export function remoteAccess({ env }: GitDir): Readonly<Record<string, string>> {
  const given = ways.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))
  return { ...Object.fromEntries(given), ...tokenOfRun(env) }
}

/**
 * In a workflow of GitHub Actions git shows the token that the step was given, to the server of the run and no other,
 * in place of one that a checkout left behind. It stands in the environment, never in an argument or a file.
 */
function tokenOfRun(env: GitDir['env']): Readonly<Record<string, string>> {
  const { GITHUB_ACTIONS: inWorkflow, GITHUB_TOKEN: token, GITHUB_SERVER_URL: server = 'https://github.com' } = env
  if (inWorkflow !== 'true' || !token || !/^[\x21-\x7e]+$/.test(token) || !/^https:\/\/[\w.:/-]+$/.test(server))
    return {}
  const setting = `http.${server.replace(/\/+$/, '')}/.extraheader`
  const shown = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  // An empty value forgets those that came before.
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: setting,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: setting,
    GIT_CONFIG_VALUE_1: shown,
  }
}

/** A `Fault` unless a remote of that name is set up. */
export async function knownRemote(git: GitDir, remote: string): Promise<string> {
  const names = (await runGit(git, ['remote'])).toString('utf8').split('\n').filter(Boolean)
  if (names.includes(remote)) return remote
  throw new Fault(`There is no remote ${JSON.stringify(remote)}`, {
    cure: names.length === 0 ? 'Add one with: git remote add origin <url>' : `Known: ${names.join(', ')}`,
  })
}

/** The fault for a remote that cannot be reached, or does not let the caller do what was asked. */
export function remoteFailed(remote: string, branch: string, stderr: string): Fault {
  const lines = stderr.trim().split('\n')
  const said = lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? ''
  return new Fault(`The remote ${remote} did not answer as it should: ${withoutPassword(said)}`, {
    cure: `Check that it can be reached, and that you may write the branch ${branch} there; nothing was written`,
    code: exit.outside,
    cause: withoutPassword(stderr),
  })
}

/** What git said, without the user and password that an address may carry. */
export function withoutPassword(said: string): string {
  return said.replace(/(\w+:\/\/)[^/@\s]+@/g, '$1')
}
