import { routeText } from '../place.ts'
import { type Data, isData } from '../record.ts'
import { isSame } from '../same.ts'
import type { Demand } from './demand.ts'

/** What a commit of the pull request showed: every approval it needed then, or why nobody can tell. */
export type Sight = { readonly demands: readonly Demand[] } | { readonly unreadable: string }

/**
 * What in a demand is no longer as it was seen, in words; `undefined` where everything is the same, so that an approval
 * given then still holds.
 */
export function changedSince(demand: Demand, sight: Sight | undefined): string | undefined {
  if (!sight) return 'what was seen is not known'
  if ('unreadable' in sight) return sight.unreadable
  const seen = sight.demands.filter(({ key, policy }) => key === demand.key && policy.id === demand.policy.id)
  const [same] = seen.filter(({ rule }) => rule?.name === demand.rule?.name)
  const [other] = seen
  if (!same && !other) return 'it asked for no such approval then'
  return difference((same ?? other)?.subject ?? {}, demand.subject)
}

/** Names what differs between what was seen and what would be merged, the record first. */
function difference(seen: Data, now: Data): string | undefined {
  const keys = [...new Set([...Object.keys(now), ...Object.keys(seen)])].filter((key) => !isSame(seen[key], now[key]))
  if (keys.includes('content')) return 'the file was changed'
  if (keys.includes('record')) return fieldsText(changedFields(seen['record'], now['record'], []))
  const [key] = keys
  if (key === undefined) return undefined
  if (key === 'rule') return ruleText(seen['rule'], now['rule'])
  const [before, after] = [seen[key], now[key]]
  if (typeof before === 'string' && typeof after === 'string') return `${key} went from ${before} to ${after}`
  return `${key} changed`
}

function ruleText(seen: unknown, now: unknown): string {
  const [before, after] = [seen, now].map((rule) => (isData(rule) ? String(rule['name']) : 'none'))
  return before === after ? `the rule ${after} was changed` : `the rule ${after} decides now instead of ${before}`
}

/** The innermost fields that differ; lists are told as a whole. */
function changedFields(seen: unknown, now: unknown, route: readonly string[]): readonly string[] {
  if (isSame(seen, now)) return []
  if (!isData(seen) || !isData(now)) return [route.length === 0 ? 'the record' : routeText(route)]
  const keys = [...new Set([...Object.keys(now), ...Object.keys(seen)])]
  return keys.flatMap((key) => changedFields(seen[key], now[key], [...route, key]))
}

const few = 4

function fieldsText(fields: readonly string[]): string {
  const told = fields.length > few ? [...fields.slice(0, few), `${fields.length - few} more`] : fields
  const last = told.at(-1) ?? ''
  const list = told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${last}` : last
  return `${list} ${fields.length > 1 ? 'were' : 'was'} changed`
}
