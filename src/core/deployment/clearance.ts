import { modelStanding } from '../change-model.ts'
import type { ConflictFacts } from '../conflict-facts.ts'
import { reachOf } from '../conflict-reach.ts'
import { settled } from '../conflict-waiver.ts'
import { type Restriction, restrictionsOf } from '../conflict-windows.ts'
import { humanDuration, humanInstant, type Instant, parseInstant } from '../instant.ts'
import { requiredIn, type State } from '../lifecycle.ts'
import { type PlannedChange, plannedChange } from '../planned-change.ts'
import { isData, isFilled, type RecordDoc, textAt, textsAt, valueAt } from '../record.ts'
import type { TimeSpan } from '../time-span.ts'
import { leaf, type Verdict } from '../verdict.ts'
import type { Authority } from './authority.ts'
import { type DeploymentTarget, itemsIn, servicesIn } from './target.ts'

/** Whether one change clears a deployment, and what that rests on. */
export interface Clearance extends Verdict {
  readonly change: RecordDoc
  readonly window?: TimeSpan
  /** Until when it clears it, at the latest: the end of its window, the next freeze, or when an approval is due. */
  readonly until?: Instant
  /** Whether its approvals were looked at; absent where something stood against it before that. */
  readonly authority?: Authority
}

/** What a clearance is asked for and in. */
export interface ClearanceFacts {
  readonly target: DeploymentTarget
  readonly at: Instant
  readonly conflict: ConflictFacts
  readonly states: ReadonlyMap<string, State>
  /** The states in which a change is authorised and not over. */
  readonly authorised: ReadonlySet<string>
  /** `<type>/<id>` of records that cannot be read. */
  readonly unreadable: ReadonlySet<string>
  /** What the rules of its type find wrong with a change, in sentences. */
  readonly faultsOf: (change: RecordDoc) => readonly string[]
}

/** What stands for and against a change at an instant, but for its approvals. */
export function clearanceBefore(change: RecordDoc, facts: ClearanceFacts): Clearance {
  const { at, conflict } = facts
  const planned = plannedChange(change, conflict.records)
  const parts = [
    standing(change, facts),
    ...readable(change, facts),
    window(change, planned, at),
    ...(planned ? freezes(change, planned, facts) : []),
    ...model(change, facts),
    ...facts.faultsOf(change).map((because) => leaf(false, because)),
  ]
  const against = parts.find(({ met }) => !met)
  const until = planned && endOf(change, planned, facts)
  return {
    change,
    met: against === undefined,
    because: against?.because ?? 'it is inside its window',
    parts,
    ...(planned && { window: { from: planned.from, until: planned.until } }),
    ...(until !== undefined && { until }),
  }
}

/** A clearance with what its approvals make of it. */
export function clearanceWith(before: Clearance, authority: Authority): Clearance {
  const met = before.met && authority.met
  const { because } = before.met ? authority : before
  const ends = [before.until, authority.until].filter((end) => end !== undefined)
  const until = ends.length > 0 && { until: Math.min(...ends) }
  return { ...before, ...until, authority, met, because, parts: [...before.parts, authority] }
}

/** Whether it stands where it was authorised and is not over, with all that this state asks for. */
function standing({ data }: RecordDoc, { authorised, states, at }: ClearanceFacts): Verdict {
  const state = textAt(data, 'state') ?? ''
  if (!authorised.has(state))
    return leaf(false, `it is ${state}, where nothing may begin: ${meaning(states.get(state)?.description)}`)
  const hold = data['on_hold']
  if (isData(hold)) return leaf(false, `it is on hold: ${textAt(hold, 'reason') ?? 'for no reason given'}`)
  const end = parseInstant(textAt(data, 'actual_end') ?? '')
  if (end !== undefined && end <= at) return leaf(false, `it was over at ${humanInstant(end)} UTC`)
  const stands = states.get(state)
  const missing = (stands ? requiredIn(stands, data) : []).filter((path) => !isFilled(valueAt(data, path.split('.'))))
  if (missing.length > 0) return leaf(false, `it is ${state}, but lacks ${missing.join(', ')}`)
  return leaf(true, `it is ${state}`)
}

