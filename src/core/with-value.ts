import type { Route } from './place.ts'
import { type Data, isData } from './record.ts'

/**
 * Data with the value at a route set; mappings on the way are made where they are missing. Nothing is changed in place.
 */
export function withValue(data: Data, [key, ...rest]: Route, value: unknown): Data {
  if (key === undefined) return data
  const inner = Object.hasOwn(data, key) ? data[key] : undefined
  return { ...data, [key]: rest.length === 0 ? value : withValue(isData(inner) ? inner : {}, rest, value) }
}
