import type { Seconds } from './instant.ts'
import type { Reading, ReadingStatus } from './reading.ts'
import { farthest } from './recording-skew.ts'

/** How many clocks stand where; those of records filed after the fact are in each count, and counted apart. */
export interface ReadingSummary {
  readonly clocks: number
  readonly byStatus: { readonly [status in ReadingStatus]: StatusCount }
  readonly atRisk: number
  /** Clocks that a changed priority put beyond their target. */
  readonly breachedOnReprioritise: number
  /** Cancelled clocks that were beyond their target when they were. */
  readonly cancelledLate: number
  /** Clocks that rest on a commit whose date others contradict, by what they would be if it were right. */
  readonly doubtful: number
  /** Of the records that declare times: how many, and the farthest that one was recorded from its declared time. */
  readonly skew: { readonly records: number; readonly farthest: Seconds | null }
}

/** Clocks of one status. */
export interface StatusCount {
  readonly count: number
  /** Those of records filed after the fact. */
  readonly retrospective: number
}

/** What a sum of readings asks of each. */
export type SummedReading = Pick<
  Reading,
  | 'record'
  | 'status'
  | 'retrospective'
  | 'atRisk'
  | 'breachedOnReprioritise'
  | 'skew'
  | 'provenance'
  | 'doubtful'
  | 'cancelledLate'
>

/** The statuses in the order in which they are told. */
export const statuses: readonly ReadingStatus[] = ['met', 'breached', 'running', 'paused', 'cancelled']

/** Sums readings up. */
export function summaryOf(readings: readonly SummedReading[]): ReadingSummary {
  const count = (status: ReadingStatus): StatusCount => {
    const own = readings.filter((reading) => reading.status === status)
    return { count: own.length, retrospective: own.filter(({ retrospective }) => retrospective).length }
  }
  const skewed = readings.filter(({ skew }) => skew !== null)
  return {
    clocks: readings.length,
    byStatus: {
      met: count('met'),
      breached: count('breached'),
      running: count('running'),
      paused: count('paused'),
      cancelled: count('cancelled'),
    },
    atRisk: readings.filter(({ atRisk }) => atRisk).length,
    breachedOnReprioritise: readings.filter((reading) => reading.breachedOnReprioritise).length,
    cancelledLate: readings.filter(({ cancelledLate }) => cancelledLate).length,
    doubtful: readings.filter(({ doubtful }) => doubtful).length,
    skew: {
      records: new Set(skewed.map(({ record }) => record)).size,
      farthest: farthest(skewed.flatMap(({ skew }) => skew ?? [])),
    },
  }
}
