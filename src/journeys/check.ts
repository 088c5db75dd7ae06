import { resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { conclude } from './conclude.ts'
import { judgeProposal } from './judge-proposal.ts'
import { pullRequestFor } from './pull-request.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm check` is asked: which commit would be merged into which, and what is known of the reviews. */
export interface CheckOptions {
  readonly base: string
  /** The head of the pull request by default, else `HEAD`. */
  readonly head?: string
  /** A file that tells of the pull request. */
  readonly pull?: string
  /** Logins of people who are taken to have approved: what if? */
  readonly assume?: readonly string[]
  /** How many files a tree needs for only what matters of it to be read; 5,000 where left out. */
  readonly excerptFrom?: number
}

/** The gate for a branch of this clone; of a pull request it knows what a file tells. */
export async function check(world: World, options: CheckOptions): Promise<Outcome> {
  const git: GitDir = { dir: world.dir, env: world.env }
  const base = await resolveCommit(git, options.base)
  const { pull, head } = await pullRequestFor(world, git, base, options)
  const { assume: assumed, excerptFrom } = options
  const found = await judgeProposal(world, git, {
    ...{ base, head },
    ...(pull && { pull }),
    ...(assumed && { assumed }),
    ...(excerptFrom !== undefined && { excerptFrom }),
  })
  return conclude(world, { ...found, mustBeApproved: options.pull !== undefined })
}
