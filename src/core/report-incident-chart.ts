import type { BarChart, HeatmapChart, ParetoChart } from './chart/chart.ts'
import type { Instant } from './instant.ts'
import type { Breakdown } from './kpi-breakdown.ts'
import { percentText } from './kpi-figure.ts'
import type { PeriodIncidents } from './kpi-incident.ts'
import { localTime } from './report-time.ts'

/**
 * The periods of a trend that can be held against each other: those that the history covers whole, and the last one.
 */
export function comparablePeriods(trend: readonly PeriodIncidents[]): readonly PeriodIncidents[] {
  return trend.filter(({ coverage }, at) => coverage === 'whole' || at === trend.length - 1)
}

/** Incidents opened, resolved and open over a trend; earlier periods that the history does not cover are left out. */
export function incidentTrendChart(trend: readonly PeriodIncidents[]): BarChart {
  const known = comparablePeriods(trend)
  const [opened, resolved] = [known.map((each) => each.opened.length), known.map((each) => each.resolved.length)]
  const last = known.at(-1)
  const said = last
    ? `${last.opened.length} opened and ${last.resolved.length} resolved in ${last.period.title}, ${last.open.length} open at its end; ${known.length === 1 ? '1 period is' : `${known.length} periods are`} shown.`
    : 'There is no data.'
  return {
    kind: 'bars',
    orientation: 'vertical',
    stacked: false,
    title: 'Incidents opened, resolved and open',
    unit: 'incidents',
    description: said,
    source: `n = ${sum(opened)} incidents opened; KPIs opened, resolved, backlog`,
    categories: known.map(({ period }) => period.id),
    series: [
      { name: 'Opened', values: opened },
      { name: 'Resolved', values: resolved },
    ],
    lines: [{ name: 'Open at the end', values: known.map(({ open }) => open.length) }],
  }
}

const mostBars = 12

/** Which few values of a dimension most incidents have; `nameOf` says what people call a value. */
export function incidentPareto(
  { rows, opened, vitalFew, values }: Breakdown,
  column: string,
  nameOf: (value: string | null) => string,
): ParetoChart {
  const items = rows.filter((row) => row.opened > 0).slice(0, mostBars)
  const [first] = items
  const said = first
    ? `${nameOf(first.value)} has most, ${percentText(first.share)} of ${opened}; ${vitalFew} of ${values} make up 80 %.`
    : 'There is no data.'
  return {
    kind: 'pareto',
    title: `Incidents opened by ${column}`,
    unit: 'incidents',
    description: said,
    source: `n = ${opened} incidents opened; KPI opened`,
    items: items.map((row) => ({ name: nameOf(row.value), value: row.opened })),
    total: opened,
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/** When something happened, by weekday and hour of the day on the wall clock of a zone. */
export function weekdayHeatmap(
  instants: readonly Instant[],
  zone: string,
  { title, unit, kpi }: { readonly title: string; readonly unit: string; readonly kpi: string },
): HeatmapChart {
  const values = weekdays.map(() => hours.map(() => 0))
  for (const at of instants) {
    const { weekday, hour } = localTime(at, zone)
    const row = values[weekday - 1]
    if (row) row[hour] = (row[hour] ?? 0) + 1
  }
  const most = Math.max(0, ...values.flat())
  const places = values.flatMap((row, day) =>
    row.flatMap((count, hour) => (count === most && most > 0 ? [`${weekdays[day]} from ${hours[hour]}:00`] : [])),
  )
  const peak =
    places.length === 0
      ? 'There is no data.'
      : `Most in one hour of the week: ${most}, on ${places.slice(0, 3).join(' and ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}.`
  return {
    kind: 'heatmap',
    title,
    unit,
    description: peak,
    source: `n = ${instants.length} ${unit}, hours in ${zone}; KPI ${kpi}`,
    rows: weekdays,
    columns: hours,
    values,
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
