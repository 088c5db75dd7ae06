import { listAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { isSame } from '../core/same.ts'

/**
 * `log` only grows at its end.
 *
 * It is the record's own account of what happened; an entry that could be rewritten later would be worth nothing.
 */
export const logAppendOnly: Rule = {
  id: 'log-append-only',
  severity: 'error',
  summary: 'Entries of log are never changed, removed or reordered',
  *check({ changes }) {
    for (const change of changes) {
      if (change.kind !== 'edited') continue
      const { file, data } = change.after
      const log = listAt(data, 'log')
      for (const [index, entry] of listAt(change.before.data, 'log').entries()) {
        if (index < log.length && isSame(entry, log[index])) continue
        yield {
          message: index < log.length ? 'An existing log entry was changed' : 'An existing log entry was removed',
          place: index < log.length ? { file, route: ['log', index] } : { file, route: ['log'], at: 'key' },
          hint: 'Restore it as it was, and append a new entry that corrects it',
        }
        break
      }
    }
  },
}
