import type { Chart, ChartHead, Charts } from '../chart/chart.ts'
import type { KpiFacts } from '../kpi-record.ts'
import { naturalLimits } from '../kpi-statistics.ts'
import { metricOf } from '../metric-catalogue.ts'
import type { ReportFacts } from '../report.ts'
import { type NamedPart, type OwnFigure, partsOf } from './own-figure.ts'
import type { OwnChart, OwnPage } from './own-page.ts'

/** The charts of a page by key, each of a figure that the page has. */
export function ownCharts(
  facts: ReportFacts,
  measuring: KpiFacts,
  page: OwnPage,
  figures: readonly OwnFigure[],
): Charts {
  return Object.fromEntries(
    page.charts.flatMap((chart) => {
      const figure = figures.find(({ id }) => id === chart.kpi)
      return figure ? [[chart.key, drawn(facts, measuring, page, chart, figure)] as const] : []
    }),
  )
}

function drawn(facts: ReportFacts, measuring: KpiFacts, page: OwnPage, chart: OwnChart, figure: OwnFigure): Chart {
  const by = chart.by ?? (chart.kind === 'bars' || chart.kind === 'pareto' ? page.by : undefined)
  const metric = metricOf(figure.id)
  const divided = chart.kind === 'bars' || chart.kind === 'pareto'
  if (divided && by !== undefined && metric?.scopes.includes(by) && measuring.history && figure.gap === null) {
    const parts = partsOf(facts, measuring.history, metric, page.scope, by)
    return chart.kind === 'pareto' ? pareto(facts, chart, figure, parts) : bars(facts, chart, figure, parts)
  }
  return chart.kind === 'control' ? control(chart, figure) : line(chart, figure)
}

function line(chart: OwnChart, figure: OwnFigure): Chart {
  const { target, better } = figure
  return {
    kind: 'line',
    ...headOf(chart, figure, trendText(figure)),
    categories: figure.trend.map(({ id }) => id),
    series: [{ name: figure.title, values: figure.values }],
    ...(target !== null && {
      band: { name: 'target', from: better === 'up' ? target : null, until: better === 'up' ? null : target },
    }),
  }
}

function control(chart: OwnChart, figure: OwnFigure): Chart {
  const known = figure.values.slice(0, -1).filter((value) => value !== null)
  const limits = naturalLimits(known)
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  return {
    kind: 'control',
    ...headOf(chart, figure, trendText(figure)),
    categories: figure.trend.map(({ id }) => id),
    values: figure.values,
    limits: limits ? { ...limits, mean } : null,
  }
}

function bars(facts: ReportFacts, chart: OwnChart, figure: OwnFigure, parts: readonly NamedPart[]): Chart {
  return {
    kind: 'bars',
    orientation: 'horizontal',
    stacked: false,
    ...headOf(chart, figure, partsText(facts, figure, parts)),
    categories: parts.map(({ name }) => name),
    series: [{ name: figure.title, values: parts.map((part) => part.figure.value) }],
  }
}

function pareto(facts: ReportFacts, chart: OwnChart, figure: OwnFigure, parts: readonly NamedPart[]): Chart {
  const items = parts.map((part) => ({ name: part.name, value: Math.max(0, part.figure.value ?? 0) }))
  return {
    kind: 'pareto',
    ...headOf(chart, figure, partsText(facts, figure, parts)),
    items,
    total: items.reduce((sum, { value }) => sum + value, 0),
  }
}

function headOf({ title }: OwnChart, figure: OwnFigure, description: string): ChartHead {
  const { id, unit } = figure
  return {
    title: title ?? figure.title,
    unit: unit === '' ? 'count' : unit,
    description,
    source: `n = ${figure.figure.n} in the period; KPI ${id}`,
  }
}

function trendText({ title, trend, unit }: OwnFigure): string {
  const known = trend.filter(({ value }) => value !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${title}: no data in any period`
  return `${title}: ${valueText(first.value, unit)} in ${first.id}, ${valueText(last.value, unit)} in ${last.id}`
}

function partsText({ period }: ReportFacts, { title, unit }: OwnFigure, [first]: readonly NamedPart[]): string {
  if (!first) return `${title}: no data in ${period.title}`
  return `${title} in ${period.title}: most for ${first.name}, with ${valueText(first.figure.value, unit)}`
}

function valueText(value: number | null, unit: string): string {
  if (value === null) return 'no data'
  return `${Number(value.toFixed(2))}${unit === '' ? '' : ` ${unit}`}`
}
