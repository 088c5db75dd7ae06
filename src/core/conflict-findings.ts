import type { Conflict } from './conflict.ts'
import { conflictFacts } from './conflict-facts.ts'
import { isOpen, type SettledConflict, settled } from './conflict-waiver.ts'
import { conflictsAmong } from './conflicts.ts'
import type { Facts } from './facts.ts'
import { humanInstant } from './instant.ts'
import type { Place, Route } from './place.ts'
import { type Data, type RecordDoc, textAt, textsAt } from './record.ts'
import type { Finding } from './rule.ts'
import { isSame } from './same.ts'
import { stepsOf } from './steps.ts'

/** The fields that decide what a change collides with. */
const claims = [
  'planned_start',
  'planned_end',
  'cis',
  'services',
  'implementer',
  'requester',
  'change_type',
  'outage',
  'waivers',
]

/** Which change records are asked for their conflicts. */
interface Asked {
  readonly states: readonly string[]
  /** Also records that pass one of the states on their way to another. */
  readonly passing: boolean
}

/**
 * A finding for each open conflict of a change record that a pull request takes into one of some states, or whose claim
 * it edits while the record stands there. Conflicts that came about by what others did later are theirs to settle.
 */
export function* conflictFindings(facts: Facts, asked: Asked): Generator<Finding> {
  const { changes, records, rulebook } = facts
  const judged = changes.flatMap((change) => {
    if (change.kind === 'removed' || change.after.type !== 'change') return []
    return claimsAnew(change.kind === 'edited' ? change.before.data : undefined, change.after.data, asked)
      ? [change.after]
      : []
  })
  if (judged.length === 0) return
  const world = conflictFacts(records, rulebook)
  for (const record of judged) {
    const emergency = textAt(record.data, 'change_type') === 'emergency'
    for (const conflict of settled(record, conflictsAmong(record, world), records)) {
      // An emergency is put right at once; what it collides with has to give way.
      if (!isOpen(conflict) || (emergency && conflict.kind !== 'lockdown')) continue
      yield findingOf(record, conflict, facts)
    }
  }
}

function claimsAnew(before: Data | undefined, after: Data, { states, passing }: Asked): boolean {
  const stands = states.includes(textAt(after, 'state') ?? '')
  if (!stands && !passing) return false
  if (stepsOf(before, after).some(({ state }) => states.includes(state))) return true
  return stands && before !== undefined && claims.some((field) => !isSame(before[field], after[field]))
}

function findingOf(record: RecordDoc, conflict: SettledConflict, { records }: Facts): Finding {
  const other = records.find(conflict.with.type, conflict.with.id)
  const { because, flaw, from, until } = conflict
  return {
    message: `${because} (${humanInstant(from)} to ${humanInstant(until)} UTC)`,
    place: placeOf(record, conflict),
    hint: flaw === undefined ? cure(record, conflict) : `The waiver does not count: ${flaw.because}`,
    ...(other && { related: [{ place: { file: other.file, route: [] }, message: `${other.id} is here` }] }),
  }
}

/** The waiver that does not count, else the item or person that is concerned, else the planned time. */
function placeOf({ file, data }: RecordDoc, { kind, over, flaw }: SettledConflict): Place {
  if (flaw) return { file, route: ['waivers', flaw.index, flaw.field] }
  if (kind === 'implementer_already_scheduled') return { file, route: ['implementer'] }
  for (const field of ['cis', 'services']) {
    const index = textsAt(data, field).findIndex((id) => over.includes(id))
    if (index >= 0 && Array.isArray(data[field])) return { file, route: [field, index] satisfies Route }
  }
  return { file, route: ['planned_start'] }
}

function cure({ id }: RecordDoc, { kind, with: other }: Conflict): string {
  const move = `Move it: gitsm conflicts ${id} tells the next free time`
  return kind === 'lockdown'
    ? move
    : `${move}; or let somebody who may waive it: { conflict: ${kind}, with: ${other.id}, approver, reason, expires }`
}
