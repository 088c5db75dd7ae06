import { membersOf } from './approval/person.ts'
import { policyOf } from './approval/policy.ts'
import type { Requirement } from './approval/requirement.ts'
import type { Conflict, ConflictKind } from './conflict.ts'
import type { RecordIndex } from './facts.ts'
import { type Instant, isDate, parseInstant } from './instant.ts'
import { personKeys } from './person-key.ts'
import { plannedChange } from './planned-change.ts'
import { type Data, isData, listAt, type RecordDoc, textAt } from './record.ts'

/** A conflict with what the waivers make of it. */
export interface SettledConflict extends Conflict {
  /** The waiver that counts, who gave it and why, and the change that carries it. */
  readonly waiver?: { readonly of: string; readonly approver: string; readonly reason: string }
  /** Why a waiver of the change that was meant for it does not count, and the field of the waiver that is to blame. */
  readonly flaw?: WaiverFlaw & { readonly index: number }
}

interface WaiverFlaw {
  readonly field: 'approver' | 'conflict' | 'expires'
  readonly because: string
}

/** Whether a conflict keeps its change from being scheduled: it blocks, and no waiver counts. */
export function isOpen({ blocks, waiver }: SettledConflict): boolean {
  return blocks && waiver === undefined
}

/**
 * Holds the conflicts of a change against its waivers, and against those that the other change carries for this one:
 * who has accepted that two changes happen together has accepted it for both.
 */
export function settled(
  change: RecordDoc,
  conflicts: readonly Conflict[],
  records: RecordIndex,
): readonly SettledConflict[] {
  const judge = waiverJudge(records)
  const own = judge(change)
  return conflicts.map((conflict) => {
    const other = conflict.with.type === 'change' ? records.find('change', conflict.with.id) : undefined
    const meant = own.filter((waiver) => isMeant(waiver.data, conflict.kind, conflict.with.id))
    const theirs = (other ? judge(other) : []).filter(({ data }) => isMeant(data, mirrored(conflict.kind), change.id))
    const good = [...meant, ...theirs].find(({ flaw }) => flaw === undefined)
    if (good) {
      const [approver, reason] = [textAt(good.data, 'approver') ?? '', textAt(good.data, 'reason') ?? '']
      return { ...conflict, waiver: { of: good.of, approver, reason } }
    }
    const [bad] = meant
    return bad?.flaw ? { ...conflict, flaw: { index: bad.index, ...bad.flaw } } : conflict
  })
}

/** The same collision as the other change sees it. */
function mirrored(kind: ConflictKind): ConflictKind {
  if (kind === 'parent_ci_already_scheduled') return 'child_ci_already_scheduled'
  return kind === 'child_ci_already_scheduled' ? 'parent_ci_already_scheduled' : kind
}

interface JudgedWaiver {
  readonly of: string
  readonly index: number
  readonly data: Data
  readonly flaw: WaiverFlaw | undefined
}

/** Whether a waiver is meant for a conflict: one without `with` is meant for every partner. */
function isMeant(waiver: Data, kind: ConflictKind, partner: string): boolean {
  const other = textAt(waiver, 'with')
  return textAt(waiver, 'conflict') === kind && (other === undefined || other === partner)
}

/** Judges the waivers of changes, those of each change once. */
function waiverJudge(records: RecordIndex): (change: RecordDoc) => readonly JudgedWaiver[] {
  const key = personKeys(records)
  const known = new Map<string, readonly JudgedWaiver[]>()
  return (change) => {
    const before = known.get(change.id)
    if (before) return before
    const waivers = listAt(change.data, 'waivers')
    const approvers = waivers.length === 0 ? new Set<string>() : waiverApprovers(change, records, key)
    const judged = waivers.flatMap((data, index) =>
      isData(data) ? [{ of: change.id, index, data, flaw: flawOf(data, change, approvers, key) }] : [],
    )
    known.set(change.id, judged)
    return judged
  }
}

/** A waiver must hold to the planned end: that is told from the record alone, so that no reading changes by waiting. */
function flawOf(
  waiver: Data,
  { data }: RecordDoc,
  approvers: ReadonlySet<string>,
  key: (name: string) => string,
): WaiverFlaw | undefined {
  if (textAt(waiver, 'conflict') === 'lockdown') return { field: 'conflict', because: 'a lockdown cannot be waived' }
  const approver = textAt(waiver, 'approver') ?? ''
  for (const role of ['requester', 'implementer']) {
    const person = textAt(data, role)
    if (person !== undefined && key(person) === key(approver)) {
      return { field: 'approver', because: `${approver} is the ${role} of the change` }
    }
  }
  if (!approvers.has(key(approver))) {
    const because = `${approver} is in none of the teams that authorise changes or own an affected service`
    return { field: 'approver', because }
  }
  const [expires, end] = [endOf(textAt(waiver, 'expires')), parseInstant(textAt(data, 'planned_end') ?? '')]
  if (expires === undefined || end === undefined || expires >= end) return undefined
  return { field: 'expires', because: 'it expires before the planned end of the change' }
}

/** The instant up to which a text counts: a day counts to its end, in UTC. */
function endOf(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined
  if (!isDate(text)) return parseInstant(text)
  const midnight = parseInstant(`${text}T00:00:00Z`)
  return midnight === undefined ? undefined : midnight + 86_400
}

/**
 * Who may waive a conflict: members of the teams that the policies of changes name, and of those that own a service the
 * change affects. Where there is neither, members of any team.
 */
function waiverApprovers(change: RecordDoc, records: RecordIndex, key: (name: string) => string): ReadonlySet<string> {
  const guarding = records
    .ofType('policy')
    .map(policyOf)
    .filter(({ guards }) => guards.includes('change'))
  const named = guarding.flatMap(({ rules }) => rules.flatMap(({ require }) => teamsIn(require)))
  const affected = plannedChange(change, records)?.affected ?? []
  const owners = [...affected].flatMap((id) => textAt(records.find('service', id)?.data ?? {}, 'owner') ?? [])
  const chosen = [...named, ...owners].flatMap((team) => membersOf(records, team) ?? [])
  const everybody = () => records.ofType('team').flatMap(({ id }) => membersOf(records, id) ?? [])
  return new Set((chosen.length > 0 ? chosen : everybody()).map(({ login }) => key(login)))
}

/** The teams that a requirement asks, at any depth. */
function teamsIn(require: Requirement): readonly string[] {
  if (require.kind === 'approvals') return require.from
  return require.kind === 'all' || require.kind === 'any' ? require.parts.flatMap(teamsIn) : []
}
