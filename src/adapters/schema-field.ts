import type { ErrorObject } from 'ajv/dist/2020.js'
import { nearest } from '../core/nearest.ts'
import { type Data, isData } from '../core/record.ts'
import type { Breach, Speaker } from './schema-breach.ts'
import { hinted, listed, named } from './schema-words.ts'

/** Says that a field is not known. */
export function unknownField({ error, route }: Breach, field: string): ReturnType<Speaker> {
  const known = knownFields(error.parentSchema)
  const guess = meantField(error)
  return {
    route: [...route, field],
    at: 'key',
    message: `${named([...route, field])} is not a known field`,
    hint: guess ? `Did you mean \`${guess}\`?` : known.length > 0 ? `Known fields: ${listed(known)}` : 'Leave it out',
  }
}

/** The field that an unknown one most likely means: first of all one that the record does not have yet. */
export function meantField({ params, data, parentSchema }: ErrorObject): string | undefined {
  const field = params['additionalProperty'] ?? params['unevaluatedProperty']
  if (typeof field !== 'string') return undefined
  const known = knownFields(parentSchema)
  const absent = known.filter((candidate) => !isData(data) || !Object.hasOwn(data, candidate))
  return nearest(field, absent) ?? nearest(field, known)
}

function knownFields(schema: Data | undefined): readonly string[] {
  return Object.keys(isData(schema?.['properties']) ? schema['properties'] : {})
}

/** Says that a field is missing. */
export function missingField({ route, described }: Breach, field: string): ReturnType<Speaker> {
  return { message: `${named([...route, field])} is missing`, ...hinted(described([...route, field])) }
}
