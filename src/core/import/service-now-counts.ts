import { type Data, textAt } from '../record.ts'
import type { ServiceNowRow } from './service-now-row.ts'

/**
 * Numbers of the incidents whose history counts otherwise than ServiceNow's own columns in their last row.
 *
 * The history counts what its rows show: a change of team, and a way back from resolved or closed. ServiceNow's columns
 * also count changes whose row is missing from the log, or that an update made and undid, and do not count a way back
 * from Resolved to New.
 */
export interface CountDifferences {
  readonly reassignments: readonly string[]
  readonly reopens: readonly string[]
}

/** Counts reassignments and reopenings of incidents while their rows are replayed. */
export interface Counting {
  /** Takes note of one row, and of what it made of the incident. */
  count(row: ServiceNowRow, before: Data | undefined, after: Data): void
  differences(): CountDifferences
}

/** A counting that has seen no row yet. */
export function counting(): Counting {
  const tallies = new Map<string, { reassignments: number; reopens: number; last: ServiceNowRow }>()
  const differing = (name: 'reassignments' | 'reopens'): readonly string[] =>
    [...tallies]
      .filter(([, tally]) => (tally.last.counted[name] ?? tally[name]) !== tally[name])
      .map(([number]) => number)
  return {
    count(row, before, after) {
      const tally = tallies.get(row.number) ?? { reassignments: 0, reopens: 0, last: row }
      tally.last = row
      if (before && textAt(before, 'team') !== textAt(after, 'team')) tally.reassignments += 1
      if (before && ended(before) && !ended(after)) tally.reopens += 1
      tallies.set(row.number, tally)
    },
    differences: () => ({ reassignments: differing('reassignments'), reopens: differing('reopens') }),
  }
}

function ended(incident: Data): boolean {
  const state = textAt(incident, 'state')
  return state === 'resolved' || state === 'closed'
}
