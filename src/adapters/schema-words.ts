import { fragment } from '../core/fragment.ts'
import { type Route, routeText } from '../core/place.ts'

/** A route as messages write it. */
export function named(route: Route): string {
  return route.length === 0 ? 'the document' : `\`${fragment(routeText(route))}\``
}

/** The hint of a finding, where there is one. */
export function hinted(hint: string | undefined): { hint: string } | Record<never, never> {
  return hint === undefined ? {} : { hint }
}

/** The types of JSON Schema in the reader's words. */
export const kinds: { readonly [type: string]: string } = {
  object: 'a mapping of fields',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
}

/** What kind of value something is, in the same words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return kinds[typeof value] ?? 'something else'
}

const mostListed = 24

/** Values in a row, as code. */
export function listed(values: readonly string[]): string {
  const shownValues = values.slice(0, mostListed).map((value) => `\`${fragment(value)}\``)
  return shownValues.join(', ') + (values.length > mostListed ? ` and ${values.length - mostListed} more` : '')
}

/** A value as code; lists and mappings by their kind. */
export function shown(value: unknown): string {
  return typeof value === 'object' ? kindOf(value) : `\`${fragment(String(value))}\``
}

/** A number of things: `1 entry`, `2 entries`. */
export function count(limit: unknown, noun: string): string {
  if (limit === 1) return `1 ${noun}`
  return `${limit} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}
