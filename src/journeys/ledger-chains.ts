import { firstParents } from '../adapters/git/first-parent.ts'
import { branchTips } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { OtherChain } from '../core/ledger/mainline-reach.ts'
import type { Ledger } from './ledger-reading.ts'

/**
 * The mainline as this clone's remotes have it (or its own branch, where no remote has one), if the history that is read
 * lacks a tip that the ledger saw. In the usual case it lacks none, and nothing is read.
 */
export async function mainlineChains(
  git: GitDir,
  commits: ReadonlySet<string>,
  ledger: Ledger,
): Promise<readonly OtherChain[]> {
  const branch = ledger.entries.at(-1)?.branch
  if (branch === undefined || ledger.entries.every(({ tip }) => commits.has(tip))) return []
  const tips = await branchTips(git, branch)
  const remote = tips.filter(({ ref }) => ref.startsWith('refs/remotes/'))
  const asked = new Set((remote.length > 0 ? remote : tips).map(({ tip }) => tip))
  return Promise.all([...asked].map((tip) => firstParents(git, tip)))
}
