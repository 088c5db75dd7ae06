import { compare } from '../diagnostic.ts'
import { parseInstant } from '../instant.ts'
import { isWithin } from '../period.ts'
import { isData, type RecordDoc, textAt, valueAt } from '../record.ts'
import type { ReportFacts } from '../report.ts'
import { type RecordLink, recordLink, words } from '../report-page.ts'
import { meets } from '../where.ts'
import type { OwnList } from './own-page.ts'

/** A list of records on an organisation's own page. */
export interface ListedRecords {
  readonly title: string
  /** Names of the columns beside id and title. */
  readonly fields: readonly string[]
  /** The same in words, for the heads of a table. */
  readonly heads: readonly string[]
  /** In order of id, the first `longest` of them. */
  readonly records: readonly (RecordLink & { readonly values: readonly unknown[] })[]
  /** How many there are, and how many are not shown. */
  readonly n: number
  readonly more: number
}

const longest = 200

/**
 * The records of a list as of the report's instant. Cancelled records are listed only where the conditions name their
 * state.
 */
export function listedRecords(facts: ReportFacts, page: string, list: OwnList): ListedRecords {
  const asksState = list.where.some(([first]) => first?.path[0] === 'state')
  const records = facts.tree
    .ofType(list.type)
    .filter(({ data }) => asksState || textAt(data, 'state') !== 'cancelled')
    .filter((record) => isListed(facts, list, record))
    .toSorted((a, b) => compare(a.id, b.id))
  return {
    title: list.title,
    fields: list.fields,
    heads: list.fields.map((field) => words(field.replaceAll('.', ' '))),
    records: records.slice(0, longest).map((record) => ({
      ...recordLink(facts, page, record),
      values: list.fields.map((field) => plain(valueAt(record.data, field.split('.')))),
    })),
    n: records.length,
    more: Math.max(0, records.length - longest),
  }
}

function isListed({ period }: ReportFacts, { where, during }: OwnList, { data }: RecordDoc): boolean {
  if (during !== undefined) {
    const at = parseInstant(String(valueAt(data, during.split('.')) ?? ''))
    if (at === undefined || !isWithin(period, at)) return false
  }
  return where.every((any) => any.some((condition) => meets(data, condition)))
}

/** A value that fits into a cell: a single one, or a list of such. Of a list of mappings, how many there are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(isData) ? value.length : value.map(plain).filter((item) => item !== null)
  if (isData(value)) return value
  return ['string', 'number', 'boolean'].includes(typeof value) ? value : null
}
