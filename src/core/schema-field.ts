import { type Data, isData, valueAt } from './record.ts'

/** The schema of a top-level field, with a `$ref` into the same schema followed; `undefined` where there is none. */
export function fieldSchema(schema: Data, field: string): Data | undefined {
  const found = valueAt(schema, ['properties', field])
  if (!isData(found)) return undefined
  const reference = found['$ref']
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return found
  const target = valueAt(schema, reference.slice(2).split('/'))
  return isData(target) ? target : found
}
