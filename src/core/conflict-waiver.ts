import type { Conflict } from './conflict.ts'
import type { RecordIndex } from './facts.ts'
import { type Instant, isDate, parseInstant } from './instant.ts'
import { plannedChange } from './planned-change.ts'
import { type Data, isData, listAt, type RecordDoc, textAt, textsAt } from './record.ts'

/** A conflict with what the waivers of the change make of it. */
export interface SettledConflict extends Conflict {
  /** The waiver that counts: its place in the list, and who gave it. */
  readonly waiver?: { readonly index: number; readonly approver: string; readonly reason: string }
  /** Why a waiver that was meant for it does not count, and the field of the waiver that is to blame. */
  readonly flaw?: {
    readonly index: number
    readonly field: 'approver' | 'conflict' | 'expires'
    readonly because: string
  }
}

/** Whether a conflict keeps its change from being scheduled: it blocks, and no waiver counts. */
export function isOpen({ blocks, waiver }: SettledConflict): boolean {
  return blocks && waiver === undefined
}

/** Holds the waivers of a change against its conflicts. */
export function settled(
  change: RecordDoc,
  conflicts: readonly Conflict[],
  records: RecordIndex,
): readonly SettledConflict[] {
  const waivers = listAt(change.data, 'waivers').map((waiver) => (isData(waiver) ? waiver : {}))
  if (waivers.length === 0) return conflicts
  const approvers = waiverApprovers(change, records)
  return conflicts.map((conflict) => {
    const meant = waivers.flatMap((waiver, index) => (matches(waiver, conflict) ? [{ waiver, index }] : []))
    const judged = meant.map(({ waiver, index }) => ({
      waiver,
      index,
      flaw: flawOf(waiver, conflict, change, approvers),
    }))
    const good = judged.find(({ flaw }) => flaw === undefined)
    if (good) {
      const [approver, reason] = [textAt(good.waiver, 'approver') ?? '', textAt(good.waiver, 'reason') ?? '']
      return { ...conflict, waiver: { index: good.index, approver, reason } }
    }
    const [bad] = judged
    return bad?.flaw ? { ...conflict, flaw: { index: bad.index, ...bad.flaw } } : conflict
  })
}

function matches(waiver: Data, conflict: Conflict): boolean {
  const other = textAt(waiver, 'with')
  return textAt(waiver, 'conflict') === conflict.kind && (other === undefined || other === conflict.with.id)
}

type Flaw = Omit<NonNullable<SettledConflict['flaw']>, 'index'>

/** A waiver must hold to the end of the change; that is told from the record alone, so no reading changes by waiting. */
function flawOf(
  waiver: Data,
  { kind }: Conflict,
  { data }: RecordDoc,
  approvers: ReadonlySet<string>,
): Flaw | undefined {
  if (kind === 'lockdown') return { field: 'conflict', because: 'a lockdown cannot be waived' }
  const approver = textAt(waiver, 'approver') ?? ''
  for (const role of ['requester', 'implementer']) {
    if (textAt(data, role)?.toLowerCase() === approver.toLowerCase()) {
      return { field: 'approver', because: `${approver} is the ${role} of the change` }
    }
  }
  if (!approvers.has(approver.toLowerCase())) {
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
 * Who may waive a conflict, in lower case: members of the teams that the policies of changes name, and of those that own
 * a service the change affects. Where there is neither, members of any team.
 */
function waiverApprovers(change: RecordDoc, records: RecordIndex): ReadonlySet<string> {
  const guarding = records.ofType('policy').filter(({ data }) => textsAt(data, 'guards').includes('change'))
  const named = guarding.flatMap(({ data }) => listAt(data, 'rules').flatMap((rule) => teamsIn(rule)))
  const affected = plannedChange(change, records)?.affected ?? []
  const owners = [...affected].flatMap((id) => textAt(records.find('service', id)?.data ?? {}, 'owner') ?? [])
  const chosen = [...named, ...owners].flatMap((id) => records.find('team', id) ?? [])
  const teams = chosen.length > 0 ? chosen : records.ofType('team')
  return new Set(
    teams.flatMap(({ data }) =>
      listAt(data, 'members').flatMap((member) =>
        isData(member) ? (textAt(member, 'login')?.toLowerCase() ?? []) : [],
      ),
    ),
  )
}

/** The teams that a rule of a policy asks, at any depth. */
function teamsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(teamsIn)
  if (!isData(part)) return []
  return [...textsAt(part, 'from'), ...['require', 'all', 'any'].flatMap((key) => teamsIn(part[key]))]
}
