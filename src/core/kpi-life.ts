import { compare } from './diagnostic.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { once } from './once.ts'
import { type Data, isFilled, textAt, textsAt } from './record.ts'
import type { IncidentFacts } from './report.ts'
import { isFiledAfterTheFact } from './retrospective.ts'

/** A stretch during which an incident waited. */
export interface Hold {
  /** `hold_reason`; `null` where none was given. */
  readonly reason: string | null
  readonly from: Instant
  readonly until: Instant
}

/** What became of an incident until an instant, the cut: only what was recorded before it counts. */
export interface Life {
  readonly incident: IncidentFacts
  readonly state: string
  /** The record as it stood at the cut. */
  readonly data: Data
  /** The earlier of the declared `opened_at` and the first record of it. */
  readonly openedAt: Instant
  /** When it first left `new`; `null` while it has not. */
  readonly acknowledgedAt: Instant | null
  /** When it was resolved for good, that is until the cut; `null` while it is open. */
  readonly resolvedAt: Instant | null
  /** How often it was opened again after it had been resolved or closed. */
  readonly reopens: number
  /** How often the team was replaced by another. The first assignment is none. */
  readonly reassignments: number
  readonly holds: readonly Hold[]
  /** The commit that brought it also resolved or closed it: it was filed after the fact. */
  readonly retrospective: boolean
}

/** Whether a state means that the work is done. Every state besides these and `cancelled` is open. */
export function isResolved(state: string): boolean {
  return state === 'resolved' || state === 'closed'
}

/** Incidents that count, in order of id: those not cancelled as of the report's instant. The same list for the same. */
export const countedIncidents: (incidents: readonly IncidentFacts[]) => readonly IncidentFacts[] = once((incidents) =>
  incidents.filter(({ moments }) => moments.at(-1)?.state !== 'cancelled').sort((a, b) => compare(a.id, b.id)),
)

/**
 * The life of an incident until a cut; `undefined` where it had not begun. Steps count when they were recorded; the
 * start alone counts when it was declared, if that is earlier. An incident declared before the cut and recorded after
 * it counts as open and not acknowledged.
 */
export function lifeUntil(incident: IncidentFacts, cut: Instant): Life | undefined {
  const [first, last] = [incident.moments[0], incident.moments.at(-1)]
  if (!first || !last) return undefined
  const whole = wholeLives.get(incident)
  if (whole && last.recorded < cut) return whole
  const openedAt = openingOf(incident)
  if (openedAt >= cut) return undefined
  let [acknowledgedAt, resolvedAt]: [Instant | null, Instant | null] = [null, null]
  let [reopens, reassignments] = [0, 0]
  let [state, team, data]: [string, string | undefined, Data] = ['new', undefined, first.data]
  let held: { readonly reason: string | null; readonly from: Instant } | undefined
  const holds: Hold[] = []
  for (const moment of incident.moments) {
    if (moment.recorded >= cut) break
    if (moment.state !== 'new' && moment.state !== 'cancelled') acknowledgedAt ??= moment.recorded
    if (isResolved(moment.state)) resolvedAt ??= moment.recorded
    else {
      if (resolvedAt !== null) reopens++
      resolvedAt = null
    }
    const nextTeam = textAt(moment.data, 'team')
    if (isFilled(nextTeam)) {
      if (team !== undefined && team !== nextTeam) reassignments++
      team = nextTeam
    }
    const reason = moment.state === 'on_hold' ? (moment.holdReason ?? null) : undefined
    if (held && held.reason !== reason) {
      holds.push({ ...held, until: moment.recorded })
      held = undefined
    }
    if (reason !== undefined) held ??= { reason, from: moment.recorded }
    ;[state, data] = [moment.state, moment.data]
  }
  if (held) holds.push({ ...held, until: cut })
  const retrospective = isRetrospective(incident)
  const life = {
    incident,
    state,
    data,
    openedAt,
    acknowledgedAt,
    resolvedAt,
    reopens,
    reassignments,
    holds,
    retrospective,
  }
  if (last.recorded < cut && !held) wholeLives.set(incident, life)
  return life
}

/** Lives of incidents that do not wait and to which nothing happened any more: the same at every later cut. */
const wholeLives = new WeakMap<IncidentFacts, Life>()

const isRetrospective = once(({ moments }: IncidentFacts) => isFiledAfterTheFact(moments, isResolved))

/** The earlier of what the first record of an incident declares and when that was recorded. */
const openingOf = once(({ moments: [first] }: IncidentFacts): Instant => {
  const recorded = first?.recorded ?? 0
  return Math.min(parseInstant(textAt(first?.data ?? {}, 'opened_at') ?? '') ?? recorded, recorded)
})

/** Wall-clock seconds from opening to resolution; `undefined` while it is open. */
export function timeToResolve({ openedAt, resolvedAt }: Life): Seconds | undefined {
  return resolvedAt === null ? undefined : Math.max(0, resolvedAt - openedAt)
}

/** What incidents can be told apart by. */
export type Dimension = 'priority' | 'service' | 'team' | 'category'

/** The value of an incident in a dimension; `null` where the field is empty. */
export function valueIn(dimension: Dimension, data: Data): string | null {
  return textAt(data, dimension)?.trim() || null
}

/**
 * What makes two incidents alike: service, CIs and category. `undefined` where no CI is named, because a service and a
 * category alone say too little: in a busy category every incident would repeat another.
 */
export const likeness: (data: Data) => string | undefined = once((data) => {
  const cis = textsAt(data, 'cis').toSorted()
  if (cis.length === 0) return undefined
  return JSON.stringify([textAt(data, 'service') ?? '', cis, textAt(data, 'category') ?? ''])
})
