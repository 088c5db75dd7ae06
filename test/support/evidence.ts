import { digestOf } from '../../src/adapters/git/ledger-branch.ts'
import { type GitDir, runGit } from '../../src/adapters/git/run.ts'
import { formatYaml } from '../../src/adapters/yaml/format.ts'
import type { PullRequest } from '../../src/core/approval/pull-request.ts'
import type { Instant } from '../../src/core/instant.ts'
import { decisionData, decisionPath } from '../../src/core/ledger/decision-file.ts'
import { decidedOnMerge } from '../../src/journeys/decided.ts'
import type { NewDecision } from '../../src/journeys/decided-as.ts'
import { sharingReader } from '../../src/journeys/tree-reader.ts'
import { userOf } from './approval-world.ts'

/** Everybody who is in a board or owns something in the web shop. */
export const everybody: readonly string[] = [
  ...['ada', 'bob', 'carla', 'dmitri', 'erik', 'fatima', 'grace', 'hugo', 'ines', 'jonas', 'lena'],
]

/** A commit of the mainline that came by a pull request of Kate's, and what is to be believed of it. */
export interface ApprovedCommit {
  readonly commit: string
  readonly number: number
  readonly at: Instant
  /** Who approved it, an hour before. */
  readonly by?: readonly string[]
}

const reader = sharingReader()
const hour = 3600

/** What was decided on a commit, as `gitsm record` works it out. */
export async function decisionsOf(
  git: GitDir,
  { commit, number, at, by = everybody }: ApprovedCommit,
): Promise<readonly NewDecision[]> {
  const base = (await runGit(git, ['rev-parse', `${commit}^`])).toString('utf8').trim()
  const kate = userOf('kate')
  const pull: PullRequest = {
    ...{ number, author: kate, base: 'main', head: commit, committers: [kate], heads: [], bases: [], now: at },
    reviews: by.map((login, index) => ({
      id: number * 100 + index,
      user: { ...userOf(login), program: false },
      state: 'APPROVED',
      commit,
      submittedAt: at - hour,
    })),
  }
  return decidedOnMerge({ git, reader }, { pull, at, engine: '0.0.0', base, commits: [commit] })
}

/** A decision as a file of the ledger, at the place that it belongs to. */
export function decisionFile(decision: NewDecision): { readonly path: string; readonly text: string } {
  return { path: decisionPath(decision, digestOf), text: formatYaml(decisionData(decision)) }
}
