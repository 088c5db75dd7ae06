import type { Chart, Charts } from '../chart/chart.ts'
import { percentText } from '../kpi-figure.ts'
import type { Ageing } from './ageing.ts'
import type { Basis } from './basis.ts'
import type { Control, Controlled } from './control.ts'
import { linkChart } from './link-chart.ts'
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
