import type { Chart, Charts } from '../chart/chart.ts'
import { percentText } from '../kpi-figure.ts'
import { valueIn } from '../kpi-life.ts'
import { dayStarts } from '../period.ts'
import { textAt } from '../record.ts'
import { localTime } from '../report-time.ts'
import { mainColumn } from '../series.ts'
import type { Ageing } from './ageing.ts'
import type { Basis } from './basis.ts'
import type { Control, Controlled } from './control.ts'
import type { Origin, Pareto } from './origins.ts'
import type { Rhythm } from './rhythm.ts'
import type { SeriesLink } from './series-links.ts'

/** What the charts of the improvement report are drawn from. */
export interface Drawn {
  readonly control: Control
  readonly paretos: readonly Pareto[]
  readonly rhythm: Rhythm
  readonly ageing: Ageing
  /** The closest link of series; `null` where none was told. */
  readonly link: SeriesLink | null
}

/** The name of a value for people: the title of a service, else the value itself. */
export type Naming = (by: Origin, value: string) => string

/** The charts of the improvement report; what has no data has no chart. */
export function chartsOf(basis: Basis, { control, paretos, rhythm, ageing, link }: Drawn, nameOf: Naming): Charts {
  const { opened, resolveHours } = control
  return {
    ...(opened.limits && { opened: openedChart(control) }),
    ...(resolveHours.limits && { 'resolve-time': resolveChart(control) }),
    ...Object.fromEntries(
      paretos.filter(isWorthDrawing).map((pareto) => [`pareto-${pareto.by}`, paretoChart(basis, pareto, nameOf)]),
    ),
    ...(rhythm.told && { rhythm: rhythmChart(rhythm) }),
    ...(ageing.n >= fewestToDraw && { ageing: ageingChart(ageing) }),
    ...(link && linkChart(basis, link)),
  }
}

/** Whether bars say more than a sentence. */
export function isWorthDrawing({ n, rows }: Pick<Pareto, 'n' | 'rows'>): boolean {
  return n >= fewestToDraw && rows.length > 2
}

const fewestToDraw = 10

function openedChart({ ids, step, opened }: Control): Chart {
  return {
    kind: 'control',
    title: `Incidents opened, by ${step}`,
    unit: 'incidents',
    description: controlText(opened, step),
    source: `n = ${ids.length} ${step}s; KPI opened`,
    categories: ids,
    values: opened.values,
    limits: opened.limits,
  }
}

function resolveChart({ ids, step, resolveHours }: Control): Chart {
  return {
    kind: 'control',
    title: `Median time to resolve, by ${step}`,
    unit: 'hours',
    description: controlText(resolveHours, step),
    source: `n = ${ids.length} ${step}s; KPI mttr`,
    categories: ids,
    values: resolveHours.values,
    limits: resolveHours.limits,
  }
}

function controlText({ limits, beyond }: Controlled, step: string): string {
  if (!limits) return `Too few earlier ${step}s to draw limits.`
  const range = `the usual range of ${limits.low.toFixed(1)} to ${limits.high.toFixed(1)}`
  return beyond.length === 0
    ? `No ${step} of the period lies beyond ${range}.`
    : `Beyond ${range}: ${beyond.join(', ')}.`
}

const most = 10
const subjects: { readonly [by in Origin]: string } = { service: 'service', ci: 'CI', category: 'category' }

function paretoChart({ now }: Basis, { by, n, rows, vitalFew }: Pareto, nameOf: Naming): Chart {
  return {
    kind: 'pareto',
    title: `Incidents opened, by ${subjects[by]}`,
    unit: 'incidents',
    description: `${vitalFew} of ${rows.length} make up 80 %.`,
    source: `n = ${n} incidents opened in ${now.period.id} that name one; KPI opened`,
    items: rows
      .slice(0, most)
      .map(({ values, count }) => ({ name: values.map((value) => nameOf(by, value)).join(', '), value: count })),
    total: n,
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function rhythmChart({ n, peaks, counts }: Rhythm): Chart {
  const [peak] = peaks
  return {
    kind: 'heatmap',
    title: 'When incidents are opened',
    unit: 'incidents',
    description: peak
      ? `${peak.weekday} ${peak.part}: ${peak.here.count} of ${peak.here.n}.`
      : 'No part of the week stands out beyond its weekday and its hours.',
    source: `n = ${n} incidents opened; KPI opened`,
    rows: weekdays,
    columns: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
    values: counts,
  }
}

function ageingChart({ n, buckets, old }: Ageing): Chart {
  const before = buckets.map((bucket) => bucket.before)
  return {
    kind: 'bars',
    orientation: 'vertical',
    stacked: false,
    title: 'Open incidents by age',
    unit: 'incidents',
    description: `${percentText(old)} of ${n} are older than 30 days.`,
    source: `n = ${n} incidents open at the end; KPI backlog-age`,
    categories: buckets.map(({ title }) => title),
    series: [
      ...(before.includes(null) ? [] : [{ name: 'period before', values: before }]),
      { name: 'this period', values: buckets.map(({ count }) => count) },
    ],
  }
}

const mostDays = 100

/** Two things that move together, day by day, each in percent of the highest it reached. */
function linkChart({ facts, long, now }: Basis, link: SeriesLink): Charts {
  const { measurement, column, other, service, rank, n } = link
  const series = facts.improving.series.get(measurement.id)
  if (!series) return {}
  const span = { from: Math.max(now.period.from, long.from), until: long.until }
  const days = dayStarts(span, facts.config.timezone).slice(-mostDays)
  const next = [...days.slice(1), span.until]
  const highest = (name: string): readonly (number | null)[] => {
    const index = series.columns.indexOf(name)
    const byDay: (number | null)[] = days.map(() => null)
    let day = 0
    for (const { at, values } of series.points) {
      while (day < days.length && at >= (next[day] ?? 0)) day++
      const value = values[index]
      if (day >= days.length || at < (days[day] ?? 0) || typeof value !== 'number') continue
      byDay[day] = Math.max(byDay[day] ?? value, value)
    }
    return byDay
  }
  const opened = days.map((day, index) => {
    const lives = long.opened.filter(({ openedAt }) => openedAt >= day && openedAt < (next[index] ?? 0))
    return lives.filter(({ data }) => service === null || valueIn('service', data) === service).length
  })
  const title = textAt(measurement.data, 'title') ?? measurement.id
  const [one, two] = [
    { name: column === mainColumn ? title : `${title}, ${column}`, values: highest(column) },
    { name: other ?? 'incidents opened', values: other === null ? opened : highest(other) },
  ]
  if (one.values.every((value) => value === null)) return {}
  return {
    link: {
      kind: 'line',
      title: `${one.name} and ${two.name}`,
      unit: '% of the highest day',
      description: `Rank correlation ${rank.toFixed(2)}.`,
      source: `highest value of each day; the correlation rests on n = ${n} pairs`,
      categories: days.map((day) => localTime(day, facts.config.timezone).text.slice(0, 10)),
      series: [one, two].map(({ name, values }) => ({ name, values: inPercent(values) })),
      range: [0, 100],
    },
  }
}

function inPercent(values: readonly (number | null)[]): readonly (number | null)[] {
  const highest = values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0)
  return values.map((value) => (value === null || highest === 0 ? null : (100 * value) / highest))
}
