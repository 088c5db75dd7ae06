import { metrics } from '../metric-catalogue.ts'
import { nearest } from '../nearest.ts'
import { type Data, isData, textsAt, valueAt } from '../record.ts'
import type { RecordType } from '../record-type.ts'
import type { OwnList, OwnPage } from './own-page.ts'

/** What own pages may name. */
export interface Nameable {
  /** Names of the pages that are there already. */
  readonly pages: readonly string[]
  readonly types: ReadonlyMap<string, RecordType>
  /** The schema of a top-level field of a type, with references followed. */
  readonly fieldSchema: (type: string, field: string) => Data
  /** Ids of KPI records. */
  readonly kpis: readonly string[]
}

/** Something that an entry names and that does not exist, or that it cannot name. */
export interface Amiss {
  readonly message: string
  readonly cure: string
}

/** What is wrong with the own pages of an organisation, the first thing; `undefined` where nothing is. */
export function amissIn(own: readonly OwnPage[], known: Nameable): Amiss | undefined {
  const names = new Set(known.pages)
  for (const page of own) {
    if (names.has(page.name)) {
      return { message: `There is a page ${page.name} already`, cure: 'Give the page another name' }
    }
    names.add(page.name)
    const found = amissOn(page, known)
    if (found) return found
  }
  return undefined
}

function amissOn({ name, kpis, charts, lists }: OwnPage, known: Nameable): Amiss | undefined {
  const ids = [...metrics.map(({ id }) => id), ...known.kpis]
  for (const id of [...kpis, ...charts.map(({ kpi }) => kpi)]) {
    if (!ids.includes(id)) return unknown(name, 'the KPI', id, ids, 'gitsm metrics --list and gitsm list kpi show them')
  }
  for (const { kpi, key } of charts) {
    if (!kpis.includes(kpi)) {
      return { message: `The chart ${key} of the page ${name} shows ${kpi}`, cure: `Add ${kpi} to kpis of the page` }
    }
  }
  for (const list of lists) {
    const type = known.types.get(list.type)
    if (!type) {
      const types = [...known.types.keys()]
      return unknown(name, 'the type', list.type, types, `Known: ${types.join(', ')}`)
    }
    const found = amissInList(name, list, type, known)
    if (found) return found
  }
  const twice = charts.find(({ key }, index) => charts.findIndex((other) => other.key === key) !== index)
  return twice && { message: `The page ${name} has two charts ${twice.key}`, cure: 'Give each chart a key of its own' }
}

/** A field or value that records of the type never have: the list would be empty, which reads as if there were none. */
function amissInList(
  page: string,
  { title, where, during, fields }: OwnList,
  type: RecordType,
  { fieldSchema }: Nameable,
): Amiss | undefined {
  const conditions = where.flat()
  const paths = [
    ...conditions.map(({ path }) => path),
    ...[...(during === undefined ? [] : [during]), ...fields].map((path) => path.split('.')),
  ]
  for (const path of paths) {
    const gap = gapIn(path, type, fieldSchema)
    if (!gap) continue
    const guess = nearest(gap.step, gap.fields)
    return {
      message: `The list ${JSON.stringify(title)} of the page ${page} names the field ${JSON.stringify(path.join('.'))}; ${type.name} records have none`,
      cure: guess ? `Did you mean ${guess}?` : `Its fields are ${gap.fields.join(', ')}`,
    }
  }
  for (const { path, value } of conditions) {
    const possible = valuesOf(path, type, fieldSchema)
    if (value === '' || possible.length === 0 || possible.includes(value)) continue
    const guess = nearest(value, possible)
    return {
      message: `The list ${JSON.stringify(title)} of the page ${page} finds nothing: ${path.join('.')} is never ${JSON.stringify(value)}`,
      cure: guess ? `Did you mean ${guess}?` : `It can be ${possible.join(', ')}`,
    }
  }
  return undefined
}

/** The first step of a path that a type has no field for, with the fields that it has there. */
function gapIn(
  [field = '', ...deeper]: readonly string[],
  { name, schema }: RecordType,
  fieldSchema: Nameable['fieldSchema'],
): { readonly step: string; readonly fields: readonly string[] } | undefined {
  const fields = fieldsOf(schema)
  if (!fields.includes(field)) return { step: field, fields }
  let at: unknown = fieldSchema(name, field)
  for (const step of deeper) {
    // Of a mapping of any names, of what another schema tells and of lists nothing is known.
    if (!isData(at) || at['additionalProperties'] !== false) return undefined
    if (!fieldsOf(at).includes(step)) return { step, fields: fieldsOf(at) }
    at = valueAt(at, ['properties', step])
  }
  return undefined
}

function fieldsOf(schema: Data): readonly string[] {
  return isData(schema['properties']) ? Object.keys(schema['properties']) : []
}

/** What a field can be, where its type lists that; empty where any value will do. */
function valuesOf(
  [field = '', ...deeper]: readonly string[],
  { name, lifecycle }: RecordType,
  fieldSchema: Nameable['fieldSchema'],
): readonly string[] {
  if (deeper.length > 0) return []
  if (field === 'state' && lifecycle) return [...lifecycle.states.keys()]
  return textsAt(fieldSchema(name, field), 'enum')
}

function unknown(page: string, what: string, id: string, ids: readonly string[], otherwise: string): Amiss {
  const guess = nearest(id, ids)
  return {
    message: `The page ${page} names ${what} ${JSON.stringify(id)}, which does not exist`,
    cure: guess ? `Did you mean ${guess}?` : otherwise,
  }
}
