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

/**
 * Names what differs between what was seen and what would be merged. Where the record itself does, what is computed of
 * it follows from that.
 */
function difference(seen: Data, now: Data): string | undefined {
  const keys = [...new Set([...Object.keys(now), ...Object.keys(seen)])].filter((key) => !isSame(seen[key], now[key]))
  if (keys.length === 0) return undefined
  const rule = keys.includes('rule') ? [ruleText(seen['rule'], now['rule'])] : []
  if (keys.includes('content')) return ['the file was changed', ...rule].join(', and ')
  if (keys.includes('record')) {
    return [fieldsText(changedFields(seen['record'], now['record'], [])), ...rule].join(', and ')
  }
  const computed = keys.filter((key) => key !== 'rule').map((key) => computedText(key, seen[key], now[key]))
  return [...computed, ...rule].join(', and ')
}

/** `risk went from low to high`, `windows: freeze quiet-week is new`. */
function computedText(key: string, seen: unknown, now: unknown): string {
  if (typeof seen === 'string' && typeof now === 'string') return `${key} went from ${seen} to ${now}`
  if (!Array.isArray(seen) || !Array.isArray(now)) return `${key} changed`
  const [before, after] = [seen, now].map((list) => list.map(itemText))
  const told = [
    ...(after ?? []).filter((item) => !before?.includes(item)).map((item) => `${item} is new`),
    ...(before ?? []).filter((item) => !after?.includes(item)).map((item) => `${item} is gone`),
  ]
  return told.length === 0 ? `${key} changed` : `${key}: ${listText(told)}`
}

function itemText(item: unknown): string {
  return isData(item) ? `${String(item['kind'])} ${String(item['id'])}` : String(item)
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

function fieldsText(fields: readonly string[]): string {
  return `${listText(fields)} ${fields.length > 1 ? 'were' : 'was'} changed`
}

const few = 4

/** `a, b and c`; of very many the first ones and how many more. */
function listText(items: readonly string[]): string {
  const told = items.length > few ? [...items.slice(0, few), `${items.length - few} more`] : items
  const last = told.at(-1) ?? ''
  return told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${last}` : last
}
