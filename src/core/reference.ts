import type { Rulebook } from './facts.ts'
import type { Route } from './place.ts'
import { isData, type RecordDoc } from './record.ts'

/** An id that a record names, and the route that leads to it. */
export interface Named {
  readonly route: Route
  readonly id: string
}

const none: readonly Named[] = []

/** The texts at a path with `*` for every item or field, each with the route that leads to it. */
export function namedIn(data: unknown, path: readonly string[]): readonly Named[] {
  // Most records leave out most of the fields that could name another.
  const [field] = path
  if (field !== undefined && field !== '*' && isData(data) && data[field] === undefined) return none
  const found: Named[] = []
  const look = (value: unknown, depth: number, route: Route): void => {
    const key = path[depth]
    if (key === undefined) {
      if (typeof value === 'string') found.push({ route, id: value })
    } else if (typeof value !== 'object' || value === null) return
    else if (key === '*') {
      const entries: Iterable<[string | number, unknown]> = Array.isArray(value)
        ? value.entries()
        : Object.entries(value)
      for (const [step, item] of entries) look(item, depth + 1, [...route, step])
    } else if (isData(value) && Object.hasOwn(value, key)) look(value[key], depth + 1, [...route, key])
  }
  look(data, 0, [])
  return found
}

/** A record that names another, and where. */
export interface Referrer {
  readonly record: RecordDoc
  readonly route: Route
}

/**
 * The records that name some, by `<type>/<id>` of what they name. A field that may name several types is told for each.
 */
export function referrers(
  { types }: Rulebook,
  records: Iterable<RecordDoc>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly Referrer[]> {
  const found = new Map<string, Referrer[]>()
  for (const record of records) {
    for (const { path, to } of types.get(record.type)?.references ?? []) {
      for (const { route, id } of namedIn(record.data, path)) {
        for (const type of to) {
          const key = `${type}/${id}`
          if (!wanted.has(key)) continue
          found.set(key, [...(found.get(key) ?? []), { record, route }])
        }
      }
    }
  }
  return found
}
