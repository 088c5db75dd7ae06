import { periodOf } from '../improvement-proof.ts'
import { type Instant, parseInstant } from '../instant.ts'
import { significance } from '../kpi-comparison.ts'
import { isWorse, measureKpi } from '../kpi-record.ts'
import { fisherExact, leastFisher, mannWhitney } from '../kpi-statistics.ts'
import type { Figure } from '../metric.ts'
import { metricOf } from '../metric-catalogue.ts'
import { type RecordDoc, textAt } from '../record.ts'
import type { ImprovementFacts, ReportFacts } from '../report.ts'
import { kpiFactsOf } from '../report-improvement.ts'
import { mainColumn, pointsWithin, valuesWithin } from '../series.ts'
import type { TimeSpan } from '../time-span.ts'

/** What an improvement has brought so far: its KPI over the time of the baseline, and since it is in place. */
export interface Effect {
  readonly before: Figure
  readonly after: Figure
  /** When it began to count: of a series the instant of the first value since the improvement is in place. */
  readonly since: Instant
  /** How often chance brings such a difference; `null` where that cannot be told from the figure. */
  readonly p: number | null
  readonly test: 'mann-whitney' | 'fisher' | null
  readonly better: boolean
  /** Whether the target of the improvement is reached so far; `null` where it names none. */
  readonly reached: boolean | null
  /** Better or worse by more than chance brings. */
  readonly beyondChance: boolean
}

/**
 * Measures what an improvement has brought, up to the end of the report's period; `null` where it is not in place, has
 * no baseline, or its KPI cannot be measured.
 */
export function effectOf(facts: ReportFacts, { data }: Pick<ImprovementFacts, 'data'>): Effect | null {
  const zone = facts.config.timezone
  const kpi = facts.improving.kpis.find(({ id }) => id === textAt(data, 'kpi'))
  const baseline = periodOf(data, 'baseline', zone)
  const from = parseInstant(textAt(data, 'implemented_at') ?? '')
  const declared = periodOf(data, 'measured_period', zone)
  const until = Math.min(facts.period.until, facts.asOf)
  if (!kpi || !baseline || from === undefined) return null
  const since = declared && declared.until <= until ? declared : { from, until }
  if (since.from >= since.until) return null
  const measuring = kpiFactsOf(facts)
  const [before, after] = [measureKpi(kpi, measuring, baseline), measureKpi(kpi, measuring, since)]
  if (!('figure' in before) || !('figure' in after)) return null
  const [one, other] = [before.figure, after.figure]
  if (one.value === null || other.value === null) return null
  const tested = chanceOf(facts, kpi, [baseline, since], [one, other])
  return {
    before: one,
    after: other,
    since: since.from,
    ...tested,
    reached: typeof data['target'] === 'number' ? !isWorse(kpi.data, other.value, data['target']) : null,
    better: isWorse(kpi.data, one.value, other.value),
    beyondChance: tested.p !== null && tested.p < significance,
  }
}

function chanceOf(
  facts: ReportFacts,
  { data }: RecordDoc,
  [baseline, since]: readonly [TimeSpan, TimeSpan],
  [before, after]: readonly [Figure, Figure],
): Pick<Effect, 'p' | 'test'> & Partial<Pick<Effect, 'since'>> {
  const series = facts.improving.series.get(textAt(data, 'measurement') ?? '')
  if (series) {
    const calendar = facts.improving.calendars.get(textAt(data, 'calendar') ?? '')
    const column = textAt(data, 'column') ?? mainColumn
    const points = pointsWithin(series, column, since, calendar)
    const [first] = points
    const values = points.map(({ value }) => value)
    const p = mannWhitney(valuesWithin(series, column, baseline, calendar), values) ?? null
    return { p, test: 'mann-whitney', ...(first && { since: first.at }) }
  }
  if (metricOf(textAt(data, 'formula') ?? '')?.unit !== 'share') return { p: null, test: null }
  const share = ({ value, n }: Figure) => ({ count: Math.round(((value ?? 0) * n) / 100), n })
  const [one, other] = [share(before), share(after)]
  const tellable = one.n > 0 && other.n > 0 && leastFisher(one, other) < significance
  return { p: tellable ? fisherExact(one, other) : null, test: 'fisher' }
}
