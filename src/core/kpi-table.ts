import { type KpiId, kpi } from './kpi.ts'
import {
  answers,
  type Comparison,
  compareCount,
  compareShares,
  compareTimes,
  type Measured,
  type Question,
} from './kpi-comparison.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import {
  acknowledgeTimes,
  firstAssignment,
  type PeriodIncidents,
  reopened,
  repeatIncidents,
  resolveTimes,
} from './kpi-incident.ts'
import { type TargetClocks, tallyClocks } from './kpi-sla.ts'

/** One figure of a period beside that of the period before, and over the trend. */
interface Row<Amount> {
  readonly kpi: KpiId
  readonly title: string
  /** What it is a figure of, where there are several: an SLA and its target. */
  readonly subject: string | null
  readonly now: Amount
  /** `null` where the history does not cover the whole period before. */
  readonly before: Amount | null
  /** One value a period, the last for this one: counts, medians in seconds, percent; `null` where there is none. */
  readonly series: readonly (number | null)[]
  readonly comparison: Comparison
}

/** The figures of a period, by kind. */
export interface KpiTable {
  readonly counts: readonly Row<number>[]
  readonly shares: readonly Row<Share>[]
  readonly times: readonly Row<Spread>[]
}

type Asked<Amount> = Omit<Row<Amount>, 'comparison'> & { readonly question: Question }

/**
 * The figures of the last period of a trend. Shares and times are compared with all earlier periods that the history
 * covers in full, taken together; counts with the natural limits of these periods.
 */
export function kpiTable(trend: readonly PeriodIncidents[], targets: readonly TargetClocks[]): KpiTable {
  const asked = {
    counts: [
      countRow('opened', trend, ({ opened }) => opened.length),
      countRow('resolved', trend, ({ resolved }) => resolved.length),
      countRow('backlog', trend, ({ open }) => open.length),
    ],
    shares: [
      ...targets.map((target) =>
        shareRow(
          'sla-compliance',
          trend,
          ({ period }) => tallyClocks(target.clocks, period).compliance,
          `${target.title}, ${target.target}`,
        ),
      ),
      shareRow('reopen-rate', trend, reopened),
      shareRow('first-assignment', trend, firstAssignment),
      shareRow('repeat-incidents', trend, (period) => repeatIncidents(period).share),
    ],
    times: [timeRow('mttr', trend, resolveTimes), timeRow('mtta', trend, acknowledgeTimes)],
  }
  const rows = [...asked.counts, ...asked.shares, ...asked.times]
  const found = answers(rows.map(({ question }) => question))
  let answer = 0
  const answered = <Amount>({ question, ...row }: Asked<Amount>): Row<Amount> => ({
    ...row,
    comparison: found[answer++] ?? question.comparison,
  })
  return { counts: asked.counts.map(answered), shares: asked.shares.map(answered), times: asked.times.map(answered) }
}

function countRow(
  id: KpiId,
  trend: readonly PeriodIncidents[],
  count: (period: PeriodIncidents) => number,
): Asked<number> {
  const { now, before, earlier } = told(trend)
  const { title, better } = kpi(id)
  return {
    kpi: id,
    title,
    subject: null,
    now: count(now),
    before: before && count(before),
    series: trend.map((period) => (period.coverage === 'none' ? null : count(period))),
    question: compareCount(isWhole(now) ? count(now) : null, earlier.map(count), better),
  }
}

function shareRow(
  id: KpiId,
  trend: readonly PeriodIncidents[],
  share: (period: PeriodIncidents) => Share,
  subject: string | null = null,
): Asked<Share> {
  const { now, before, earlier } = told(trend)
  const { title, better } = kpi(id)
  const together = earlier.map(share).reduce((sum, { count, n }) => ({ count: sum.count + count, n: sum.n + n }), {
    count: 0,
    n: 0,
  })
  return {
    kpi: id,
    title,
    subject,
    now: share(now),
    before: before && share(before),
    series: trend.map((period) => {
      const { count, n } = share(period)
      return n === 0 ? null : (100 * count) / n
    }),
    question: compareShares(share(now), earlier.length === 0 ? null : together, better),
  }
}

function timeRow(
  id: KpiId,
  trend: readonly PeriodIncidents[],
  times: (period: PeriodIncidents) => readonly number[],
): Asked<Spread> {
  const { now, before, earlier } = told(trend)
  const { title, better } = kpi(id)
  const measured = (values: readonly number[]): Measured => ({ values, spread: spreadOf(values) })
  const together = earlier.length === 0 ? null : measured(earlier.flatMap(times))
  return {
    kpi: id,
    title,
    subject: null,
    now: spreadOf(times(now)),
    before: before && spreadOf(times(before)),
    series: trend.map((period) => spreadOf(times(period)).median),
    question: compareTimes(measured(times(now)), together, better),
  }
}

interface Told {
  readonly now: PeriodIncidents
  /** The period before, where the history covers it in full. */
  readonly before: PeriodIncidents | null
  /** All earlier periods that the history covers in full. */
  readonly earlier: readonly PeriodIncidents[]
}

function told(trend: readonly PeriodIncidents[]): Told {
  const [now, before] = [trend.at(-1), trend.at(-2)]
  if (!now) throw new RangeError('a trend has at least one period')
  return { now, before: before && isWhole(before) ? before : null, earlier: trend.slice(0, -1).filter(isWhole) }
}

function isWhole({ coverage }: PeriodIncidents): boolean {
  return coverage === 'whole'
}
