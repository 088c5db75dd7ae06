import { changesBetween } from '../core/changes.ts'
import { type Missing, nothingMissing, partialIndex } from '../core/partial-index.ts'
import { mentionsIn } from '../core/replay/mentions.ts'
import { focusedOn } from '../core/replay/standing-records.ts'
import type { Found } from './conclude.ts'
import { excerptOf } from './excerpt.ts'
import { type Gate, judgeMerge, withClosedSides } from './judge-merge.ts'
import type { Snapshot } from './load.ts'
import { sidesOf } from './sides.ts'

/** How often more is read because something else was asked for. */
const mostRounds = 8

/** What stands against a merge whatever its records say; it is found as well where only a part is read. */
const ofEveryMerge: readonly string[] = [
  'bootstrap',
  'approval-given',
  'approval-possible',
  'tentative-conflict',
  'tentative-edit',
]

/**
 * Judges a merge by reading of a large tree only what can matter to it. `undefined` where that does not do, and
 * wherever anything is found: then the whole tree has to say what.
 *
 * What is told of the rest of the tree was told when it came; `gitsm validate` judges whole trees.
 */
export async function judgeExcerpt(gate: Gate, from: number): Promise<Found | undefined> {
  const { base, merged, reader } = gate
  let excerpt = await excerptOf({ git: merged.git, base, tree: merged.tree }, reader, from)
  for (let round = 0; excerpt && round < mostRounds; round++) {
    const { before, after, unread, concerns, count } = excerpt
    const read = await withClosedSides(sidesOf(before, after, reader), gate)
    const changes = changesBetween(read.base, read.result)
    const missing = nothingMissing()
    const parted = (side: Snapshot): Snapshot => ({ ...side, records: partialIndex(side.records, unread, missing) })
    const result = { ...parted(read.result), count }
    const touched = read.result.records.all.filter(({ file, data }) => concerns(file, () => mentionsIn(data)))
    const sides = { ...read, base: parted(read.base), result }
    const found = await judgeMerge(gate, { sides, changes, focus: focusedOn(touched, result.records) })
    if (isNothing(missing)) return isSilent(found) ? found : undefined
    excerpt = await excerpt.with(missing)
  }
  return undefined
}

function isNothing({ records, types, everything }: Missing): boolean {
  return !everything && records.size === 0 && types.size === 0
}

function isSilent({ diagnostics }: Found): boolean {
  return diagnostics.every(({ rule }) => ofEveryMerge.includes(rule))
}
