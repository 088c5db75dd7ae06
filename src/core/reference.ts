import type { Rulebook } from './facts.ts'
import type { Route } from './place.ts'
import { isData, type RecordDoc } from './record.ts'

/** An id that a record names, and the route that leads to it. */
export interface Named {
  readonly route: Route
  readonly id: string
}

/** The texts at a path with `*` for every item or field, each with the route that leads to it. */
export function* namedIn(value: unknown, path: readonly string[], route: Route = []): Generator<Named> {
  const [key, ...rest] = path
  if (key === undefined) {
    if (typeof value === 'string') yield { route, id: value }
  } else if (key === '*' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* namedIn(item, rest, [...route, index])
  } else if (key === '*' && isData(value)) {
    for (const [field, item] of Object.entries(value)) yield* namedIn(item, rest, [...route, field])
  } else if (isData(value) && Object.hasOwn(value, key)) {
    yield* namedIn(value[key], rest, [...route, key])
  }
}

/** A record that names another, and where. */
export interface Referrer {
  readonly record: RecordDoc
  readonly route: Route
}

/** The records that name some, by `<type>/<id>` of what they name. A field that may name several types is told for each. */
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
