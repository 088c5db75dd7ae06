import type { Instant, Seconds } from './instant.ts'
import { outagesByService } from './outage.ts'
import { type RecordDoc, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink } from './report-page.ts'
import { mainColumn, type Series } from './series.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** The downtime of a service as a measurement saw it beside what incidents tell of the same time. */
export interface DowntimeComparison extends RecordLink {
  readonly service: string
  readonly serviceId: string
  /** Where the values come from. */
  readonly source: string
  /** Values of the period, and the instant of the first where the period began well before it; `null` else. */
  readonly values: number
  readonly from: Instant | null
  readonly measured: Seconds
  /** Of the time that the values stand for, what outages of incidents cover. */
  readonly recorded: Seconds
  readonly difference: Seconds
  /** Whether the two are far apart: see `isFarApart`. */
  readonly farApart: boolean
  /** Values above 0 in whose time no outage is recorded. */
  readonly unrecorded: Unmatched
  /** Values of 0 in whose time an outage is recorded. */
  readonly unmeasured: Unmatched
}

/** Values that one of two sources says nothing of, and the largest of them; `null` where there is none. */
export interface Unmatched {
  readonly values: number
  readonly time: Seconds
  readonly largest: { readonly at: Instant; readonly time: Seconds } | null
}

const secondsOf: { readonly [unit: string]: Seconds } = { s: 1, min: 60, h: 3600 }

/** A value stands for the time until the next one, a usual step or so: days may have 23 or 25 hours. */
const [shortestStep, longestStep] = [0.75, 1.25]

/**
 * The measurements that say how long a service was down (`measures: downtime`), over the period, each beside the outages
 * that incidents tell of the same service in the time that its values stand for; in order of the measurements.
 */
export function downtimeComparisons(facts: ReportFacts, page: string): readonly DowntimeComparison[] {
  const { improving, incidents, asOf } = facts
  const measuring = improving.measurements.filter(({ data }) => textAt(data, 'measures') === 'downtime')
  if (measuring.length === 0) return []
  const outages = outagesByService(incidents, asOf)
  return measuring.flatMap((measurement) => {
    const service = textAt(measurement.data, 'service') ?? ''
    const compared = comparisonOf(facts, measurement, outages.get(service) ?? [])
    if (!compared) return []
    const source = textAt(measurement.data, 'source') ?? ''
    return [
      {
        ...recordLink(facts, page, measurement),
        ...compared,
        service: nameOf(facts, 'service', service) ?? service,
        serviceId: service,
        source,
      },
    ]
  })
}

type Compared = Omit<DowntimeComparison, keyof RecordLink | 'service' | 'serviceId' | 'source'>

function comparisonOf(
  { improving, period, asOf }: ReportFacts,
  { id, data }: RecordDoc,
  outages: readonly TimeSpan[],
): Compared | undefined {
  const series = improving.series.get(id)
  const unit = secondsOf[textAt(data, 'unit') ?? '']
  if (!series || unit === undefined) return undefined
  const values = downtimesOf(series, Math.min(period.until, asOf))
    .filter(({ from }) => from >= period.from)
    .map(({ value, ...span }) => ({
      at: span.from,
      measured: Math.round(value * unit),
      recorded: outages.reduce((sum, outage) => sum + lengthOf(overlap(outage, span)), 0),
    }))
  if (values.length === 0) return undefined
  const sumOf = (of: 'measured' | 'recorded'): Seconds => values.reduce((sum, each) => sum + each[of], 0)
  const [measured, recorded] = [sumOf('measured'), sumOf('recorded')]
  const first = values[0]?.at ?? period.from
  return {
    values: values.length,
    from: first - period.from > 86_400 ? first : null,
    measured,
    recorded,
    difference: Math.abs(measured - recorded),
    farApart: isFarApart(measured, recorded),
    unrecorded: unmatched(values.filter((each) => each.recorded === 0).map((each) => [each.at, each.measured])),
    unmeasured: unmatched(values.filter((each) => each.measured === 0).map((each) => [each.at, each.recorded])),
  }
}

/** The values of a series whose time was over by an instant, each with that time. */
function downtimesOf({ columns, points }: Series, until: Instant): readonly (TimeSpan & { readonly value: number })[] {
  const index = columns.indexOf(mainColumn)
  const known = points.flatMap(({ at, values }) => {
    const value = values[index]
    return typeof value === 'number' ? [{ at, value }] : []
  })
  const steps = known.slice(1).map(({ at }, place) => at - (known[place]?.at ?? at))
  const usual = steps.toSorted((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? 86_400
  return known.flatMap(({ at, value }, place) => {
    const next = known[place + 1]?.at ?? at + usual
    const isOver = at + usual * shortestStep <= until
    return isOver ? [{ value, from: at, until: Math.min(next, at + usual * longestStep, until) }] : []
  })
}

/** By a quarter of the larger at least, and by ten minutes: less may be how the two count. */
function isFarApart(measured: Seconds, recorded: Seconds): boolean {
  const difference = Math.abs(measured - recorded)
  return difference >= 600 && 4 * difference >= Math.max(measured, recorded)
}

function unmatched(values: readonly (readonly [Instant, Seconds])[]): Unmatched {
  const found = values.filter(([, time]) => time > 0)
  const [largest] = found.toSorted(([from, one], [other, two]) => two - one || from - other)
  return {
    values: found.length,
    time: found.reduce((sum, [, time]) => sum + time, 0),
    largest: largest ? { at: largest[0], time: largest[1] } : null,
  }
}

function lengthOf(span: TimeSpan | undefined): Seconds {
  return span ? span.until - span.from : 0
}
