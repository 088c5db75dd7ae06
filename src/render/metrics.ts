import { formatInstant, type Instant } from '../core/instant.ts'
import { noData } from '../core/kpi-figure.ts'
import { betterText, breakdownsOf, type Figure, type Metric, unitText } from '../core/metric.ts'
import type { KpiLine, MetricLine, Part } from '../core/metric-table.ts'
import { localTime } from '../core/report-time.ts'
import { csvText } from './csv.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** The figures of a period with what makes them repeatable. */
export interface MetricTable {
  readonly from: Instant
  readonly until: Instant
  readonly zone: string
  readonly asOf: Instant
  readonly commit: string
  readonly metrics: readonly MetricLine[]
  readonly kpis: readonly KpiLine[]
}

/** Figures as the JSON of DESIGN.md §4, with the KPIs of the organisation as `records`. */
export function metricsJson({ from, until, asOf, commit, metrics, kpis }: MetricTable): string {
  return json({
    from: formatInstant(from),
    to: formatInstant(until),
    asOf: formatInstant(asOf),
    commit,
    kpis: metrics.map(({ id, title, unit, figure, parts }) => ({
      id,
      title,
      ...figureJson(figure, unit),
      ...by(parts),
    })),
    records: kpis.map(({ id, title, unit, from: source, target, figure, gap, reached, parts }) => ({
      id,
      title,
      from: source,
      ...figureJson(figure, unit),
      target,
      reached,
      gap,
      ...by(parts),
    })),
  })
}

function figureJson(figure: Figure | null, unit: string): object {
  return {
    value: rounded(figure?.value ?? null),
    unit,
    n: figure?.n ?? 0,
    median: rounded(figure?.median ?? null),
    p90: rounded(figure?.p90 ?? null),
    ...(figure?.refused !== undefined && { refused: figure.refused }),
  }
}

function by(parts: readonly Part[] | undefined): object {
  if (!parts) return {}
  return {
    by: Object.fromEntries(
      parts.map(({ of, figure: { value, n, median, p90 } }) => [
        of,
        { value: rounded(value), n, median: rounded(median), p90: rounded(p90) },
      ]),
    ),
  }
}

/** To six decimals: enough for every unit, and free of what binary fractions leave behind. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(6))
}

/** Figures as CSV (RFC 4180): one row each, and one for each part. An empty value means that there is no data; `note` says where
 * one is refused, and why. */
export function metricsCsv({ metrics, kpis }: MetricTable): string {
  const rows = [
    ['kind', 'id', 'of', 'value', 'unit', 'n', 'median', 'p90', 'target', 'note'],
    ...metrics.flatMap((line) => csvRows('formula', line, '')),
    ...kpis.flatMap((line) => csvRows('kpi', line, line.target === null ? '' : String(line.target))),
  ]
  return csvText(rows)
}

function csvRows(
  kind: string,
  { id, unit, figure, parts = [] }: Pick<KpiLine, 'id' | 'unit' | 'figure' | 'parts'>,
  target: string,
): readonly (readonly string[])[] {
  const row = (of: string, { value, n, median, p90, refused = '' }: Figure): readonly string[] => {
    const [shown = '', middle = '', high = ''] = [value, median, p90].map((each) => rounded(each)?.toString() ?? '')
    return [kind, id, of, shown, unit, String(n), middle, high, target, refused]
  }
  const none: Figure = { value: null, n: 0, median: null, p90: null }
  return [row('', figure ?? none), ...parts.map((part) => row(part.of, part.figure))]
}

/** Figures as a table for people. */
export function metricsText({ from, until, zone, asOf, commit, metrics, kpis }: MetricTable, colour: boolean): string {
  const { dim, bold, green, red } = paint(colour)
  const mark = ({ reached, target, unit }: KpiLine): string => {
    if (target === null) return ''
    const word = reached === null ? 'target' : reached ? green('reaches') : red('misses')
    return `${word} ${target} ${unit}`
  }
  const lines: (readonly string[])[] = []
  for (const { id, unit, figure, parts } of metrics) {
    const why = parts === undefined ? (figure.refused ?? '') : parts.length === 0 ? 'no data of any part' : ''
    lines.push([bold(id), ...cells(figure, unit), figure.refused === undefined ? '' : why])
    for (const part of parts ?? []) lines.push([`  ${oneLine(part.of)}`, ...cells(part.figure, unit), ''])
  }
  for (const line of kpis) {
    const { id, unit, figure, gap, parts = [] } = line
    if (figure) lines.push([bold(id), ...cells(figure, oneLine(unit)), mark(line)])
    else lines.push([bold(id), 'gap', '', '', '', `cannot be measured yet: ${oneLine(gap ?? '')}`])
    for (const part of parts) lines.push([`  ${part.of}`, ...cells(part.figure, oneLine(unit)), ''])
  }
  const head = ['indicator', 'value', 'n', 'median', 'p90', ''].map(dim)
  const span = `${localTime(from, zone).text} to before ${localTime(until, zone).text} (${zone})`
  const foot = dim(`${span}\nas of ${formatInstant(asOf)}, commit ${commit.slice(0, 10)}`)
  return `${columns([head, ...lines], [1, 2, 3, 4])}\n\n${foot}\n`
}

function cells({ value, n, median, p90, refused }: Figure, unit: string): readonly string[] {
  if (refused !== undefined) return ['–', '', '', '']
  const shown = (figure: number | null): string => (figure === null ? '' : `${Number(figure.toFixed(2))} ${unit}`)
  return [value === null ? noData : shown(value), String(n), shown(median), shown(p90)]
}

/** The catalogue as JSON. */
export function catalogueJson(catalogue: readonly Metric[]): string {
  return json(
    catalogue.map(({ id, title, unit, better, formula, population, source, scopes, perService = false }) => ({
      id,
      title,
      unit: unitText[unit],
      better,
      formula,
      population,
      source,
      scopes,
      perService,
    })),
  )
}

/** The catalogue for people: an entry a formula. */
export function catalogueText(catalogue: readonly Metric[], colour: boolean, width = 100): string {
  const { bold, dim } = paint(colour)
  const paragraph = (text: string): string =>
    wrapped(text, width - 2)
      .map((line) => `  ${line}`)
      .join('\n')
  return catalogue
    .map((metric) => {
      const { id, title, unit, better, formula, population, source } = metric
      return [
        `${bold(id)}  ${title}, in ${unitText[unit]}; ${betterText[better]}`,
        paragraph(formula),
        paragraph(population),
        dim(paragraph(`From ${source}. By ${breakdownsOf(metric).join(', ')}.`)),
        '',
      ].join('\n')
    })
    .join('\n')
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
