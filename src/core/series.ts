import type { Calendar } from './calendar.ts'
import type { Instant } from './instant.ts'
import type { TimeSpan } from './time-span.ts'

/** One row of a series: an instant with a value for each column; `null` where a cell is empty. */
export interface Point {
  readonly at: Instant
  readonly values: readonly (number | null)[]
}

/** The values of a measurement, as its CSV file gives them. */
export interface Series {
  /** Path of the CSV file in the repository. */
  readonly file: string
  /** The columns that hold numbers; the first is `value`. */
  readonly columns: readonly string[]
  /** In order of time, no two at one instant. */
  readonly points: readonly Point[]
}

/** The column of a series that is meant where none is named. */
export const mainColumn = 'value'

/** The values of a column at the instants of a stretch, oldest first; with a calendar only those while it is open. */
export function valuesWithin(series: Series, column: string, span: TimeSpan, calendar?: Calendar): readonly number[] {
  return pointsWithin(series, column, span, calendar).map(({ value }) => value)
}

/** The same with the instant of each. */
export function pointsWithin(
  { columns, points }: Series,
  column: string,
  { from, until }: TimeSpan,
  calendar?: Calendar,
): readonly { readonly at: Instant; readonly value: number }[] {
  const index = columns.indexOf(column)
  return points.flatMap(({ at, values }) => {
    const value = values[index]
    if (at < from || at >= until || value === null || value === undefined) return []
    return calendar && calendar.elapsed(at, at + 1) === 0 ? [] : [{ at, value }]
  })
}

/** The instants of the first and the last row; `undefined` for a series without rows. */
export function extentOf({ points }: Series): { readonly first: Instant; readonly last: Instant } | undefined {
  const [first, last] = [points[0]?.at, points.at(-1)?.at]
  return first === undefined || last === undefined ? undefined : { first, last }
}
