import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { remoteAccess, withoutPassword } from './remote-access.ts'
import { askGit, type GitDir } from './run.ts'

/** Names of references that are safe to be part of what git is asked for. */
const plainRef = /^refs\/(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)))[\w./+@=-]*[\w+@=-](?:\/\*)?$/

/** Whether a name can be one of a branch that is asked for by name. */
export function isPlainBranch(name: string): boolean {
  return plainRef.test(`refs/heads/${name}`) && !/^-|\*$/.test(name)
}

/**
 * Fetches references of another repository into ones of the same name. A pattern may match nothing; a name must be
 * there.
 */
export async function fetchRefs(git: GitDir, address: string, refs: readonly string[]): Promise<void> {
  const wrong = refs.find((ref) => !plainRef.test(ref))
  if (wrong !== undefined) {
    throw new Fault(`${JSON.stringify(wrong)} is no name of a reference that can be fetched`, {
      cure: 'Rename the branch: letters, digits, dots, dashes and slashes are safe',
      code: exit.refused,
    })
  }
  // Arguments have limits that standard input has not.
  const input = refs.map((ref) => `+${ref}:${ref}\n`).join('')
  const answer = await askGit(git, [...fetching, '--stdin', '--', address], { env: remoteAccess(git), input })
  if (answer.code === 0) return
  const lines = answer.stderr.trim().split('\n')
  const said = withoutPassword(lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? '')
  throw new Fault(`git fetch from ${withoutPassword(address)} failed: ${said}`, {
    cure: 'Check that the repository can be reached, and that the token may read its contents; then run it again',
    code: exit.outside,
  })
}

/** Fetches a commit that no reference may lead to any more; whether it is there still. */
export async function fetchCommit(git: GitDir, address: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false
  return (await askGit(git, [...fetching, '--', address, commit], { env: remoteAccess(git) })).code === 0
}

const fetching = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-gc']
