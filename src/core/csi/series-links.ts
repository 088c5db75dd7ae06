import { compare } from '../diagnostic.ts'
import type { Instant, Seconds } from '../instant.ts'
import { significance } from '../kpi-comparison.ts'
import { type Life, valueIn } from '../kpi-life.ts'
import { holm } from '../kpi-statistics.ts'
import { dayStarts } from '../period.ts'
import { type LaggedCorrelation, laggedCorrelation } from '../rank-correlation.ts'
import { type RecordDoc, textAt } from '../record.ts'
import { mainColumn, type Point, type Series } from '../series.ts'
import type { Basis } from './basis.ts'

/** Two things that were held against each other: a column of a series, and another column or the incidents. */
export interface SeriesLink extends LaggedCorrelation {
  readonly measurement: RecordDoc
  /** The column; `value` for the main one. */
  readonly column: string
  /** The other column; `null` where it is the incidents. */
  readonly other: string | null
  /** The service whose incidents are meant; `null` for those of all services. */
  readonly service: string | null
  /** Length of a step of the lag. */
  readonly step: Seconds
  /** After Holm's correction over everything that was held against something. */
  readonly p: number
  /** Whether the two move together beyond chance. */
  readonly told: boolean
  readonly against: boolean
}

/** What moves together, and how many pairs were looked at. */
export interface SeriesLinks {
  readonly from: Instant
  readonly until: Instant
  readonly tested: number
  readonly found: readonly SeriesLink[]
}

const mostStepsBehind = 3
const mostDaysBehind = 2
const fewestSteps = 30

/**
 * Holds the columns of every series against its main one, and the highest value of each day against the incidents that
 * were opened on that day, or up to two days later, for the service of the series; over the period and those before it.
 */
export function seriesLinks({ facts, long }: Pick<Basis, 'facts' | 'long'>): SeriesLinks {
  const days = dayStarts(long, facts.config.timezone)
  const pairs = facts.improving.measurements
    .toSorted((a, b) => compare(a.id, b.id))
    .flatMap((measurement) => {
      const series = facts.improving.series.get(measurement.id)
      if (!series) return []
      const points = series.points.filter(({ at }) => at >= long.from && at < long.until)
      const service = textAt(measurement.data, 'service') ?? null
      const common = { measurement, service }
      return [
        ...betweenColumns(series, points).map((found) => ({ ...common, ...found })),
        ...withIncidents(series, points, days, openedOn(days, long.opened, service)).map((found) => ({
          ...common,
          ...found,
        })),
      ]
    })
  const corrected = holm(pairs.map(({ p }) => p))
  const found = pairs
    .map((pair, index) => {
      const p = corrected[index] ?? 1
      return { ...pair, p, told: p < significance, against: pair.rank < 0 }
    })
    .sort((a, b) => Math.abs(b.rank) - Math.abs(a.rank))
  return { from: long.from, until: long.until, tested: pairs.length, found }
}

type Found = LaggedCorrelation & Pick<SeriesLink, 'column' | 'other' | 'step'>

function betweenColumns({ columns }: Series, points: readonly Point[]): readonly Found[] {
  return columns.flatMap((other, index): readonly Found[] => {
    if (other === mainColumn) return []
    const both = points.flatMap(({ at, values }) => {
      const [value, second] = [values[0], values[index]]
      return typeof value === 'number' && typeof second === 'number' ? [{ at, value, second }] : []
    })
    if (both.length < fewestSteps) return []
    const found = laggedCorrelation(
      both.map(({ value }) => value),
      both.map(({ second }) => second),
      mostStepsBehind,
    )
    return found ? [{ ...found, column: mainColumn, other, step: usualStep(both.map(({ at }) => at)) }] : []
  })
}

function withIncidents(
  { columns }: Series,
  points: readonly Point[],
  days: readonly Instant[],
  opened: readonly number[],
): readonly Found[] {
  return columns.flatMap((column, index): readonly Found[] => {
    const highest = new Map<number, number>()
    let day = 0
    for (const { at, values } of points) {
      while (day + 1 < days.length && (days[day + 1] ?? 0) <= at) day++
      const value = values[index]
      if (typeof value === 'number') highest.set(day, Math.max(highest.get(day) ?? value, value))
    }
    if (highest.size < fewestSteps) return []
    const found = laggedCorrelation(
      [...highest.values()],
      [...highest.keys()].map((each) => opened[each] ?? 0),
      mostDaysBehind,
    )
    return found ? [{ ...found, column, other: null, step: 86_400 }] : []
  })
}

/** How many incidents of a service were opened on each day. */
function openedOn(days: readonly Instant[], lives: readonly Life[], service: string | null): readonly number[] {
  const counts = days.map(() => 0)
  let day = 0
  for (const { openedAt, data } of lives) {
    while (day + 1 < days.length && (days[day + 1] ?? 0) <= openedAt) day++
    if (service === null || valueIn('service', data) === service) counts[day] = (counts[day] ?? 0) + 1
  }
  return counts
}

function usualStep(instants: readonly Instant[]): Seconds {
  const steps = instants.slice(1).map((at, index) => at - (instants[index] ?? at))
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
}
