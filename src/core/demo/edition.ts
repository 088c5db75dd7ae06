import type { Instant } from '../instant.ts'
import type { Route } from '../place.ts'
import { inBerlin } from './berlin.ts'

/**
 * A shipped file as it stands at some time of the story: the shipped text with some values set (`undefined` removes).
 */
export interface Edition {
  readonly path: string
  readonly edits: readonly { readonly route: Route; readonly value: unknown }[]
  /** The shipped file that it is written after, where it is not shipped itself. */
  readonly after?: string
  /** Of a table of measurements: its rows before this instant. */
  readonly rowsBefore?: Instant
}

/** What the organisation changes about itself at an instant. */
export interface ConfigurationStep {
  readonly at: Instant
  /** Login of a team member. */
  readonly by: string
  readonly message: string
  readonly editions: readonly Edition[]
}

/** A step at half past nine of a day. */
export function stepOn(day: string, by: string, message: string, editions: readonly Edition[]): ConfigurationStep {
  return { at: inBerlin(day, 9 * 60 + 30), by, message, editions }
}

/** Files as they are shipped. */
export function shippedAs(paths: readonly string[]): readonly Edition[] {
  return paths.map((path) => ({ path, edits: [] }))
}
