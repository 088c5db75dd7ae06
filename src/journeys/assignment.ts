import type { Registry } from '../adapters/registry.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import type { RecordIndex } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, textAt, valueAt } from '../core/record.ts'
import { withValue } from '../core/with-value.ts'

/** A `--set path=value`: where, and the text given. */
export interface Assignment {
  readonly route: Route
  readonly text: string
}

/** Reads `path=value`; a `Fault` for any other form. */
export function assignmentOf(text: string): Assignment {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  const keys = path.split('.')
  if (path === '' || keys.includes('')) {
    throw new Fault(`${JSON.stringify(text)} sets nothing`, { cure: 'Write --set path=value, such as team=operations' })
  }
  return { route: keys, text: value }
}

/** What tells how other fields are meant: the model of a change, and the catalogue item of a request. */
const telling: readonly string[] = ['model', 'item']

/** A record with all that is assigned to it, its model or item first: that tells how the others are meant. */
export function withAssigned(
  registry: Registry,
  type: string,
  data: Data,
  assignments: readonly Assignment[],
  records: RecordIndex,
): Data {
  const tells = ({ route }: Assignment): boolean => telling.includes(route.join('.'))
  const ordered = [...assignments.filter(tells), ...assignments.filter((each) => !tells(each))]
  return ordered.reduce((so, each) => withValue(so, each.route, meantValue(registry, type, so, each, records)), data)
}

/**
 * The value that an assignment means in a record among others: what its model or the form of its item wants as text is
 * one.
 */
export function meantValue(
  registry: Registry,
  type: string,
  data: Data,
  assignment: Assignment,
  records: RecordIndex,
): unknown {
  // Then `6.4` is no number.
  const isText = isTextParameter(data, assignment, records) || isTextAnswer(data, assignment, records)
  return isText ? assignment.text : assignedValue(registry, type, data, assignment)
}

function isTextParameter(data: Data, { route: [field, name = ''] }: Assignment, records: RecordIndex): boolean {
  if (field !== 'parameters') return false
  const model = records.find('change-model', textAt(data, 'model') ?? '')
  const parameter = valueAt(model?.data ?? {}, ['parameters', name])
  return isData(parameter) && ['text', 'ci', 'service'].includes(textAt(parameter, 'kind') ?? 'text')
}

function isTextAnswer(data: Data, { route: [field, name = ''] }: Assignment, records: RecordIndex): boolean {
  if (field !== 'form') return false
  const item = records.find('catalogue-item', textAt(data, 'item') ?? '')
  return valueAt(item?.data ?? {}, ['form', 'properties', name, 'type']) === 'string'
}

/**
 * The value that an assignment means: its text as it stands where the schema takes a text there, otherwise what it
 * says as YAML (`cis=[web-1, web-2]`, `major=true`).
 */
export function assignedValue(registry: Registry, type: string, data: Data, { route, text }: Assignment): unknown {
  const read = readYaml('', new TextEncoder().encode(text))
  // What YAML reads as a text is said as well by the text itself, which no folding of lines has changed.
  const other = read.data === undefined || read.data === null || typeof read.data === 'string' ? [] : [read.data]
  const candidates = [text, ...other]
  const wrong = candidates.map(
    (value) =>
      registry
        .schemaDiagnostics(type, '', withValue(data, route, value))
        .filter(({ place }) => route.every((key, index) => String(place.route[index]) === String(key))).length,
  )
  return candidates[wrong.lastIndexOf(Math.min(...wrong))]
}
