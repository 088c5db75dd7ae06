import { hasFailed } from './change-outcome.ts'
import type { RecordIndex, Rulebook } from './facts.ts'
import { type ImpactGraph, impactGraph } from './impact-graph.ts'
import { type Instant, parseInstant } from './instant.ts'
import { type IntervalIndex, indexIntervals } from './interval-index.ts'
import { addTo } from './lists-by-key.ts'
import { openChanges, type PlannedChange } from './planned-change.ts'
import { type Data, type RecordDoc, textAt, textsAt } from './record.ts'

/** A change that failed, and when. */
export interface Failure {
  readonly id: string
  readonly at: Instant
}

/** What risk rests on beside the change itself: built once for a tree, asked about any number of changes. */
export interface RiskFacts {
  readonly records: RecordIndex
  readonly graph: ImpactGraph
  /** The open changes by their planned times. */
  readonly changes: IntervalIndex<PlannedChange>
  /** Failed changes by `ci/<id>`, `service/<id>` and `team/<id>` of what they were about. */
  readonly failures: ReadonlyMap<string, readonly Failure[]>
}

/** Gathers what risk rests on from the records of a tree. */
export function riskFacts(
  records: RecordIndex,
  rulebook: Rulebook,
  shared?: Pick<RiskFacts, 'graph' | 'changes'>,
): RiskFacts {
  const { graph, changes } = shared ?? {
    graph: impactGraph(records),
    changes: indexIntervals(openChanges(records, rulebook)),
  }
  return { records, graph, changes, failures: failuresIn(records) }
}

/** The services that a change lists, and those of its configuration items. */
export function affectedServices(data: Data, records: RecordIndex): readonly string[] {
  const ofItems = textsAt(data, 'cis').flatMap((ci) => textsAt(records.find('ci', ci)?.data ?? {}, 'services'))
  return [...new Set([...textsAt(data, 'services'), ...ofItems])]
}

/** When a change happened or is to happen: its actual times before the planned ones, else when it was asked for. */
export function whenOf(data: Data): Instant | undefined {
  for (const field of ['actual_start', 'planned_start', 'opened_at']) {
    const at = parseInstant(textAt(data, field) ?? '')
    if (at !== undefined) return at
  }
  return undefined
}

function failuresIn(records: RecordIndex): ReadonlyMap<string, readonly Failure[]> {
  const failures = new Map<string, Failure[]>()
  for (const record of records.ofType('change')) {
    const at = hasFailed(record.data) ? endOf(record) : undefined
    if (at === undefined) continue
    for (const key of subjectsOf(record, records)) {
      addTo(failures, key, { id: record.id, at })
    }
  }
  return failures
}

function subjectsOf({ data }: RecordDoc, records: RecordIndex): readonly string[] {
  return [
    ...new Set([
      ...textsAt(data, 'cis').map((id) => `ci/${id}`),
      ...affectedServices(data, records).map((id) => `service/${id}`),
      ...textsAt(data, 'team').map((id) => `team/${id}`),
    ]),
  ]
}

function endOf({ data }: RecordDoc): Instant | undefined {
  return parseInstant(textAt(data, 'actual_end') ?? '') ?? whenOf(data)
}
