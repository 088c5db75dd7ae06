import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Place, Route } from '../core/place.ts'

/** What a schema finds, in the reader's words. */
export interface SchemaFinding {
  readonly route: Route
  readonly at?: NonNullable<Place['at']>
  readonly message: string
  readonly hint?: string
}

/**
 * A breach of a schema as the validator reports it, with the route to the value and what the schema says of a field.
 */
export interface Breach {
  readonly error: ErrorObject
  readonly route: Route
  /** The nearest description in the schema of the field at a route. */
  readonly described: (route: Route) => string | undefined
}

/** Says a breach in a sentence. `name` is the field as messages write it; the place is the value unless told. */
export type Speaker = (breach: Breach, name: string) => Omit<SchemaFinding, 'route'> & { readonly route?: Route }
