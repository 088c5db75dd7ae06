import { answers, type Comparison } from '../kpi-comparison.ts'
import { type KpiFacts, measureKpi, reachesTarget } from '../kpi-record.ts'
import { type Figure, type Metric, type MetricFacts, nothing, type Scope, unitText } from '../metric.ts'
import { metricOf } from '../metric-catalogue.ts'
import { metricLines, type Part } from '../metric-table.ts'
import type { Period } from '../period.ts'
import { type RecordDoc, textAt } from '../record.ts'
import type { ReportFacts } from '../report.ts'
import { nameOf } from '../report-page.ts'
import { type Kind, type OverTime, overTime } from './own-figure-trend.ts'
import type { OwnPage, PartKey } from './own-page.ts'

/** A part of a figure, by the name that people know. */
export interface NamedPart extends Part {
  readonly name: string
}

/** A figure on an organisation's own page. */
export interface OwnFigure extends Omit<OverTime, 'question'> {
  readonly id: string
  readonly title: string
  /** What is counted or measured, in words. */
  readonly meaning: string
  /** Empty for counts. */
  readonly unit: string
  readonly figure: Figure
  /** Why there is no figure, besides that there are no data; `null` where there may be one. */
  readonly gap: string | null
  readonly target: number | null
  /** Whether the target is reached; `null` without a target or without data. */
  readonly reached: boolean | null
  /** Held against the earlier periods of the trend that are known in full. */
  readonly change: Comparison
  /** What the figure is broken down by; `null` where it is not, or cannot be. */
  readonly by: PartKey | null
  readonly parts: readonly NamedPart[]
}

/** The figures of a page, in the order of its entry. Ids that nothing bears are left out; see `amissIn`. */
export function ownFigures(facts: ReportFacts, measuring: KpiFacts, page: OwnPage): readonly OwnFigure[] {
  const asked = page.kpis.flatMap((id): readonly AskedFigure[] => {
    const kpi = facts.improving.kpis.find((record) => record.id === id)
    const metric = metricOf(id)
    return kpi ? [kpiFigure(facts, measuring, page, kpi)] : metric ? [metricFigure(facts, measuring, page, metric)] : []
  })
  const changes = answers(asked.map(({ question }) => question))
  return asked.map(({ question, ...figure }, index) => ({ ...figure, change: changes[index] ?? question.comparison }))
}

/** A figure before it is known how many comparisons the page makes: each carries its share of luck. */
type AskedFigure = Omit<OwnFigure, 'change'> & Pick<OverTime, 'question'>

function kpiFigure(facts: ReportFacts, measuring: KpiFacts, page: OwnPage, kpi: RecordDoc): AskedFigure {
  const measured = measureKpi(kpi, measuring, facts.period)
  const figureIn = (period: Period): Figure => {
    const found = measureKpi(kpi, measuring, period)
    return 'figure' in found ? found.figure : nothing
  }
  const figure = 'figure' in measured ? measured.figure : nothing
  const { target } = kpi.data
  const better = textAt(kpi.data, 'direction') === 'up' ? 'up' : 'down'
  const kind: Kind = metricOf(textAt(kpi.data, 'formula') ?? '')?.unit === 'share' ? 'share' : 'amount'
  return {
    id: kpi.id,
    title: textAt(kpi.data, 'title') ?? kpi.id,
    meaning: textAt(kpi.data, 'description') ?? '',
    unit: textAt(kpi.data, 'unit') ?? '',
    figure,
    gap: 'gap' in measured ? measured.gap : null,
    target: typeof target === 'number' ? target : null,
    reached: reachesTarget(kpi, figure.value),
    ...overTime(facts, page, kind, better, figureIn),
    by: null,
    parts: [],
  }
}

function metricFigure(facts: ReportFacts, { history }: KpiFacts, page: OwnPage, metric: Metric): AskedFigure {
  const scope = page.scope
  const beyond = Object.keys(scope).find((key) => !metric.scopes.some((known) => known === key))
  const head = {
    id: metric.id,
    title: metric.title,
    meaning: metric.formula,
    unit: metric.unit === 'count' ? '' : unitText[metric.unit],
  }
  const ask = (period: Period): Figure =>
    beyond === undefined && history ? metric.measure(history, { span: period, scope }) : nothing
  const figure = ask(facts.period)
  const by = page.by !== undefined && metric.scopes.includes(page.by) && beyond === undefined ? page.by : null
  return {
    ...head,
    figure,
    gap:
      beyond === undefined
        ? (figure.refused ?? null)
        : `it cannot be restricted to a ${beyond === 'ci' ? 'configuration item' : beyond}`,
    target: null,
    reached: null,
    ...overTime(facts, page, metric.unit === 'share' ? 'share' : 'amount', metric.better, ask),
    by,
    parts: by && history ? partsOf(facts, history, metric, scope, by) : [],
  }
}

/** The parts of a figure, the largest first. */
export function partsOf(
  facts: ReportFacts,
  history: MetricFacts,
  metric: Metric,
  scope: Scope,
  by: PartKey,
): readonly NamedPart[] {
  const [line] = metricLines([metric], history, facts.period, facts.config.timezone, by)
  return (line?.parts ?? [])
    .filter(({ of }) => scope[by] === undefined || scope[by] === of)
    .map(({ of }) => {
      const figure = metric.measure(history, { span: facts.period, scope: { ...scope, [by]: of } })
      return { of, name: partName(facts, by, of), figure }
    })
    .filter(({ figure }) => figure.n > 0)
    .toSorted((a, b) => (b.figure.value ?? 0) - (a.figure.value ?? 0))
}

function partName(facts: ReportFacts, by: PartKey, of: string): string {
  if (by !== 'ci') return nameOf(facts, by, of) ?? of
  return textAt(facts.tree.find('ci', of)?.data ?? {}, 'title') ?? of
}