/** What a state means, as its lifecycle says it. */
function meaning(description = 'its lifecycle does not know that state'): string {
  const [first = ''] = description.split(/[.;]/)
  return first.charAt(0).toLowerCase() + first.slice(1)
}

/** What it names must be readable, or nobody knows what it touches. */
function readable({ data }: RecordDoc, { conflict: { records }, unreadable }: ClearanceFacts): readonly Verdict[] {
  const named = (['ci', 'service'] as const).flatMap((type) =>
    textsAt(data, type === 'ci' ? 'cis' : 'services').map((id) => ({ type, id })),
  )
  return named.flatMap(({ type, id }) => {
    if (records.find(type, id)) return []
    return [leaf(false, `${id} ${unreadable.has(`${type}/${id}`) ? 'cannot be read' : 'does not exist'}`)]
  })
}

function window({ data }: RecordDoc, planned: PlannedChange | undefined, at: Instant): Verdict {
  if (!planned) {
    const given = ['planned_start', 'planned_end'].filter((field) => isFilled(data[field]))
    return leaf(false, given.length < 2 ? 'it has no planned window' : 'its planned window ends before it begins')
  }
  const { from, until } = planned
  if (at < from) return leaf(false, `its window begins in ${humanDuration(from - at)}, at ${humanInstant(from)} UTC`)
  if (at >= until)
    return leaf(false, `its window ended ${humanDuration(at - until)} ago, at ${humanInstant(until)} UTC`)
  return leaf(true, `it is inside its window, which ends at ${humanInstant(until)} UTC`)
}

/**
 * The times that freezes and maintenance windows forbid to what is deployed: by the change's items in the environment.
 */
function forbidding(
  change: PlannedChange,
  { conflict, target }: ClearanceFacts,
  span: TimeSpan,
): readonly Restriction[] {
  const cis = itemsIn(change.record.data, target.environment, conflict.records)
  const services = servicesIn(change.record.data, target.environment)
  const deployed = { ...change, cis, services, ...span }
  return restrictionsOf(deployed, reachOf(deployed, conflict.graph), conflict, span).filter(
    ({ blocks, kind }) => blocks && (change.changeType !== 'emergency' || kind === 'lockdown'),
  )
}

function freezes(change: RecordDoc, planned: PlannedChange, facts: ClearanceFacts): readonly Verdict[] {
  const { at, conflict } = facts
  const now = { from: at, until: at + 1 }
  const lasting = forbidding(planned, facts, now).filter(({ forbidden }) => forbidden(now).length > 0)
  if (lasting.length === 0) return [leaf(true, 'neither freeze nor maintenance window stands against it')]
  const told = settled(
    change,
    lasting.map(({ forbidden: _, ...restriction }) => ({ ...restriction, ...now })),
    conflict.records,
  )
  return told.map(({ because, waiver, flaw }) => {
    if (waiver) return leaf(true, `${because}, which ${waiver.approver} has waived: ${waiver.reason.trim()}`)
    return leaf(false, flaw ? `${because}; the waiver does not count: ${flaw.because}` : because)
  })
}

/** The end of the window, or of the time before the next freeze that is not waived. */
function endOf(change: RecordDoc, planned: PlannedChange, facts: ClearanceFacts): Instant {
  const { at, conflict } = facts
  const rest = { from: at, until: planned.until }
  if (rest.from >= rest.until) return planned.until
  const ahead = forbidding(planned, facts, rest).flatMap(({ forbidden, ...restriction }) =>
    forbidden(rest).map((span) => ({ ...restriction, ...span })),
  )
  const open = settled(change, ahead, conflict.records).filter(({ waiver }) => waiver === undefined)
  return Math.min(planned.until, ...open.map(({ from }) => from))
}

/** A standard change is authorised by its model, which must still be good. */
function model({ data }: RecordDoc, { conflict: { records }, at }: ClearanceFacts): readonly Verdict[] {
  if (textAt(data, 'change_type') !== 'standard') return []
  const id = textAt(data, 'model') ?? ''
  const followed = records.find('change-model', id)
  if (!followed) return [leaf(false, id === '' ? 'it names no model' : `its model ${id} cannot be read`)]
  const { met, because, parts } = modelStanding(followed, records, at)
  return [{ met, because: met ? because : `its model ${id} may not be followed: ${because}`, parts }]
}
