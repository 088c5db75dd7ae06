import { firstParents } from '../adapters/git/first-parent.ts'
import { branchTips } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { OtherChain } from '../core/ledger/mainline-reach.ts'
import type { Ledger } from './ledger-reading.ts'
import { trackingRef } from './ledger-source.ts'

/**
 * The mainline as the remote that it comes from has it (or this clone's own branch, where that has none), if the
 * history that is read lacks a tip that the ledger saw. In the usual case it lacks none, and nothing is read. What
 * other remotes call their mainline plays no part: a fork that kept a tip which was lost must not hide the loss.
 */
export async function mainlineChains(
  git: GitDir,
  commits: ReadonlySet<string>,
  ledger: Ledger,
  remote: string | undefined,
): Promise<readonly OtherChain[]> {
  const branch = ledger.entries.at(-1)?.branch
  if (branch === undefined || ledger.entries.every(({ tip }) => commits.has(tip))) return []
  const tips = await branchTips(git, branch)
  const tracked = remote === undefined ? undefined : tips.find(({ ref }) => ref === trackingRef(remote, branch))
  const asked = tracked ?? tips.find(({ ref }) => ref === `refs/heads/${branch}`)
  return asked ? [await firstParents(git, asked.tip)] : []
}
