import type { Instant, Seconds } from './instant.ts'
import { answers, type Comparison, compareCount, compareShares, compareTimes, type Measured } from './kpi-comparison.ts'
import { type Share, type Spread, shareOf, spreadOf } from './kpi-figure.ts'
import { trendLength } from './kpi-incident.ts'
import { type Period, previousPeriods } from './period.ts'
import type { ReportFacts } from './report.ts'
import { type ChangeLife, outcomeOf, reached } from './report-change.ts'

/** The changes closed in one period, as a line of a trend. */
export interface ChangeTrendLine {
  readonly id: string
  /** Whether the period began before the history. */
  readonly partial: boolean
  /** Whether the period was not over at the as-of instant. */
  readonly running: boolean
  readonly closed: number
  readonly standard: number
  readonly normal: number
  readonly emergency: number
  readonly successful: Share
  readonly withIssues: Share
  readonly failed: Share
  readonly leadTime: Spread
}

/** A figure of the period held against all earlier periods that the history covers in full, taken together. */
export interface ChangeComparison {
  readonly kpi: string
  readonly title: string
  readonly comparison: Comparison
}

/** The changes closed over the last periods, oldest first; periods before the history begins are left out. */
export interface ChangeTrend {
  readonly lines: readonly ChangeTrendLine[]
  /** The line of the report's own period. */
  readonly now: ChangeTrendLine
  readonly partial: boolean
  readonly running: boolean
  /** Put together, so that each probability carries its share of luck (Holm). */
  readonly comparisons: readonly ChangeComparison[]
}

/** The trend of the changes closed in a report's period and in the ones before it. */
export function changeTrend(
  changes: readonly ChangeLife[],
  { period, config, since, asOf }: Pick<ReportFacts, 'period' | 'config' | 'since' | 'asOf'>,
): ChangeTrend {
  const periods = [...previousPeriods(period, config.timezone, trendLength), period].filter(
    ({ until }) => until > since,
  )
  const closedIn = (each: Period): readonly ChangeLife[] => reached(changes, 'closedAt', each)
  const lines = periods.map((each) => lineOf(each, closedIn(each), since, asOf))
  const earlier = periods.slice(0, -1).filter(({ from }) => from >= since)
  return {
    lines,
    now: lineOf(period, closedIn(period), since, asOf),
    partial: lines.some(({ partial }) => partial),
    running: lines.some(({ running }) => running),
    comparisons: compared(
      closedIn(period),
      earlier.map(closedIn),
      asOf >= period.until,
      [...earlier, period].map((each) => reached(changes, 'startedAt', each).length),
    ),
  }
}

function lineOf(period: Period, closed: readonly ChangeLife[], since: Instant, asOf: Instant): ChangeTrendLine {
  const ofType = (type: string): number => closed.filter(({ changeType }) => changeType === type).length
  return {
    id: period.id,
    partial: period.from < since,
    running: asOf < period.until,
    closed: closed.length,
    standard: ofType('standard'),
    normal: ofType('normal'),
    emergency: ofType('emergency'),
    successful: shareOf(closed, (change) => outcomeOf(change) === 'successful'),
    withIssues: shareOf(closed, (change) => outcomeOf(change) === 'with issues'),
    failed: shareOf(closed, (change) => outcomeOf(change) === 'failed'),
    leadTime: spreadOf(leadTimes(closed)),
  }
}

/** Wall-clock times from the first record of changes to their closing. */
export function leadTimes(closed: readonly ChangeLife[]): readonly Seconds[] {
  return closed.flatMap(({ bornAt, closedAt }) => (closedAt === null ? [] : [closedAt - bornAt]))
}

function compared(
  now: readonly ChangeLife[],
  earlier: readonly (readonly ChangeLife[])[],
  isOver: boolean,
  /** Over the earlier periods that are known in full, oldest first, and the period itself. */
  carriedOut: readonly number[],
): readonly ChangeComparison[] {
  const before = earlier.flat()
  const isKnown = earlier.length > 0
  const share = (holds: (change: ChangeLife) => boolean, better: 'up' | 'down') =>
    compareShares(shareOf(now, holds), isKnown ? shareOf(before, holds) : null, better)
  const measured = (changes: readonly ChangeLife[]): Measured => {
    const values = leadTimes(changes)
    return { values, spread: spreadOf(values) }
  }
  const asked = [
    {
      kpi: 'changes-carried-out',
      title: 'Changes carried out',
      question: compareCount(isOver ? (carriedOut.at(-1) ?? null) : null, carriedOut.slice(0, -1), 'none'),
    },
    {
      kpi: 'change-success',
      title: 'Share successful',
      question: share((change) => outcomeOf(change) === 'successful', 'up'),
    },
    {
      kpi: 'change-failure',
      title: 'Share failed',
      question: share((change) => outcomeOf(change) === 'failed', 'down'),
    },
    {
      kpi: 'emergency-changes',
      title: 'Share of emergencies',
      question: share(({ changeType }) => changeType === 'emergency', 'down'),
    },
    {
      kpi: 'change-lead-time',
      title: 'Lead time',
      question: compareTimes(measured(now), isKnown ? measured(before) : null, 'down'),
    },
  ]
  const found = answers(asked.map(({ question }) => question))
  return asked.map(({ kpi, title, question }, index) => ({
    kpi,
    title,
    comparison: found[index] ?? question.comparison,
  }))
}
