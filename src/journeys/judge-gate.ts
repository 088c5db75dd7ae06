import type { Found } from './conclude.ts'
import { judgeExcerpt } from './judge-excerpt.ts'
import { type Gate, judgeTrees } from './judge-merge.ts'

/** Reading a smaller tree whole takes no longer, and tells what else is wrong in it. */
const excerptFrom = 5_000

/** Judges a merge; of a tree of many files only what matters is read, unless that does not do. */
export async function judgeGate(gate: Gate, from: number = excerptFrom): Promise<Found> {
  const isSmall = gate.before !== undefined && gate.before.length < from
  return (isSmall ? undefined : await judgeExcerpt(gate, from)) ?? judgeTrees(gate)
}
