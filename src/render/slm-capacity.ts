import type { CapacityReading } from '../core/capacity.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import { noData, percentText } from '../core/kpi-figure.ts'
import { localTime } from '../core/report-time.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** How services stood against their limits over a half-open period. */
export interface CapacityTable {
  readonly from: Instant
  readonly until: Instant
  readonly zone: string
  readonly readings: readonly CapacityReading[]
}

/** Readings of capacity as JSON: `share` is the exact fraction of the `n` values that lie beyond the threshold. */
export function capacityJson({ from, until, zone, readings }: CapacityTable): string {
  return json({
    from: formatInstant(from),
    to: formatInstant(until),
    timezone: zone,
    readings: readings.map(
      ({ service, measurement, series, unit, threshold, direction, beyond: { count, n }, peak, gap, note }) => ({
        service,
        measurement,
        series,
        unit: unit ?? null,
        threshold,
        direction,
        n,
        beyond: count,
        share: n === 0 ? null : count / n,
        peak: peak ? { value: peak.value, at: formatInstant(peak.at) } : null,
        gap: gap ?? null,
        note: note ?? null,
      }),
    ),
  })
}

/** Readings of capacity for people; instants are told in the zone of the reports. */
export function capacityText({ from, until, zone, readings }: CapacityTable, colour: boolean): string {
  const { bold, dim, green, yellow } = paint(colour)
  const span = `${localTime(from, zone).text} to before ${localTime(until, zone).text} (${zone})`
  if (readings.length === 0) return `No service names a limit of what it can carry\n\n${dim(span)}\n`
  const rows = readings.map(({ service, measurement, series, unit, threshold, direction, beyond, peak, gap }) => {
    const measure = unit === undefined ? '' : ` ${oneLine(unit)}`
    const share = `${beyond.count} (${percentText(beyond)})`
    return [
      bold(service),
      `${measurement} ${series}`,
      `${direction} ${threshold}${measure}`,
      String(beyond.n),
      beyond.n === 0 ? noData : beyond.count > 0 ? yellow(share) : green(share),
      peak ? `${peak.value}${measure}` : '',
      peak ? localTime(peak.at, zone).text : (gap ?? ''),
    ]
  })
  const head = ['service', 'measured', 'limit', 'n', 'beyond', 'peak', 'first at'].map(dim)
  return `${columns([head, ...rows], [3, 4, 5])}\n\n${dim(span)}\n`
}
