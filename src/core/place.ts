/** The keys and positions that lead to a value inside a record: `['targets', 'response', 'stop', 0]`. */
export type Route = readonly (string | number)[]

/**
 * A spot as a rule names it: a file, and the keys that lead into it. Characters come later, from the parser.
 * `at: 'key'` means the name of the field rather than its value.
 */
export interface Place {
  readonly file: string
  readonly route: Route
  readonly at?: 'key' | 'value'
}

/** Where a place stands in a text: lines and columns count from 1, the end is exclusive, columns count UTF-16 units. */
export interface Span {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** A route as people write it: `targets.response.stop[0]`; empty for the document itself. */
export function routeText(route: Route): string {
  return route.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  )
}
