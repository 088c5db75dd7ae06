import type { Instant } from './instant.ts'
import type { Point, Series } from './series.ts'

/**
 * A series as a report takes it: values are often recorded only when their period is over, so those that came later
 * count too, but what had been recorded by the report's instant stands, also where it was edited or removed since.
 * Values of that instant and after it are left out.
 */
export function arrivedBy(asOf: Instant, recorded: Series | undefined, since: Series): Series {
  const columns = [...new Set([...since.columns, ...(recorded?.columns ?? [])])]
  const points = new Map(taken(since, columns, asOf))
  for (const [at, values] of recorded ? taken(recorded, columns, asOf) : []) {
    const later = points.get(at)
    points.set(
      at,
      values.map((value, index) => value ?? later?.[index] ?? null),
    )
  }
  return {
    file: recorded?.file ?? since.file,
    columns,
    points: [...points].map(([at, values]) => ({ at, values })).sort((a, b) => a.at - b.at),
  }
}

/** The points before an instant, with their values in the order of some columns. */
function taken(
  series: Series,
  columns: readonly string[],
  until: Instant,
): readonly (readonly [Instant, Point['values']])[] {
  const places = columns.map((column) => series.columns.indexOf(column))
  return series.points
    .filter(({ at }) => at < until)
    .map(({ at, values }) => [at, places.map((place) => values[place] ?? null)])
}
