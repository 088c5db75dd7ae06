import { compare } from './diagnostic.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import type { PeriodIncidents } from './kpi-incident.ts'
import { type Dimension, type Life, timeToResolve, valueIn } from './kpi-life.ts'

/** The incidents of a period that share a value: one priority, service, team or category. */
export interface BreakdownRow {
  /** `null` where the field is empty. */
  readonly value: string | null
  readonly opened: number
  readonly resolved: number
  readonly open: number
  readonly resolveTime: Spread
  /** Opened, out of all opened. */
  readonly share: Share
  /** Opened here and in the rows above, out of all opened. */
  readonly cumulative: Share
}

/** The incidents of a period by one dimension, most opened first. */
export interface Breakdown {
  readonly dimension: Dimension
  readonly rows: readonly BreakdownRow[]
  /** How many values are left out of `rows`, and how many incidents were opened with them. */
  readonly rest: { readonly values: number; readonly opened: number }
  /** How many values it takes to reach 80 % of the incidents opened; 0 where none was. */
  readonly vitalFew: number
  readonly values: number
  readonly opened: number
}

/** Breaks a period down by a dimension and keeps the first `most` rows. */
export function breakdown(dimension: Dimension, figures: PeriodIncidents, most: number): Breakdown {
  const groups = new Map<string | null, { opened: Life[]; resolved: Life[]; open: Life[] }>()
  for (const kind of ['opened', 'resolved', 'open'] as const) {
    for (const life of figures[kind]) {
      const value = valueIn(dimension, life.data)
      const group = groups.get(value) ?? { opened: [], resolved: [], open: [] }
      groups.set(value, group)
      group[kind].push(life)
    }
  }
  const n = figures.opened.length
  const sorted = [...groups].sort(
    ([a, one], [b, other]) =>
      other.opened.length - one.opened.length ||
      other.resolved.length - one.resolved.length ||
      other.open.length - one.open.length ||
      compare(a ?? '', b ?? ''),
  )
  let sum = 0
  const rows = sorted.map(([value, { opened, resolved, open }]) => {
    sum += opened.length
    return {
      value,
      opened: opened.length,
      resolved: resolved.length,
      open: open.length,
      resolveTime: spreadOf(resolved.flatMap((life) => timeToResolve(life) ?? [])),
      share: { count: opened.length, n },
      cumulative: { count: sum, n },
    }
  })
  const rest = rows.slice(most)
  return {
    dimension,
    rows: rows.slice(0, most),
    rest: { values: rest.length, opened: rest.reduce((all, { opened }) => all + opened, 0) },
    vitalFew: n === 0 ? 0 : rows.findIndex(({ cumulative: { count } }) => count * 100 >= n * 80) + 1,
    values: rows.filter(({ opened }) => opened > 0).length,
    opened: n,
  }
}
