import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/** The type of a change is settled while it is new: later, the path that it has come would not have been its own. */
export const changeKeepsType: Rule = {
  id: 'change-keeps-type',
  severity: 'error',
  summary: 'The type of a change stays once somebody has begun to weigh it',
  *check({ changes }) {
    for (const change of changes) {
      if (change.kind !== 'edited' || change.after.type !== 'change') continue
      const { before, after } = change
      if (['new', 'rejected'].includes(textAt(before.data, 'state') ?? '')) continue
      for (const field of ['change_type', 'unauthorised', 'model']) {
        if ((before.data[field] ?? false) === (after.data[field] ?? false)) continue
        yield {
          message: `${after.id} is ${textAt(before.data, 'state')}: ${field} cannot change any more`,
          place: { file: after.file, route: field in after.data ? [field] : ['state'] },
          hint: 'Cancel it and open another, which goes its own way',
        }
      }
    }
  },
}
