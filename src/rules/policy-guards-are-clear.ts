import { governance } from '../core/approval/policy.ts'
import { nearest } from '../core/nearest.ts'
import type { Route } from '../core/place.ts'
import { type RecordDoc, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A policy guards record types that exist, and no type has two policies.
 *
 * A misspelt type would leave the real one unguarded, and of two policies nobody could say which one was to be met.
 */
export const policyGuardsAreClear: Rule = {
  id: 'policy-guards-are-clear',
  severity: 'error',
  summary: 'Policies guard record types that exist, each guarded by one policy',
  *check({ records, rulebook }) {
    const first = new Map<string, { readonly policy: RecordDoc; readonly route: Route }>()
    const known = [...rulebook.types.keys(), governance]
    for (const policy of records.ofType('policy')) {
      for (const [index, name] of textsAt(policy.data, 'guards').entries()) {
        const route = Array.isArray(policy.data['guards']) ? ['guards', index] : ['guards']
        const place = { file: policy.file, route }
        if (!known.includes(name)) {
          const guess = nearest(name, known)
          const hint = guess ? `Did you mean ${guess}?` : `Name one of ${known.join(', ')}`
          yield { message: `There is no record type ${name} to guard`, place, hint }
        }
        const other = first.get(name)
        if (!other) first.set(name, { policy, route })
        else if (other.policy.id !== policy.id) {
          yield {
            message: `${policy.id} and ${other.policy.id} both guard ${name}`,
            place,
            hint: 'Put the rules of both into one policy',
            related: [{ place: { file: other.policy.file, route: other.route }, message: `${name} is guarded here` }],
          }
        }
      }
    }
  },
}
