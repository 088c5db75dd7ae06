import { isData, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { isSame } from '../core/same.ts'

/**
 * A record in an immutable state changes no more, but for notes appended to its `log`.
 *
 * Reports about the past rest on it. What turns out to be wrong is said in a note, or in a new record that refers to
 * it.
 */
export const closedIsImmutable: Rule = {
  id: 'closed-is-immutable',
  severity: 'error',
  summary: 'Closed records are immutable, but for appended notes',
  *check({ changes, rulebook }) {
    for (const change of changes) {
      if (change.kind !== 'edited') continue
      const { before, after } = change
      const state = textAt(before.data, 'state')
      const standing = state === undefined ? undefined : rulebook.types.get(before.type)?.lifecycle?.states.get(state)
      if (!standing?.immutable || textAt(after.data, 'state') !== state) continue
      const fields = new Set([...Object.keys(before.data), ...Object.keys(after.data)])
      for (const field of fields) {
        if (field === 'log' || isSame(before.data[field], after.data[field])) continue
        yield {
          message: `${after.id} is ${state}, so ${field} cannot change`,
          place: { file: after.file, route: [field] },
          hint: 'Restore it; say what is to be corrected in a note appended to log',
        }
      }
      const known = listAt(before.data, 'log').length
      for (const [index, entry] of listAt(after.data, 'log').entries()) {
        if (index < known || !isData(entry) || entry['state'] === undefined) continue
        yield {
          message: `${after.id} is ${state}, so its log takes notes only`,
          place: { file: after.file, route: ['log', index, 'state'] },
          hint: 'Leave state out of the entry',
        }
      }
    }
  },
}
