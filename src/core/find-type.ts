import { Fault } from './fault.ts'
import { nearest } from './nearest.ts'
import type { RecordType } from './record-type.ts'

/** The record type of a name; a `Fault` with a suggestion when there is none. */
export function findType(name: string, types: ReadonlyMap<string, RecordType>): RecordType {
  const type = types.get(name)
  if (type) return type
  const guess = nearest(name, types.keys())
  throw new Fault(`There is no record type ${JSON.stringify(name)}`, {
    cure: guess ? `Did you mean ${guess}?` : `Types here: ${[...types.keys()].join(', ')}`,
  })
}
