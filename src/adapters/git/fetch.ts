import { Fault } from '../../core/fault.ts'
import { remoteAccess, remoteFailed } from './remote-access.ts'
import { askGit, type GitDir, runGit } from './run.ts'

/** How often a fetch is repeated because another git in this clone writes the same branch. */
const attempts = 20

/**
 * Brings what a remote has of a branch into its remote-tracking branch, and gives back the commit that it ends in.
 */
export async function fetchTip(git: GitDir, remote: string, branch: string): Promise<string> {
  const tracking = `refs/remotes/${remote}/${branch}`
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--refmap=']
  for (let attempt = 1; ; attempt++) {
    const fetched = await askGit(git, [...args, remote, `+refs/heads/${branch}:${tracking}`], {
      env: remoteAccess(git),
    })
    if (fetched.code === 0) break
    if (/couldn't find remote ref/i.test(fetched.stderr)) {
      throw new Fault(`The remote ${remote} has no branch ${branch}`, {
        cure: `Name the mainline with --branch, or push it first: git push ${remote} HEAD:${branch}`,
      })
    }
    const isLocked = /cannot lock ref|unable to update local ref|shallow file has changed/i.test(fetched.stderr)
    if (!isLocked || attempt === attempts) throw remoteFailed(remote, branch, fetched.stderr)
  }
  return (await runGit(git, ['rev-parse', '--verify', `${tracking}^{commit}`])).toString('utf8').trim()
}

/** The branch that a remote calls its default now; `undefined` where it has none. */
export async function remoteDefaultBranch(git: GitDir, remote: string): Promise<string | undefined> {
  const asked = await askGit(git, ['ls-remote', '--symref', remote, 'HEAD'], { env: remoteAccess(git) })
  if (asked.code !== 0) throw remoteFailed(remote, 'HEAD', asked.stderr)
  return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(asked.stdout.toString('utf8'))?.[1]
}

/** Whether a remote has a branch of that name now. */
export async function remoteHasBranch(git: GitDir, remote: string, branch: string): Promise<boolean> {
  const ref = `refs/heads/${branch}`
  const asked = await askGit(git, ['ls-remote', remote, ref], { env: remoteAccess(git) })
  if (asked.code !== 0) throw remoteFailed(remote, branch, asked.stderr)
  return asked.stdout.toString('utf8').trimEnd().endsWith(`\t${ref}`)
}

/** Brings the commits of a pull request here, whatever became of its branch; says whether GitHub still has them. */
export async function fetchPullRequest(git: GitDir, remote: string, number: number): Promise<boolean> {
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--refmap=']
  const ref = `refs/pull/${number}/head`
  const fetched = await askGit(git, [...args, remote, ref], { env: remoteAccess(git) })
  if (fetched.code === 0) return true
  if (/couldn't find remote ref/i.test(fetched.stderr)) return false
  throw remoteFailed(remote, ref, fetched.stderr)
}
