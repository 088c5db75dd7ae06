import { isGone } from '../core/impact-graph.ts'
import { textAt } from '../core/record.ts'
import { standingAgainst } from '../core/retirement.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A service or configuration item is retired only when nothing open names it and nothing in use needs it.
 *
 * What is left behind would depend on something that is no longer there, and nobody would look for the cause.
 */
export const retirementIsClean: Rule = {
  id: 'retirement-is-clean',
  severity: 'error',
  summary: 'A service or configuration item is retired only when no open work and nothing in use names it',
  *check(facts) {
    const retired = facts.changes.flatMap((change) => {
      if (change.kind === 'removed' || !['ci', 'service'].includes(change.after.type)) return []
      const wasGone = change.kind === 'edited' && isGone(change.before.data)
      return isGone(change.after.data) && !wasGone ? [change.after] : []
    })
    if (retired.length === 0) return
    const against = standingAgainst(facts, new Set(retired.map(({ type, id }) => `${type}/${id}`)))
    for (const { type, id, file, data } of retired) {
      const found = against.get(`${type}/${id}`) ?? []
      if (found.length === 0) continue
      const names = [...new Set(found.map(({ record }) => `${record.type} ${record.id}`))]
      const more = names.length > few ? ` and ${names.length - few} more` : ''
      yield {
        message: `${id} cannot be ${textAt(data, 'state')} while it is named by ${names.slice(0, few).join(', ')}${more}`,
        place: { file, route: ['state'] },
        hint: 'Close that work, and take it out of what is in use, first',
        related: found
          .slice(0, few)
          .map(({ record, route }) => ({ place: { file: record.file, route }, message: `${record.id} names it here` })),
      }
    }
  },
}

/** How many names a sentence bears. */
const few = 5
