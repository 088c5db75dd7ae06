import type { CloneRemotes } from '../../core/ledger/trusted-remote.ts'
import { askGit, type GitDir, gitFailed } from './run.ts'

/**
 * The remotes that are set up here, and which of them branches follow. A bare address that a branch follows is no
 * remote.
 */
export async function cloneRemotes(git: GitDir): Promise<CloneRemotes> {
  const asked = ['config', '-z', '--get-regexp', '^(remote\\..*\\.url|branch\\..*\\.remote)$']
  const { code, stdout, stderr } = await askGit(git, asked)
  if (code > 1) throw gitFailed(git.dir, asked, stderr)
  const names = new Set<string>()
  const upstreams = new Map<string, string>()
  for (const setting of stdout.toString('utf8').split('\0').filter(Boolean)) {
    const [, remote, branch, value = ''] = /^(?:remote\.(.+)\.url|branch\.(.+)\.remote)\n(.*)$/s.exec(setting) ?? []
    if (remote !== undefined) names.add(remote)
    if (branch !== undefined) upstreams.set(branch, value)
  }
  return { names: [...names], upstreams }
}

/** Whether the repository has no working tree, so that its branches are what others push or what it mirrors. */
export async function isBare(git: GitDir): Promise<boolean> {
  const { stdout } = await askGit(git, ['rev-parse', '--is-bare-repository'])
  return stdout.toString('utf8').trim() === 'true'
}

/**
 * The name of the branch that a remote calls its default, as it was when it was cloned; `undefined` where it is not
 * known.
 */
export async function remoteHead(git: GitDir, remote: string): Promise<string | undefined> {
  const { code, stdout } = await askGit(git, ['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`])
  const [below, ref] = [`refs/remotes/${remote}/`, stdout.toString('utf8').trim()]
  return code === 0 && ref.startsWith(below) ? ref.slice(below.length) : undefined
}

/** The address of a remote, as it was set up here; `undefined` where there is no such remote. */
export async function remoteAddress(git: GitDir, remote: string): Promise<string | undefined> {
  const { code, stdout } = await askGit(git, ['config', '--get', `remote.${remote}.url`])
  return code === 0 ? stdout.toString('utf8').trim() || undefined : undefined
}
