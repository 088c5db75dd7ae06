import { significance } from './kpi-comparison.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import type { PeriodIncidents, Waiting } from './kpi-incident.ts'
import { timeToResolve } from './kpi-life.ts'
import { mannWhitney } from './kpi-statistics.ts'

/** The times to resolve of incidents that changed teams beside those that did not. */
export interface ReassignmentCost {
  readonly reassigned: Spread
  readonly direct: Spread
  /** Mann–Whitney; `null` where there are too few on a side. */
  readonly p: number | null
  /** Whether the reassigned ones took longer, beyond chance. */
  readonly slower: boolean
}

/** Compares what changed teams with what did not, over the incidents resolved in a period. */
export function reassignmentCost({ resolved }: PeriodIncidents): ReassignmentCost {
  const times = (moved: boolean): readonly number[] =>
    resolved.filter(({ reassignments }) => reassignments > 0 === moved).flatMap((life) => timeToResolve(life) ?? [])
  const [reassigned, direct] = [spreadOf(times(true)), spreadOf(times(false))]
  const p = mannWhitney(times(true), times(false)) ?? null
  const slower = p !== null && p < significance && (reassigned.median ?? 0) > (direct.median ?? 0)
  return { reassigned, direct, p, slower }
}

/** The reason that most waiting time went to, with its share of all of it. */
export interface MainWait {
  readonly reason: string | null
  readonly time: number
  readonly incidents: number
  readonly share: Share
}

/** The reason that took the most waiting time; `null` where nothing waited. */
export function mainWait(waits: readonly Waiting[]): MainWait | null {
  const [first] = waits
  if (!first) return null
  return { ...first, share: { count: first.time, n: waits.reduce((sum, { time }) => sum + time, 0) } }
}
