import type { AssessmentFacts } from '../change-assessment.ts'
import { pairsOf } from '../conflict-report.ts'
import { isOpen } from '../conflict-waiver.ts'
import { authorisedStates } from '../deployment/authorised-state.ts'
import type { Authority } from '../deployment/authority.ts'
import { compare } from '../diagnostic.ts'
import type { RecordIndex, Rulebook } from '../facts.ts'
import type { Instant } from '../instant.ts'
import type { Period } from '../period.ts'
import { claimsTime, plannedChange } from '../planned-change.ts'
import { type RecordDoc, textAt } from '../record.ts'
import { riskLevels } from '../risk-level.ts'
import { overlap, type TimeSpan } from '../time-span.ts'
import { windowTimes } from '../window-schedule.ts'
import { type AgendaItem, agendaItem, conflictsIn, type ProposedChange } from './item.ts'
import { type PastChange, pastChange } from './past.ts'

/** What an agenda rests on. */
export interface AgendaFacts {
  readonly rulebook: Rulebook
  /** The records of the mainline, with what open pull requests propose laid over them. */
  readonly records: RecordIndex
  readonly assessing: AssessmentFacts
  readonly week: Period
  /** The week before, whose changes are looked back on. */
  readonly before: Period
  readonly asOf: Instant
  readonly zone: string
  /** What open pull requests propose, by id of the change. */
  readonly proposed: ReadonlyMap<string, ProposedChange>
  /** The authority of emergency changes that are under way or over. */
  readonly emergencies: ReadonlyMap<string, Authority>
  /** Why it does not know of open pull requests; `null` where it does. */
  readonly withoutPulls: string | null
}

/** A time of a window, as an agenda lists it. */
export interface AgendaWindow extends TimeSpan {
  readonly id: string
  readonly title: string
  readonly kind: 'freeze' | 'maintenance'
}

/** Two changes that cannot both have their time. */
export interface AgendaPair {
  readonly one: string
  readonly other: string
  readonly because: string
  readonly open: boolean
}

/** A change that is authorised, in the order of its time. */
export interface ScheduledChange extends TimeSpan {
  readonly id: string
  readonly title: string
  readonly implementer: string | null
  readonly services: readonly string[]
  /** Whether its time is over and nobody wrote down what became of it. */
  readonly overdue: boolean
}

/** An emergency change whose approval was to follow. */
export interface Ratification {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly because: string
  /** When it is due; `null` where it cannot be met any more. */
  readonly until: Instant | null
}

/** The agenda of a change advisory board for a week. */
export interface Agenda {
  readonly week: Period
  readonly zone: string
  readonly asOf: Instant
  readonly withoutPulls: string | null
  /** Changes to be decided about, the riskiest first. */
  readonly items: readonly AgendaItem[]
  /** Changes that are not ready for that: nobody has put them up for assessment. */
  readonly unready: readonly AgendaItem[]
  readonly pairs: readonly AgendaPair[]
  readonly ratifications: readonly Ratification[]
  readonly windows: readonly AgendaWindow[]
  readonly scheduled: readonly ScheduledChange[]
  /** Changes whose work ended in the week before. */
  readonly past: readonly PastChange[]
}

/** Draws up an agenda: a pure function of what is known. */
export function agendaOf(facts: AgendaFacts): Agenda {
  const { records, rulebook, week, assessing } = facts
  const lifecycle = rulebook.types.get('change')?.lifecycle
  const authorised = lifecycle ? authorisedStates(lifecycle) : new Set<string>()
  const isFinal = (state: string): boolean => lifecycle?.states.get(state)?.final === true
  const changes = records.ofType('change')
  const open = changes.filter((change) => !isFinal(stateOf(change)))
  const isDecidedNow = ({ id }: RecordDoc): boolean => facts.proposed.get(id)?.decides === true
  const undecided = open.filter((change) => isDecidedNow(change) || !authorised.has(stateOf(change)))
  const [waiting, unready] = partition(
    undecided.filter((change) => isDecidedNow(change) || stateOf(change) !== 'rejected'),
    (change) => isDecidedNow(change) || claimsTime(stateOf(change), lifecycle),
  )
  const items = listed(waiting, facts)
  const planned = open.filter(
    (change) => !isDecidedNow(change) && authorised.has(stateOf(change)) && claimsTime(stateOf(change), lifecycle),
  )
  const scheduled = planned.flatMap((change) => scheduledChange(change, facts) ?? [])
  const told = new Set([...items.map(({ id }) => id), ...scheduled.map(({ id }) => id)])
  const pairs = pairsOf(changes.filter(({ id }) => told.has(id)).map((each) => conflictsIn(each, facts)))
  return {
    ...{ week, zone: facts.zone, asOf: facts.asOf, withoutPulls: facts.withoutPulls },
    items,
    unready: listed(unready, facts),
    pairs: pairs.flatMap(({ ids: [one, other], conflicts }) => {
      const shown = conflicts.find(isOpen) ?? conflicts.find(({ blocks }) => blocks) ?? conflicts[0]
      return shown ? [{ one, other, because: shown.because, open: isOpen(shown) }] : []
    }),
    ratifications: open.flatMap((change) => ratification(change, facts.emergencies.get(change.id)) ?? []),
    windows: windowTimes(assessing.conflict.windows, week).map(({ window, from, until }) => {
      return { id: window.id, title: window.title, kind: window.kind, from, until }
    }),
    scheduled: scheduled.toSorted((a, b) => a.from - b.from || compare(a.id, b.id)),
    past: changes.flatMap((change) => pastChange(change, facts.before) ?? []).toSorted((a, b) => a.until - b.until),
  }
}

function listed(changes: readonly RecordDoc[], facts: AgendaFacts): readonly AgendaItem[] {
  const lifecycle = facts.rulebook.types.get('change')?.lifecycle
  const items = changes.map((change) => agendaItem(change, facts, lifecycle)).toSorted(byRisk)
  return items.map((item, index) => ({ place: index + 1, ...item }))
}

/** The riskiest first, then the service that matters most, then the soonest. */
function byRisk(a: Unplaced, b: Unplaced): number {
  const level = ({ risk }: Unplaced): number => riskLevels.indexOf(risk.level)
  const never = Number.MAX_SAFE_INTEGER
  return (
    level(b) - level(a) ||
    (a.tier ?? never) - (b.tier ?? never) ||
    (a.window?.from ?? never) - (b.window?.from ?? never) ||
    compare(a.id, b.id)
  )
}

type Unplaced = Omit<AgendaItem, 'place'>

/** An authorised change with its time in the week; one whose time is over and that was never told to begin, too. */
function scheduledChange(change: RecordDoc, { records, week, asOf }: AgendaFacts): ScheduledChange | undefined {
  const planned = plannedChange(change, records)
  if (!planned) return undefined
  const overdue = planned.until <= asOf
  if (!overdue && !overlap(planned, week)) return undefined
  return {
    ...{ id: change.id, title: textAt(change.data, 'title') ?? '', from: planned.from, until: planned.until, overdue },
    implementer: textAt(change.data, 'implementer') ?? null,
    services: [...planned.affected].toSorted(),
  }
}

function ratification({ id, data }: RecordDoc, authority: Authority | undefined): Ratification | undefined {
  if (!authority || (authority.met && authority.until === undefined)) return undefined
  const { because, until = null } = authority
  return { id, title: textAt(data, 'title') ?? '', state: textAt(data, 'state') ?? '', because, until }
}

function stateOf({ data }: RecordDoc): string {
  return textAt(data, 'state') ?? ''
}

function partition<T>(all: readonly T[], holds: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))]
}
