import type { Instant } from './instant.ts'
import { type Share, shareOf } from './kpi-figure.ts'
import { isWithin } from './period.ts'
import type { RecordDoc } from './record.ts'
import { isData, listAt, textAt } from './record.ts'
import { mainColumn, type Series } from './series.ts'
import type { TimeSpan } from './time-span.ts'

/** On which side of a threshold a service has too little room; a value equal to the threshold is on neither side. */
export type CapacityDirection = 'above' | 'below'

/** One limit of what a service can carry: an entry of its `capacity`. */
export interface CapacityLimit {
  readonly service: string
  readonly measurement: string
  readonly series: string
  readonly threshold: number
  readonly direction: CapacityDirection
  readonly note?: string
}

/** How a service stood against one of its limits over a stretch of time. */
export interface CapacityReading extends CapacityLimit {
  /** Unit of the series, where it is known: the header of a measurement gives that of its main column. */
  readonly unit?: string
  /** The values beyond the threshold, of all values of the stretch. */
  readonly beyond: Share
  /** The value furthest to the limit's side and the first instant at which it was measured; absent without values. */
  readonly peak?: { readonly value: number; readonly at: Instant }
  /** Why there can be no values. */
  readonly gap?: string
}

/** What readings are taken from. */
export interface CapacityFacts {
  /** The services that are read. */
  readonly services: readonly RecordDoc[]
  readonly measurements: readonly RecordDoc[]
  /** By id of the measurement. */
  readonly series: ReadonlyMap<string, Series>
}

/** The limits of a service, as it lists them. */
export function capacityOf({ id, data }: RecordDoc): readonly CapacityLimit[] {
  return listAt(data, 'capacity')
    .filter(isData)
    .flatMap((limit) => {
      const { threshold } = limit
      const [measurement, note] = [textAt(limit, 'measurement'), textAt(limit, 'note')]
      if (measurement === undefined || typeof threshold !== 'number') return []
      const direction = limit['direction'] === 'below' ? 'below' : 'above'
      const series = textAt(limit, 'series') ?? mainColumn
      return [{ service: id, measurement, series, threshold, direction, ...(note !== undefined && { note }) }]
    })
}

/**
 * Holds what was measured in a half-open stretch of time against the limits of services. A value equal to the threshold
 * is within it.
 */
export function capacityReadings(
  { services, measurements, series }: CapacityFacts,
  span: TimeSpan,
): readonly CapacityReading[] {
  const units = new Map(measurements.map(({ id, data }) => [id, textAt(data, 'unit')]))
  return services.flatMap(capacityOf).map((limit) => {
    const unit = limit.series === mainColumn ? units.get(limit.measurement) : undefined
    return { ...limit, ...(unit !== undefined && { unit }), ...readingOf(limit, series.get(limit.measurement), span) }
  })
}

function readingOf(
  { measurement, series: column, threshold, direction }: CapacityLimit,
  series: Series | undefined,
  span: TimeSpan,
): Pick<CapacityReading, 'beyond' | 'peak' | 'gap'> {
  const none = { count: 0, n: 0 }
  if (!series) return { beyond: none, gap: `there are no values of ${measurement}` }
  const index = series.columns.indexOf(column)
  if (index < 0) return { beyond: none, gap: `${measurement} has no column ${column}` }
  const further = (value: number, than: number): boolean => (direction === 'above' ? value > than : value < than)
  const measured = series.points.flatMap(({ at, values }) => {
    const value = values[index]
    return isWithin(span, at) && value !== null && value !== undefined ? [{ at, value }] : []
  })
  const [first, ...rest] = measured
  const beyond = shareOf(measured, ({ value }) => further(value, threshold))
  if (!first) return { beyond }
  return { beyond, peak: rest.reduce((peak, point) => (further(point.value, peak.value) ? point : peak), first) }
}
