import { type BreakdownKey, breakdowns } from '../breakdown.ts'
import { type Scope, scopeKeys } from '../metric.ts'
import { type Data, isData, listAt, textAt, textsAt } from '../record.ts'
import type { Condition } from '../where.ts'

/** A page of reports that an organisation adds: an entry under `reports.pages` of `gitsm.yaml`. */
export interface OwnPage {
  /** Name of its file, and of its template where it has one. */
  readonly name: string
  readonly title: string
  readonly summary: string
  /** Ids of formulas of the catalogue and of KPI records. */
  readonly kpis: readonly string[]
  /** What the formulas are restricted to; a KPI record has its own scope. */
  readonly scope: Scope
  /** What the formulas are broken down by. */
  readonly by?: PartKey
  /** How many periods the trend has, this one included. */
  readonly trend: number
  readonly charts: readonly OwnChart[]
  readonly lists: readonly OwnList[]
}

/** What figures of a page can be broken down by. */
export type PartKey = Exclude<BreakdownKey, 'month'>

/** A chart of such a page: a figure over its trend, or broken down. */
export interface OwnChart {
  /** What its template names it with. */
  readonly key: string
  readonly title?: string
  readonly kpi: string
  readonly kind: 'line' | 'control' | 'bars' | 'pareto'
  readonly by?: PartKey
}

/** A list of records on such a page. */
export interface OwnList {
  readonly title: string
  readonly type: string
  /** All of them must hold; of the values of one, any. */
  readonly where: readonly (readonly Condition[])[]
  /** A field with an instant that must lie in the period. */
  readonly during?: string
  /** Columns beside id and title. */
  readonly fields: readonly string[]
}

const usualTrend = 12

/** The pages that the data of a `gitsm.yaml` adds; its shape has been judged by the schema. */
export function ownPagesOf(entries: readonly unknown[]): readonly OwnPage[] {
  return entries.filter(isData).map((entry) => {
    const by = partKeyOf(entry)
    const { trend } = entry
    return {
      name: textAt(entry, 'name') ?? '',
      title: textAt(entry, 'title') ?? '',
      summary: textAt(entry, 'summary') ?? '',
      kpis: textsAt(entry, 'kpis'),
      scope: scopeOf(entry['scope']),
      trend: typeof trend === 'number' ? trend : usualTrend,
      charts: listAt(entry, 'charts').filter(isData).map(chartOf),
      lists: listAt(entry, 'lists').filter(isData).map(listOf),
      ...(by && { by }),
    }
  })
}

function scopeOf(data: unknown): Scope {
  if (!isData(data)) return {}
  return Object.fromEntries(
    scopeKeys.flatMap((key) => {
      const value = textAt(data, key)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function partKeyOf({ by }: Data): PartKey | undefined {
  return breakdowns.find((key): key is PartKey => key === by && key !== 'month')
}

const kinds: readonly OwnChart['kind'][] = ['line', 'control', 'bars', 'pareto']

function chartOf(entry: Data): OwnChart {
  const [title, by] = [textAt(entry, 'title'), partKeyOf(entry)]
  return {
    key: textAt(entry, 'key') ?? '',
    kpi: textAt(entry, 'kpi') ?? '',
    kind: kinds.find((kind) => kind === entry['kind']) ?? 'line',
    ...(title !== undefined && { title }),
    ...(by && { by }),
  }
}

function listOf(entry: Data): OwnList {
  const during = textAt(entry, 'during')
  const where = isData(entry['where']) ? entry['where'] : {}
  return {
    title: textAt(entry, 'title') ?? '',
    type: textAt(entry, 'type') ?? '',
    where: Object.entries(where).map(([path, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => ({ path: path.split('.'), value: String(each) })),
    ),
    fields: textsAt(entry, 'fields'),
    ...(during !== undefined && { during }),
  }
}
