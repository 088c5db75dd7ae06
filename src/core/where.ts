import { Fault } from './fault.ts'
import { nearest } from './nearest.ts'
import { type Data, isData, textsAt, valueAt } from './record.ts'
import type { RecordType } from './record-type.ts'

/** A condition on records: the value at a dotted path equals a text, or a list there has it as an item. */
export interface Condition {
  readonly path: readonly string[]
  readonly value: string
}

/**
 * Reads `path=value`; a `Fault` where the form is wrong, the type has no such field, or the field, as `fieldSchema`
 * tells of it, never has that value.
 */
export function conditionOf(text: string, type: RecordType, fieldSchema: (field: string) => Data): Condition {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (path === '') {
    throw new Fault(`${JSON.stringify(text)} is no condition`, { cure: 'Write --where path=value, such as state=new' })
  }
  const route = path.split('.')
  const fields = isData(type.schema['properties']) ? Object.keys(type.schema['properties']) : []
  if (!fields.includes(route[0] ?? '')) {
    const guess = nearest(route[0] ?? '', fields)
    throw new Fault(`Records of type ${type.name} have no field ${route[0]}`, {
      cure: guess ? `Did you mean ${guess}?` : `Its fields are ${fields.join(', ')}`,
    })
  }
  const listed = route.length === 1 ? textsAt(fieldSchema(path), 'enum') : []
  if (value !== '' && listed.length > 0 && !listed.includes(value)) {
    const guess = nearest(value, listed)
    throw new Fault(`${path} is never ${JSON.stringify(value)}`, {
      cure: guess ? `Did you mean ${guess}?` : `It can be ${listed.join(', ')}`,
    })
  }
  return { path: route, value }
}

/** Whether a record meets a condition. Numbers and truth values are compared by their YAML text; absence is `""`. */
export function meets(data: Data, { path, value }: Condition): boolean {
  const found = valueAt(data, path)
  const items = Array.isArray(found) ? found : [found]
  return items.some((item) => (item === undefined || item === null ? '' : String(item)) === value)
}
