/** The first-parent chain of a branch beside the history that is read, from its root on. */
export type OtherChain = readonly string[]

/**
 * How far along a mainline a commit that a branch ended in reaches: its own position, or, where it lies on another
 * chain that parts from the mainline, the last position that both share. So an older commit, a topic branch or a clone
 * that has not caught up are told from a mainline that was rewritten. `undefined` for a commit on none of the chains;
 * -1 for one on a chain that shares nothing.
 */
export function mainlineReach(
  mainline: readonly string[],
  others: readonly OtherChain[],
): (commit: string) => number | undefined {
  const positions = new Map(mainline.map((commit, position) => [commit, position]))
  const beside = new Map<string, number>()
  for (const chain of others) {
    const parting = chain.findIndex((commit, at) => commit !== mainline[at])
    if (parting < 0) continue
    for (const commit of chain.slice(parting)) beside.set(commit, Math.max(parting - 1, beside.get(commit) ?? -1))
  }
  return (commit) => positions.get(commit) ?? beside.get(commit)
}
