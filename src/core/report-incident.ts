import { compare } from './diagnostic.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { type Spread, spreadOf } from './kpi-figure.ts'
import { acknowledgeTimes, ageOf, type PeriodIncidents, resolveTimes } from './kpi-incident.ts'
import { type Life, timeToResolve, valueIn } from './kpi-life.ts'
import { isData, listAt, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink, stateOf, words } from './report-page.ts'
import { standing } from './report-standing.ts'

/** The times of the incidents of one priority, or of all (`null`). */
export interface PriorityTimes {
  readonly priority: string | null
  readonly resolve: Spread
  readonly acknowledge: Spread
}

/** Times to acknowledge and to resolve by priority, the most urgent first; those without a priority are named last. */
export function timesByPriority(figures: PeriodIncidents): readonly PriorityTimes[] {
  const of = (lives: readonly Life[], priority: string | null): readonly Life[] =>
    lives.filter(({ data }) => valueIn('priority', data) === priority)
  const values = [...figures.resolved, ...figures.acknowledged].map(({ data }) => valueIn('priority', data))
  return [...new Set(values)]
    .toSorted((a, b) => compare(a ?? '\uffff', b ?? '\uffff'))
    .map((priority) => {
      const own = {
        ...figures,
        resolved: of(figures.resolved, priority),
        acknowledged: of(figures.acknowledged, priority),
      }
      return { priority, resolve: spreadOf(resolveTimes(own)), acknowledge: spreadOf(acknowledgeTimes(own)) }
    })
}

/** An incident of the period that a change caused. */
export interface CausedIncident extends RecordLink {
  readonly priority: string | null
  readonly service: string | null
  /** What the record names: a change here or in another tool. */
  readonly cause: string
  /** The change, where it is a record here. */
  readonly change: RecordLink | null
  readonly outcome: string | null
}

/** The incidents opened in the period that name the change that caused them, the latest first. */
export function causedIncidents(
  facts: ReportFacts,
  page: string,
  { opened }: PeriodIncidents,
): readonly CausedIncident[] {
  const changes = new Map(standing(facts, 'change', facts.period).map((change) => [change.id, change]))
  return opened
    .toSorted((a, b) => b.openedAt - a.openedAt || compare(a.incident.id, b.incident.id))
    .flatMap((life): readonly CausedIncident[] => {
      const cause = textAt(life.data, 'caused_by')?.trim()
      if (!cause) return []
      const change = changes.get(cause)
      const outcome = change && textAt(change.data, 'outcome')
      return [
        {
          ...recordLink(facts, page, life.incident),
          priority: valueIn('priority', life.data),
          service: nameOf(facts, 'service', valueIn('service', life.data)),
          cause,
          change: change ? recordLink(facts, page, change) : null,
          outcome: outcome === undefined ? null : words(outcome),
        },
      ]
    })
}

/** One event in the life of a major incident. */
export interface MajorEvent {
  readonly at: Instant
  readonly what: string
  /** Who told of it; `null` for what a review wrote down. */
  readonly by: string | null
}

/** A major incident with what happened, and whether somebody looked back on it. */
export interface MajorIncident extends RecordLink {
  readonly service: string | null
  readonly openedAt: Instant
  /** From the start to the declared restoration; `null` where none is declared. */
  readonly untilRestored: Seconds | null
  readonly untilResolved: Seconds | null
  readonly review: RecordLink | null
  readonly reviewState: string | null
  readonly events: readonly MajorEvent[]
}

/** The major incidents that were opened, open or resolved in the period, the latest first. */
export function majorIncidents(facts: ReportFacts, page: string, figures: PeriodIncidents): readonly MajorIncident[] {
  const reviews = standing(facts, 'review', facts.period)
  const touched = new Set([...figures.opened, ...figures.open, ...figures.resolved])
  return [...touched]
    .filter(({ data }) => data['major'] === true)
    .toSorted((a, b) => b.openedAt - a.openedAt || compare(a.incident.id, b.incident.id))
    .map((life) => {
      const named = textAt(life.data, 'review')
      const review = reviews.find(({ id }) => id === named)
      const restored = parseInstant(textAt(life.data, 'restored_at') ?? '')
      return {
        ...recordLink(facts, page, life.incident),
        service: nameOf(facts, 'service', valueIn('service', life.data)),
        openedAt: life.openedAt,
        untilRestored: restored === undefined || restored < life.openedAt ? null : restored - life.openedAt,
        untilResolved: timeToResolve(life) ?? null,
        review: review ? recordLink(facts, page, review) : null,
        reviewState: review ? words(review.state) : null,
        events: eventsOf(life, facts),
      }
    })
}

/** The steps and notes of the log up to the end of the period; the steps as recorded where there is no log. */
function eventsOf({ data, incident }: Life, { period, asOf }: ReportFacts): readonly MajorEvent[] {
  const end = Math.min(period.until, asOf)
  const logged = listAt(data, 'log')
    .filter(isData)
    .flatMap((entry): readonly MajorEvent[] => {
      const at = parseInstant(textAt(entry, 'at') ?? '')
      if (at === undefined || at > end) return []
      const state = textAt(entry, 'state')
      const parts = [state === undefined ? undefined : words(state), textAt(entry, 'note')]
      const what = parts.filter((part) => part !== undefined && part.trim() !== '').join(': ')
      return [{ at, what, by: textAt(entry, 'by') ?? null }]
    })
  if (logged.length > 0) return logged.toSorted((a, b) => a.at - b.at)
  return incident.moments
    .filter(({ state, recorded }, index) => recorded <= end && state !== incident.moments[index - 1]?.state)
    .map(({ state, recorded, commit }) => ({ at: recorded, what: words(state), by: commit.by }))
}

/** An incident that is open at the end of the period. */
export interface OpenIncident extends RecordLink {
  readonly priority: string | null
  readonly team: string | null
  readonly state: string
  readonly age: Seconds
}

/** The incidents open at the end of the period, the longest open first. */
export function longestOpen(facts: ReportFacts, page: string, figures: PeriodIncidents): readonly OpenIncident[] {
  return figures.open
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .map((life) => ({
      ...recordLink(facts, page, life.incident),
      priority: valueIn('priority', life.data),
      team: nameOf(facts, 'team', valueIn('team', life.data)),
      state: stateOf(life.incident),
      age: ageOf(life, figures),
    }))
}

/** An incident that gave more work than others: opened again, or passed from team to team. */
export interface RestlessIncident extends RecordLink {
  readonly priority: string | null
  readonly team: string | null
  readonly times: number
}

/** The incidents resolved or open in the period with the most reopenings or changes of team; the most first. */
export function restless(
  facts: ReportFacts,
  page: string,
  { resolved, open }: PeriodIncidents,
  by: 'reopens' | 'reassignments',
): readonly RestlessIncident[] {
  return [...resolved, ...open]
    .filter((life) => life[by] > 0)
    .toSorted((a, b) => b[by] - a[by] || compare(a.incident.id, b.incident.id))
    .map((life) => ({
      ...recordLink(facts, page, life.incident),
      priority: valueIn('priority', life.data),
      team: nameOf(facts, 'team', valueIn('team', life.data)),
      times: life[by],
    }))
}
