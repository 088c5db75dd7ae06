import type { Route } from './place.ts'

/** What a record says, as plain data read from its YAML. */
export interface Data {
  readonly [field: string]: unknown
}

/** One YAML file at one revision. `id` is what the file says, falling back to its basename. */
export interface RecordDoc {
  readonly type: string
  readonly id: string
  readonly file: string
  readonly data: Data
  /** Of a record with a file of data beside it: what tells one content of that file from another. */
  readonly beside?: string
}

/** What a pull request does to one record. A new record has no `before`, a removed one no `after`. */
export type Change =
  | { readonly kind: 'added'; readonly after: RecordDoc }
  | { readonly kind: 'edited'; readonly before: RecordDoc; readonly after: RecordDoc }
  | { readonly kind: 'removed'; readonly before: RecordDoc }

/** An object that is not a list: what a YAML mapping becomes. */
export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field as text; `undefined` where it is absent or of another type. */
export function textAt(data: Data, field: string): string | undefined {
  const value = data[field]
  return typeof value === 'string' ? value : undefined
}

/** A field as a list; empty where it is absent or of another type. */
export function listAt(data: Data, field: string): readonly unknown[] {
  const value = data[field]
  return Array.isArray(value) ? value : []
}

/** A field as a list of texts; a single text counts as a list of one. */
export function textsAt(data: Data, field: string): readonly string[] {
  const value = data[field]
  if (typeof value === 'string') return [value]
  return listAt(data, field).filter((item): item is string => typeof item === 'string')
}

/** The value at the end of a route; `undefined` where the route leads nowhere. Only own fields are followed. */
export function valueAt(data: unknown, route: Route): unknown {
  return route.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined
    return isData(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, data)
}

/** Whether a required field has something in it: neither absent nor null, nor an empty text, list or mapping. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return !isData(value) || Object.keys(value).length > 0
}
