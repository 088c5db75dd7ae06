import { compare } from './diagnostic.ts'
import type { Instant, Seconds } from './instant.ts'
import { type Share, shareOf } from './kpi-figure.ts'
import { countedIncidents, type Life, lifeUntil, likeness, timeToResolve } from './kpi-life.ts'
import { addTo } from './lists-by-key.ts'
import { isWithin, type Period, previousPeriods } from './period.ts'
import type { IncidentFacts, ReportFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'

/** What happened to the incidents of one period. Every list holds lives as they stood at the end of the period. */
export interface PeriodIncidents<Span extends TimeSpan = Period> {
  readonly period: Span
  /** The end of the period or the report's instant, whichever is earlier: ages and waiting count until then. */
  readonly end: Instant
  /** `whole` only where the history covers the period from its first second to its last. */
  readonly coverage: 'none' | 'part' | 'whole'
  /** Opened in the period. */
  readonly opened: readonly Life[]
  /** Resolved in the period and still so at its end. */
  readonly resolved: readonly Life[]
  /** First taken up in the period. */
  readonly acknowledged: readonly Life[]
  /** Open at the end of the period. */
  readonly open: readonly Life[]
  /** All that had begun by the end of the period. */
  readonly all: readonly Life[]
}

/** How many earlier periods a trend shows. */
export const trendLength = 12

/** The period of the report after the `trendLength` before it, oldest first. */
export function incidentTrend(facts: ReportFacts): readonly PeriodIncidents[] {
  const counted = countedIncidents(facts.incidents)
  const earlier = previousPeriods(facts.period, facts.config.timezone, trendLength)
  return [...earlier, facts.period].map((period) => incidentsOf(counted, period, facts))
}

/** What happened in a stretch of time to the incidents that count; see `countedIncidents`. */
export function incidentsOf<Span extends TimeSpan>(
  counted: readonly IncidentFacts[],
  period: Span,
  { since, asOf }: Pick<ReportFacts, 'since' | 'asOf'>,
): PeriodIncidents<Span> {
  const { from, until } = period
  const key = `${from} ${until} ${since} ${asOf}`
  const spans = gathered.get(counted) ?? new Map<string, PeriodIncidents<TimeSpan>>()
  const known = spans.get(key) ?? gather(counted, { from, until }, { since, asOf })
  gathered.set(counted, spans.set(key, known))
  return { ...known, period }
}

/** Many figures ask for the same periods of the same incidents. */
const gathered = new WeakMap<readonly IncidentFacts[], Map<string, PeriodIncidents<TimeSpan>>>()

function gather(
  counted: readonly IncidentFacts[],
  period: TimeSpan,
  { since, asOf }: Pick<ReportFacts, 'since' | 'asOf'>,
): PeriodIncidents<TimeSpan> {
  // Within the period itself, what was recorded at the report's own instant is known too.
  const cut = asOf < period.until ? asOf + 1 : period.until
  const all = counted.flatMap((incident) => lifeUntil(incident, cut) ?? [])
  const within = (at: Instant | null): boolean => at !== null && isWithin(period, at)
  return {
    period,
    end: Math.min(period.until, asOf),
    coverage: period.until <= since ? 'none' : period.from < since || asOf < period.until ? 'part' : 'whole',
    opened: all.filter((life) => within(life.openedAt)),
    resolved: all.filter((life) => within(life.resolvedAt)),
    acknowledged: all.filter((life) => within(life.acknowledgedAt)),
    open: all.filter((life) => life.resolvedAt === null && life.state !== 'cancelled'),
    all,
  }
}

/** Wall-clock times from opening to resolution of the incidents resolved in the period. */
export function resolveTimes(figures: PeriodIncidents<TimeSpan>): readonly Seconds[] {
  return figures.resolved.flatMap((life) => timeToResolve(life) ?? [])
}

/** Wall-clock times from opening until the incident first left `new`, of those that did so in the period. */
export function acknowledgeTimes(figures: PeriodIncidents<TimeSpan>): readonly Seconds[] {
  return figures.acknowledged.map(({ openedAt, acknowledgedAt }) => Math.max(0, (acknowledgedAt ?? 0) - openedAt))
}

/** Of the incidents resolved in the period, those that had been opened again before. */
export function reopened(figures: PeriodIncidents<TimeSpan>): Share {
  return shareOf(figures.resolved, ({ reopens }) => reopens > 0)
}

/** Of the incidents resolved in the period, those that never changed teams. */
export function firstAssignment(figures: PeriodIncidents<TimeSpan>): Share {
  return shareOf(figures.resolved, ({ reassignments }) => reassignments === 0)
}

/** One reason for waiting, with the time that it took from the open incidents of a period. */
export interface Waiting {
  readonly reason: string | null
  /** Wall-clock seconds within the period. */
  readonly time: Seconds
  readonly incidents: number
}

/** Where waiting time went within the period, longest first. */
export function waiting(figures: PeriodIncidents<TimeSpan>): readonly Waiting[] {
  const { period, end } = figures
  const times = new Map<string | null, { time: Seconds; incidents: number }>()
  for (const { holds } of figures.all) {
    const seen = new Set<string | null>()
    for (const { reason, from, until } of holds) {
      const time = Math.min(until, end) - Math.max(from, period.from)
      if (time <= 0) continue
      const sum = times.get(reason) ?? { time: 0, incidents: 0 }
      times.set(reason, { time: sum.time + time, incidents: sum.incidents + (seen.has(reason) ? 0 : 1) })
      seen.add(reason)
    }
  }
  return [...times]
    .map(([reason, sum]) => ({ reason, ...sum }))
    .sort((a, b) => b.time - a.time || compare(a.reason ?? '', b.reason ?? ''))
}

/** Ages of open incidents in whole days: at least `from`, less than `until`. */
export interface AgeBucket {
  /** What the figures of the catalogue are named by. */
  readonly id: string
  readonly title: string
  readonly from: number
  readonly until: number
}

/** The buckets that the ages of open incidents are put in. */
export const ageBuckets: readonly AgeBucket[] = [
  { id: '0-1-days', title: '0–1 days', from: 0, until: 2 },
  { id: '2-5-days', title: '2–5 days', from: 2, until: 6 },
  { id: '6-10-days', title: '6–10 days', from: 6, until: 11 },
  { id: '11-30-days', title: '11–30 days', from: 11, until: 31 },
  { id: 'over-30-days', title: 'over 30 days', from: 31, until: Number.POSITIVE_INFINITY },
]

/** How many of the incidents open at the end of a period are of an age. */
export function openFor({ from, until }: AgeBucket, figures: PeriodIncidents<TimeSpan>): number {
  const days = figures.open.map((life) => Math.floor(ageOf(life, figures) / 86_400))
  return days.filter((day) => day >= from && day < until).length
}

/** How long an incident that is open at the end of the period has been so, on the wall clock. */
export function ageOf(life: Life, { end }: PeriodIncidents<TimeSpan>): Seconds {
  return Math.max(0, end - life.openedAt)
}

/** How many days back a resolved incident makes a like one a repeat. */
export const repeatDays = 30

/** Incidents of the period that are like one resolved shortly before, out of those that can be compared. */
export interface Repeats {
  readonly share: Share
  /** Like incidents opened in the period, most first; only groups with a repeat. */
  readonly groups: readonly { readonly lives: readonly Life[]; readonly repeats: number }[]
}

/** Whether an incident of a period is like one resolved shortly before: see `likeness` and `repeatDays`. */
export interface RepeatJudgement {
  readonly life: Life
  readonly likeness: string
  readonly isRepeat: boolean
}

/** Judges the incidents opened in a period that can be compared. */
export function repeatJudgements(figures: PeriodIncidents<TimeSpan>): readonly RepeatJudgement[] {
  const resolvedAt = new Map<string, Instant[]>()
  const earliest = figures.period.from - repeatDays * 86_400
  for (const life of figures.all) {
    if (life.resolvedAt === null || life.resolvedAt < earliest) continue
    const key = likeness(life.data)
    if (key === undefined) continue
    addTo(resolvedAt, key, life.resolvedAt)
  }
  return figures.opened.flatMap((life) => {
    const key = likeness(life.data)
    if (key === undefined) return []
    const before = (at: Instant): boolean => at < life.openedAt && at > life.openedAt - repeatDays * 86_400
    return [{ life, likeness: key, isRepeat: resolvedAt.get(key)?.some(before) ?? false }]
  })
}

/** The repeat incidents of a period. */
export function repeatIncidents(figures: PeriodIncidents<TimeSpan>): Repeats {
  const judged = repeatJudgements(figures)
  const groups = new Map<string, { lives: Life[]; repeats: number }>()
  for (const { life, likeness: key, isRepeat } of judged) {
    const group = groups.get(key) ?? { lives: [], repeats: 0 }
    groups.set(key, group)
    group.lives.push(life)
    if (isRepeat) group.repeats++
  }
  const repeating = [...groups.values()].filter(({ repeats }) => repeats > 0)
  return {
    share: shareOf(judged, ({ isRepeat }) => isRepeat),
    groups: repeating.sort((a, b) => b.repeats - a.repeats || b.lives.length - a.lives.length),
  }
}
