import { isPast } from './article.ts'
import { compare } from './diagnostic.ts'
import type { Seconds } from './instant.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import { valueIn } from './kpi-life.ts'
import { isWithin } from './period.ts'
import { isFilled, textAt, textsAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink, words } from './report-page.ts'
import { ageAt, endOf, enteredWithin, type Standing, standing } from './report-standing.ts'

/** An open problem. */
export interface OpenProblem extends RecordLink {
  readonly state: string
  readonly priority: string | null
  readonly owner: string | null
  readonly age: Seconds
  /** Incidents that it names or that name it, ever and of those opened in the period. */
  readonly incidents: number
  readonly incidentsNow: number
  readonly isKnownError: boolean
}

/** A known error: a cause that is understood but not removed, with what to do until then. */
export interface KnownError extends RecordLink {
  readonly workaround: string | null
  /** The article that tells it; `null` where none does. */
  readonly article: RecordLink | null
  readonly incidentsNow: number
}

/** A problem that is lived with, and until when. */
export interface AcceptedRisk extends RecordLink {
  readonly owner: string | null
  /** The last day on which the acceptance holds. */
  readonly reviewBy: string | null
  readonly isExpired: boolean
}

/** The problems at the end of a period, and what became of problems in it. */
export interface ProblemFigures {
  readonly n: number
  readonly opened: number
  readonly resolved: number
  readonly closed: number
  readonly states: readonly { readonly state: string; readonly count: number; readonly age: Spread }[]
  /** The one with most incidents in the period first, then the oldest. */
  readonly open: readonly OpenProblem[]
  readonly knownErrors: readonly KnownError[]
  readonly accepted: readonly AcceptedRisk[]
  /** Problems whose cause is known, by category; most first. */
  readonly causes: readonly {
    readonly category: string | null
    readonly problems: number
    readonly incidents: number
  }[]
  /** Of the incidents opened in the period, those that belong to a problem. */
  readonly linked: Share
}

const openStates: readonly string[] = ['new', 'assess', 'root_cause_analysis', 'fix_in_progress']
const done: readonly string[] = ['resolved', 'closed']

/** The state of problems at the end of a period. */
export function problemFigures(facts: ReportFacts, page: string): ProblemFigures {
  const { period } = facts
  const problems = standing(facts, 'problem', period)
  const incidents = incidentsByProblem(facts, problems)
  const none: Linked = { all: new Set(), now: new Set() }
  const linkedTo = ({ id }: Standing): Linked => incidents.get(id) ?? none
  const open = problems.filter(({ state }) => openStates.includes(state))
  const opened = openedIncidents(facts)
  const articles = standing(facts, 'knowledge', period)
  const belonging = new Set([...incidents.values()].flatMap(({ now }) => [...now]))
  return {
    n: problems.length,
    opened: problems.filter(({ openedAt }) => isWithin(period, openedAt)).length,
    resolved: enteredWithin(period, problems, done).length,
    closed: enteredWithin(period, problems, ['closed']).length,
    states: openStates.flatMap((state) => {
      const ages = open.filter((each) => each.state === state).map((each) => ageAt(each, endOf(facts, period)))
      return ages.length > 0 ? [{ state: words(state), count: ages.length, age: spreadOf(ages) }] : []
    }),
    open: open
      .map(
        (problem): OpenProblem => ({
          ...recordLink(facts, page, problem),
          state: words(problem.state),
          priority: valueIn('priority', problem.data),
          owner: nameOf(facts, 'team', textAt(problem.data, 'owner') ?? null),
          age: ageAt(problem, endOf(facts, period)),
          incidents: linkedTo(problem).all.size,
          incidentsNow: linkedTo(problem).now.size,
          isKnownError: problem.data['known_error'] === true,
        }),
      )
      .toSorted((a, b) => b.incidentsNow - a.incidentsNow || b.age - a.age || compare(a.id, b.id)),
    knownErrors: open
      .filter(({ data }) => data['known_error'] === true)
      .map((problem) => ({
        ...knownError(facts, page, problem, articles),
        incidentsNow: linkedTo(problem).now.size,
      }))
      .toSorted((a, b) => b.incidentsNow - a.incidentsNow || compare(a.id, b.id)),
    accepted: problems
      .filter(({ state, data }) => done.includes(state) && data['resolution_code'] === 'risk_accepted')
      .map((problem) => acceptedRisk(facts, page, problem))
      .toSorted((a, b) => compare(a.reviewBy ?? '9', b.reviewBy ?? '9') || compare(a.id, b.id)),
    causes: causesOf(problems, linkedTo),
    linked: { count: opened.filter((id) => belonging.has(id)).length, n: opened.length },
  }
}

interface Linked {
  readonly all: Set<string>
  /** Opened in the period. */
  readonly now: Set<string>
}

/** The incidents of problems: those that a problem names, and those that name it. */
function incidentsByProblem(facts: ReportFacts, problems: readonly Standing[]): ReadonlyMap<string, Linked> {
  const found = new Map<string, Linked>(problems.map(({ id }) => [id, { all: new Set(), now: new Set() }]))
  const opened = new Map(standing(facts, 'incident', facts.period).map((incident) => [incident.id, incident]))
  const link = (problem: string | undefined, incident: string): void => {
    const known = opened.get(incident)
    const linked = problem === undefined ? undefined : found.get(problem)
    if (!known || !linked) return
    linked.all.add(incident)
    if (isWithin(facts.period, known.openedAt)) linked.now.add(incident)
  }
  for (const { id, data } of problems) for (const incident of textsAt(data, 'incidents')) link(id, incident)
  for (const { id, data } of opened.values()) link(textAt(data, 'problem'), id)
  return found
}

function openedIncidents(facts: ReportFacts): readonly string[] {
  return standing(facts, 'incident', facts.period)
    .filter(({ openedAt }) => isWithin(facts.period, openedAt))
    .map(({ id }) => id)
}

function knownError(
  facts: ReportFacts,
  page: string,
  problem: Standing,
  articles: readonly Standing[],
): Omit<KnownError, 'incidentsNow'> {
  const named = textAt(problem.data, 'article')
  const article = articles.find(
    ({ id, data }) => id === named || (named === undefined && textAt(data, 'problem') === problem.id),
  )
  return {
    ...recordLink(facts, page, problem),
    workaround: textAt(problem.data, 'workaround') ?? null,
    article: article ? recordLink(facts, page, article) : null,
  }
}

function acceptedRisk(facts: ReportFacts, page: string, problem: Standing): AcceptedRisk {
  const reviewBy = textAt(problem.data, 'review_by') ?? null
  return {
    ...recordLink(facts, page, problem),
    owner: textAt(problem.data, 'risk_owner') ?? null,
    reviewBy,
    isExpired: reviewBy !== null && isPast(reviewBy, endOf(facts, facts.period)),
  }
}

function causesOf(problems: readonly Standing[], linkedTo: (problem: Standing) => Linked): ProblemFigures['causes'] {
  const groups = new Map<string | null, { problems: number; incidents: Set<string> }>()
  for (const problem of problems) {
    if (!isFilled(problem.data['root_cause'])) continue
    const category = valueIn('category', problem.data)
    const group = groups.get(category) ?? { problems: 0, incidents: new Set() }
    group.problems++
    for (const incident of linkedTo(problem).all) group.incidents.add(incident)
    groups.set(category, group)
  }
  return [...groups]
    .map(([category, { problems: count, incidents }]) => ({ category, problems: count, incidents: incidents.size }))
    .toSorted(
      (a, b) => b.problems - a.problems || b.incidents - a.incidents || compare(a.category ?? '', b.category ?? ''),
    )
}
