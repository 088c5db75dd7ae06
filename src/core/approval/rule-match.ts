import type { RecordIndex } from '../facts.ts'
import { type Data, isData, textAt, textsAt } from '../record.ts'
import { highestOf, riskLevelOf } from '../risk-level.ts'
import { isSame } from '../same.ts'
import type { Policy, PolicyRule } from './policy.ts'

/** The facts of a record or file that rules ask for: each with all values that are true. */
export type RuleFacts = ReadonlyMap<string, readonly unknown[]>

/** The first rule of a policy whose conditions all hold; `undefined` where none does. */
export function matchingRule({ rules }: Policy, facts: RuleFacts): PolicyRule | undefined {
  return rules.find(({ when }) => [...when].every(([fact, values]) => holds(fact, values, facts.get(fact) ?? [])))
}

function holds(fact: string, values: readonly unknown[], given: readonly unknown[]): boolean {
  if (fact === 'path') return given.some((path) => values.some((pattern) => matchesPath(String(pattern), String(path))))
  if (fact === 'only') return given.length > 0 && given.every((one) => values.includes(one))
  return given.some((one) => values.some((other) => isSame(one, other)))
}

function matchesPath(pattern: string, path: string): boolean {
  const form = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${form.join('')}$`, 's').test(path)
}

/** What a record or file goes through, as far as rules may ask about it. */
export interface Circumstances {
  readonly type?: string
  readonly id: string
  readonly event: 'added' | 'edited' | 'removed'
  readonly path: string
  /** States entered, or the one it stands in. */
  readonly states: readonly string[]
  readonly data: Data
  /** The top-level fields that an edit changes; none where the record or file is added or removed. */
  readonly edited: readonly string[]
  /** What else is known of it by computation: `risk`, `conflicts`, `windows`. */
  readonly computed: Data
}

/** The facts of a record or file, from what it says and what is computed of it. */
export function ruleFacts(about: Circumstances, affected: readonly string[], records: RecordIndex): RuleFacts {
  const { type, id, data, computed } = about
  const fields = Object.entries(data).map(([field, value]): [string, readonly unknown[]] => [
    field,
    (Array.isArray(value) ? value : [value]).filter((item) => !isData(item)),
  ])
  return new Map<string, readonly unknown[]>([
    ...fields,
    ['type', type === undefined ? [] : [type]],
    ['event', [about.event]],
    ['only', about.edited],
    ['path', [about.path]],
    ['state', about.states],
    ['risk', [riskOf(data, computed)]],
    ['service', affected],
    ['tier', affected.map((service) => records.find('service', service)?.data['tier'])],
    ['ci', type === 'ci' ? [id] : cisOf(data)],
    ['conflict', kindsOf(computed['conflicts'])],
    ['window', kindsOf(computed['windows'])],
  ])
}

/** The higher of the computed and the declared risk; the highest where nobody knows, because ignorance is no safety. */
function riskOf(data: Data, computed: Data): string {
  const known = [textAt(data, 'risk'), textAt(computed, 'risk')].filter((level) => level !== undefined)
  const levels = known.map(riskLevelOf).filter((level) => level !== undefined)
  return levels.length === 0 || levels.length < known.length ? 'very_high' : highestOf(levels)
}

/** The configuration items that a record names. */
export function cisOf(data: Data): readonly string[] {
  return [...new Set([...textsAt(data, 'cis'), ...textsAt(data, 'ci')])]
}

/** `kind` and `id` of each item, or the item itself where it is a text. */
function kindsOf(list: unknown): readonly unknown[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  return items
    .flatMap((item) => (isData(item) ? [item['kind'], item['id']] : [item]))
    .filter((one) => one !== undefined)
}
