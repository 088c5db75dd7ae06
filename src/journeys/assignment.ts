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

/** A record with all that is assigned to it, its model first: that tells how the others are meant. */
export function withAssigned(
  registry: Registry,
  type: string,
  data: Data,
  assignments: readonly Assignment[],
  records: RecordIndex,
): Data {
  const isModel = ({ route }: Assignment): boolean => route.join('.') === 'model'
  const ordered = [...assignments.filter(isModel), ...assignments.filter((each) => !isModel(each))]
  return ordered.reduce((so, each) => withValue(so, each.route, meantValue(registry, type, so, each, records)), data)
}

/** The value that an assignment means in a record among others: a parameter that its model wants as text is one. */
export function meantValue(
  registry: Registry,
  type: string,
  data: Data,
  assignment: Assignment,
  records: RecordIndex,
): unknown {
  const model = records.find('change-model', textAt(data, 'model') ?? '')
  const [field, name = ''] = assignment.route
  const parameter = field === 'parameters' ? valueAt(model?.data ?? {}, ['parameters', name]) : undefined
  // Then `6.4` is no number.
  const isText = isData(parameter) && ['text', 'ci', 'service'].includes(textAt(parameter, 'kind') ?? 'text')
  return isText ? assignment.text : assignedValue(registry, type, data, assignment)
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
