import { parseInstant } from '../core/instant.ts'
import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Once a record has said that it was opened before it was written down, it does not take that back.
 *
 * Clocks go on from the earliest time that was ever declared, so a later one changes no figure; it would only look as
 * if there had been less time to answer for.
 */
export const openedAtStands: Rule = {
  id: 'opened-at-stands',
  severity: 'error',
  summary: 'opened_at is not moved to a later time than the record had declared',
  *check({ changes, recorded }) {
    if (!recorded) return
    for (const change of changes) {
      if (change.kind !== 'edited') continue
      const { type, id, file, data } = change.after
      const [was, is] = [change.before.data, data].map((each) => parseInstant(textAt(each, 'opened_at') ?? ''))
      const born = recorded.get(`${type}/${id}`)?.born
      if (was === undefined || born === undefined) continue
      // What lies after the birth starts no clock, so that nothing is gained there.
      if (was >= born || (is ?? born) <= was) continue
      yield {
        message: `${id} was opened at ${textAt(change.before.data, 'opened_at')} by its own account, and that is moved later`,
        place: is === undefined ? { file, route: [] } : { file, route: ['opened_at'] },
        hint: 'Restore it; what it should have been can be told in a note of the log',
      }
    }
  },
}
