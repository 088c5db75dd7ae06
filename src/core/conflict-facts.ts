import type { RecordIndex, Rulebook } from './facts.ts'
import { type ImpactGraph, impactGraph } from './impact-graph.ts'
import { type IntervalIndex, indexIntervals } from './interval-index.ts'
import { openChanges, type PlannedChange } from './planned-change.ts'
import { type Window, windowsOf } from './window.ts'

/** What conflicts are looked for in: built once for a tree, asked about any number of changes. */
export interface ConflictFacts {
  readonly records: RecordIndex
  readonly graph: ImpactGraph
  readonly windows: readonly Window[]
  /** The open changes by their planned times. */
  readonly changes: IntervalIndex<PlannedChange>
}

/** Gathers what conflicts rest on from the records of a tree. */
export function conflictFacts(records: RecordIndex, rulebook: Rulebook): ConflictFacts {
  return {
    records,
    graph: impactGraph(records),
    windows: windowsOf(records.ofType('window')),
    changes: indexIntervals(openChanges(records, rulebook)),
  }
}
