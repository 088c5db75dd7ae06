import { isData, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Where the new entries of `log` name states, the last of them is the record's state.
 *
 * The log tells the steps and `state` tells where they led; told differently, one of them is wrong.
 */
export const logNamesState: Rule = {
  id: 'log-names-state',
  severity: 'error',
  summary: 'The last state that new log entries name is the state of the record',
  *check({ changes }) {
    for (const change of changes) {
      if (change.kind === 'removed') continue
      const { id, file, data } = change.after
      const known = change.kind === 'edited' ? listAt(change.before.data, 'log').length : 0
      const log = listAt(data, 'log')
      const index = log.findLastIndex(
        (entry, at) => at >= known && isData(entry) && textAt(entry, 'state') !== undefined,
      )
      const entry = log[index]
      const named = isData(entry) ? textAt(entry, 'state') : undefined
      const state = textAt(data, 'state')
      if (named === undefined || state === undefined || named === state) continue
      yield {
        message: `${id} is ${state}, but its log ends in ${named}`,
        place: { file, route: ['log', index, 'state'] },
        hint: `Append a log entry with state: ${state}, or write state: ${named}`,
        related: [{ place: { file, route: ['state'] }, message: `state is ${state}` }],
      }
    }
  },
}
