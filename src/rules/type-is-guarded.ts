import { judgingTypes } from '../core/approval/guarded.ts'
import { governance } from '../core/approval/policy.ts'
import { textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Every type in use has a policy: what none guards, anybody may change without being asked.
 *
 * Silent while there is no policy at all, since a repository begins without.
 */
export const typeIsGuarded: Rule = {
  id: 'type-is-guarded',
  severity: 'warning',
  summary: 'A policy says who may change records of each type in use',
  *check({ records, rulebook, unreadable }) {
    const policies = records.ofType('policy')
    const [first] = policies
    if (!first || [...unreadable].some((key) => key.startsWith('policy/'))) return
    const guarded = new Set(policies.flatMap(({ data }) => textsAt(data, 'guards')))
    if (guarded.has(governance)) for (const type of judgingTypes) guarded.add(type)
    for (const type of rulebook.types.keys()) {
      const [example] = records.ofType(type)
      if (!example || guarded.has(type)) continue
      yield {
        message: `No policy guards ${type}: anybody may add, edit and remove such records without being asked`,
        place: { file: example.file, route: ['id'] },
        hint: `Add ${type} to the guards of a policy, or write one with \`guards: ${type}\`; \`require: none\` says that it is meant so`,
      }
    }
  },
}
