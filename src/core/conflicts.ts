import { type Conflict, conflictKinds } from './conflict.ts'
import { collisionsOf } from './conflict-changes.ts'
import { type ConflictFacts, conflictFacts } from './conflict-facts.ts'
import { type Reach, reachOf } from './conflict-reach.ts'
import { restrictionsOf } from './conflict-windows.ts'
import { compare } from './diagnostic.ts'
import type { RecordIndex, Rulebook } from './facts.ts'
import { type PlannedChange, plannedChange } from './planned-change.ts'
import type { RecordDoc } from './record.ts'
import { overlap } from './time-span.ts'

/** What a change collides with in its planned time; nothing while it has none. What blocks comes first. */
export function conflictsOf(change: RecordDoc, records: RecordIndex, rulebook: Rulebook): readonly Conflict[] {
  return conflictsAmong(change, conflictFacts(records, rulebook))
}

/** `conflictsOf` for many changes of one tree. */
export function conflictsAmong(change: RecordDoc, facts: ConflictFacts): readonly Conflict[] {
  const planned = plannedChange(change, facts.records)
  return planned ? collidingWith(planned, reachOf(planned, facts.graph), facts) : []
}

/** The conflicts of a change whose reach is known. */
export function collidingWith(planned: PlannedChange, reach: Reach, facts: ConflictFacts): readonly Conflict[] {
  return [...withWindows(planned, reach, facts), ...withChanges(planned, reach, facts)].toSorted(
    (a, b) =>
      Number(b.blocks) - Number(a.blocks) ||
      conflictKinds.indexOf(a.kind) - conflictKinds.indexOf(b.kind) ||
      a.from - b.from ||
      compare(a.with.id, b.with.id),
  )
}

function withWindows(change: PlannedChange, reach: Reach, facts: ConflictFacts): readonly Conflict[] {
  return restrictionsOf(change, reach, facts).flatMap(({ forbidden, ...restriction }) => {
    const parts = forbidden(change)
    const [first, last] = [parts[0], parts.at(-1)]
    return first && last ? [{ ...restriction, from: first.from, until: last.until }] : []
  })
}

function withChanges(change: PlannedChange, reach: Reach, { changes, graph }: ConflictFacts): readonly Conflict[] {
  return changes.overlapping(change).flatMap((other) => {
    const shared = other.id === change.id ? undefined : overlap(change, other)
    if (!shared) return []
    const partner = { type: 'change', id: other.id } as const
    return collisionsOf(change, reach, other, graph).map((collision) => ({ ...collision, with: partner, ...shared }))
  })
}
