import { isData } from './record.ts'

/** Whether two values read from YAML say the same; the order of fields does not matter, that of lists does. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => isSame(item, b[at]))
  if (isData(a)) {
    const keys = Object.keys(a)
    return (
      isData(b) &&
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
    )
  }
  return false
}
