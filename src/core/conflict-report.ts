import type { ConflictFacts } from './conflict-facts.ts'
import { reachOf } from './conflict-reach.ts'
import { nextFreeSlot } from './conflict-slot.ts'
import { isOpen, type SettledConflict, settled } from './conflict-waiver.ts'
import { collidingWith } from './conflicts.ts'
import { compare } from './diagnostic.ts'
import type { Instant } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import { type PlannedChange, plannedChange } from './planned-change.ts'
import type { RecordDoc } from './record.ts'
import type { TimeSpan } from './time-span.ts'

/** A change with all that it collides with, and when it would collide with nothing that blocks it. */
export interface ChangeConflicts {
  readonly change: RecordDoc
  /** Absent while the change has no planned times. */
  readonly planned?: PlannedChange
  readonly conflicts: readonly SettledConflict[]
  /** How many block and are not waived. */
  readonly open: number
  /** The next free time; `null` where 90 days hold none, absent where it was not looked for. */
  readonly slot?: TimeSpan | null
}

/** The conflicts of one change, and the next free time from an instant on, if one is given. */
export function changeConflicts(change: RecordDoc, facts: ConflictFacts, freeFrom?: Instant): ChangeConflicts {
  const planned = plannedChange(change, facts.records)
  if (!planned) return { change, conflicts: [], open: 0 }
  const reach = reachOf(planned, facts.graph)
  const conflicts = settled(change, collidingWith(planned, reach, facts), facts.records)
  return {
    change,
    planned,
    conflicts,
    open: conflicts.filter(isOpen).length,
    ...(freeFrom !== undefined && { slot: nextFreeSlot(planned, reach, facts, freeFrom) ?? null }),
  }
}

/** Two changes that collide, told once. */
export interface Pair {
  /** In order of planned start, then id. */
  readonly ids: readonly [string, string]
  /** As the first sees them. */
  readonly conflicts: readonly SettledConflict[]
}

/** The collisions of changes with each other: each pair once, as the change that begins first sees it. */
export function pairsOf(all: readonly ChangeConflicts[]): readonly Pair[] {
  const order = new Map(all.map(({ change, planned }) => [change.id, planned?.from ?? 0]))
  const first = (a: string, b: string): boolean => {
    const [begin, other] = [order.get(a) ?? 0, order.get(b) ?? 0]
    return begin < other || (begin === other && compare(a, b) < 0)
  }
  const pairs = new Map<string, Pair>()
  for (const seenFirst of [true, false]) {
    for (const { change, conflicts } of all) {
      for (const [id, between] of byPartner(conflicts)) {
        if (first(change.id, id) !== seenFirst) continue
        const ids = seenFirst ? ([change.id, id] as const) : ([id, change.id] as const)
        const key = ids.join(' ')
        if (!pairs.has(key)) pairs.set(key, { ids, conflicts: between })
      }
    }
  }
  return [...pairs.values()].toSorted(
    (a, b) => (order.get(a.ids[0]) ?? 0) - (order.get(b.ids[0]) ?? 0) || compare(a.ids.join(' '), b.ids.join(' ')),
  )
}

function byPartner(conflicts: readonly SettledConflict[]): ReadonlyMap<string, readonly SettledConflict[]> {
  const partners = new Map<string, SettledConflict[]>()
  for (const conflict of conflicts) {
    if (conflict.with.type !== 'change') continue
    addTo(partners, conflict.with.id, conflict)
  }
  return partners
}
