import { pushCommit } from '../adapters/git/push.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Found } from './conclude.ts'
import type { World } from './world.ts'

/** A commit that is to be merged into the mainline of a remote. */
export interface Proposal {
  readonly remote: string
  readonly into: string
  readonly commit: string
  readonly message: string
  readonly found: Found
}

/** A branch at a remote that asks to be merged. */
export interface ProposedBranch {
  readonly commit: string
  readonly remote: string
  readonly branch: string
}

/** How many names are tried for a branch. */
const names = 20

/** Pushes a commit to a new branch of its own. */
export async function proposeBranch(_world: World, git: GitDir, proposal: Proposal): Promise<ProposedBranch> {
  const { remote, commit, found } = proposal
  const branch = await pushedAs(git, proposal, `gitsm/${found.changes?.[0]?.id ?? 'change'}`)
  return { commit, remote, branch }
}

/** The name of the branch that took the commit: the one wanted, or with a number where that is taken. */
async function pushedAs(git: GitDir, { remote, commit }: Proposal, wanted: string): Promise<string> {
  for (let number = 1; number <= names; number++) {
    const branch = number === 1 ? wanted : `${wanted}-${number}`
    const pushed = await pushCommit(git, { remote, commit, branch, isNew: true })
    if (pushed.kind === 'taken') return branch
    if (pushed.kind === 'refused') {
      throw new Fault(`${remote} takes no branch ${branch}: ${pushed.reason}`, {
        cure: 'Ask for the right to push branches that begin with gitsm/',
        code: exit.outside,
      })
    }
  }
  throw new Fault(`${remote} has ${names} branches ${wanted} already`, {
    cure: 'Merge or delete those that are done with',
    code: exit.outside,
  })
}
