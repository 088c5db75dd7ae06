import { isControlled } from '../core/ci-class.ts'
import type { RecordIndex } from '../core/facts.ts'
import { type Change, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { isSame } from '../core/same.ts'

/**
 * A controlled configuration item changes only under a change that is being implemented and names it.
 *
 * Otherwise the record, and with it the impact that approvers are shown, could be turned into anything without anybody
 * having agreed. Whether an item is controlled is asked of it as it stood, so no edit can free it for itself. What was
 * done without a change is written down under an unauthorised one, in its review.
 */
export const ciChangeIsAuthorised: Rule = {
  id: 'ci-change-is-authorised',
  severity: 'error',
  summary:
    'A controlled configuration item changes only under a change in implement that names it; verified_at is free',
  *check({ changes, records, rulebook }) {
    const edits = changes.filter(isEditOfItem)
    const named = edits.length === 0 ? new Set() : itemsUnderChange(records)
    for (const change of edits) {
      if (named.has(change.after.id)) continue
      if (!isControlled(change.before, rulebook.config.ciClasses)) continue
      const field = firstDifference(change.before, change.after)
      if (field === undefined) continue
      const { id, file, data } = change.after
      const isThere = Object.hasOwn(data, field)
      yield {
        message: `${id} is controlled (${textAt(change.before.data, 'class')}), and no change in implement names it: ${field} ${isThere ? 'cannot change' : 'cannot be taken out'}`,
        place: isThere ? { file, route: [field], at: 'key' } : { file, route: [] },
        hint: `Move a change whose cis list ${id} to implement first; was it done already, write an unauthorised change and review it`,
      }
    }
  },
}

function isEditOfItem(change: Change): change is Extract<Change, { readonly kind: 'edited' }> {
  return change.kind === 'edited' && change.after.type === 'ci'
}

/** Fields that the owner of an item keeps without a change. */
const free: ReadonlySet<string> = new Set(['verified_at', 'log'])

function firstDifference({ data: before }: RecordDoc, { data: after }: RecordDoc): string | undefined {
  const fields = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  return fields.find((field) => !free.has(field) && !isSame(before[field], after[field]))
}

/** Items that changes name which are being implemented, or which were unauthorised and are being reviewed. */
function itemsUnderChange(records: RecordIndex): ReadonlySet<string> {
  const working = records.ofType('change').filter(({ data }) => {
    const state = textAt(data, 'state')
    return state === 'implement' || (state === 'review' && data['unauthorised'] === true)
  })
  return new Set(working.flatMap(({ data }) => textsAt(data, 'cis')))
}
