import { addTo } from './lists-by-key.ts'
import { type MetricFacts, type Scope, type ScopeKey, scopeKeys } from './metric.ts'
import { type Data, textAt, textsAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'

/** The items that a figure is taken over, to be had by what they belong to. */
export interface Population<Item> {
  readonly all: readonly Item[]
  /** Those under a scope. All parts of a breakdown together take as long as going through the items once. */
  within(scope: Scope): readonly Item[]
}

/** Makes a population of items; `valuesOf` says what an item belongs to, of each kind none, one or several. */
export function populationOf<Item>(
  all: readonly Item[],
  valuesOf: (key: ScopeKey, item: Item) => readonly string[],
): Population<Item> {
  const groups = new Map<ScopeKey, ReadonlyMap<string, Population<Item>>>()
  const groupedBy = (key: ScopeKey): ReadonlyMap<string, Population<Item>> => {
    const known = groups.get(key)
    if (known) return known
    const lists = new Map<string, Item[]>()
    for (const item of all) {
      for (const value of valuesOf(key, item)) {
        addTo(lists, value, item)
      }
    }
    const made = new Map([...lists].map(([value, items]) => [value, populationOf(items, valuesOf)]))
    groups.set(key, made)
    return made
  }
  return {
    all,
    within: (scope) => {
      const key = scopeKeys.find((each) => scope[each] !== undefined)
      if (key === undefined) return all
      const { [key]: value = '', ...rest } = scope
      return groupedBy(key).get(value)?.within(rest) ?? []
    },
  }
}

/** What a record belongs to: its `owner` is its team where it has no field `team`. */
export function valuesIn(key: ScopeKey, data: Data): readonly string[] {
  const texts = {
    service: () => [...textsAt(data, 'service'), ...textsAt(data, 'services')],
    team: () => textsAt(data, textAt(data, 'team') === undefined ? 'owner' : 'team'),
    priority: () => textsAt(data, 'priority'),
    ci: () => textsAt(data, 'cis'),
  }[key]()
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '')
}

/** Works something out once for the same facts, however often it is asked. */
export function oncePerFacts<Found>(find: (facts: MetricFacts) => Found): (facts: MetricFacts) => Found {
  const known = new WeakMap<MetricFacts, { readonly found: Found }>()
  return (facts) => {
    const before = known.get(facts)
    if (before) return before.found
    const found = find(facts)
    known.set(facts, { found })
    return found
  }
}

/** Works something out once for the same facts and stretch of time. */
export function oncePerSpan<Found>(
  find: (facts: MetricFacts, span: TimeSpan) => Found,
): (facts: MetricFacts, span: TimeSpan) => Found {
  const spansOf = oncePerFacts(() => new Map<string, { readonly found: Found }>())
  return (facts, span) => {
    const [spans, key] = [spansOf(facts), `${span.from} ${span.until}`]
    const before = spans.get(key)
    if (before) return before.found
    const found = find(facts, span)
    spans.set(key, { found })
    return found
  }
}
