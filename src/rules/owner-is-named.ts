import type { RecordIndex } from '../core/facts.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import type { Rule } from '../core/rule.ts'
import { fieldSchema } from '../core/schema-field.ts'

/** Fields that name who answers for a record: a team, or the one who pays. */
const fields = ['owner', 'team', 'provider', 'sponsor']

/**
 * Somebody answers for every record: what nobody owns is reviewed, approved and repaired by nobody.
 *
 * What was just reported or drafted may still wait for its team, and what is over needs none any more.
 */
export const ownerIsNamed: Rule = {
  id: 'owner-is-named',
  severity: 'notice',
  summary: 'Every record that is past its first state names who answers for it',
  local: true,
  consults: { request: ['catalogue-item'] },
  *check({ records, rulebook }) {
    for (const type of rulebook.types.values()) {
      const known = fields.filter((field) => fieldSchema(type.schema, field))
      if (known.length === 0) continue
      for (const record of records.ofType(type.name)) {
        if (isWaitingOrOver(record, type) || isAnswered(record, known, records)) continue
        yield {
          message: `${record.id} names nobody who answers for it`,
          place: { file: record.file, route: ['id'] },
          hint: `Give it ${known.join(' or ')}: gitsm list team shows the teams`,
        }
      }
    }
  },
}

/** A request that nobody has taken up yet is the business of the team that its catalogue item names. */
function isAnswered({ data }: RecordDoc, known: readonly string[], records: RecordIndex): boolean {
  const item = records.find('catalogue-item', textAt(data, 'item') ?? '')
  return [data, item?.data ?? {}].some((each) => known.some((field) => textAt(each, field) !== undefined))
}

function isWaitingOrOver({ data }: RecordDoc, { lifecycle, prefix }: RecordType): boolean {
  const state = textAt(data, 'state') ?? ''
  // Targets that are only assumed are nobody's promise.
  if (data['assumed'] === true) return true
  const standing = lifecycle?.states.get(state)
  if (standing?.immutable || standing?.final) return true
  return prefix !== undefined && lifecycle?.initial[0]?.state === state
}
