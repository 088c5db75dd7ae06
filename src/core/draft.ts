import { type Data, isData, textAt } from './record.ts'
import type { RecordType } from './record-type.ts'

/** What a new record can say by itself: the time, as an instant, and the person who writes it. */
export interface DraftFacts {
  readonly now: string
  readonly me: string
}

/**
 * The fields of a new record that need no asking: its first state, the top-level fields that the schema's `x-defaults`
 * lists as `now` or `me`, and those with a `default`.
 */
export function draftOf({ schema, lifecycle }: RecordType, { now, me }: DraftFacts): Data {
  const defaults = schema['x-defaults']
  const birth = lifecycle?.initial[0]?.state
  const known = Object.entries(isData(schema['properties']) ? schema['properties'] : {}).flatMap(([field, part]) => {
    if (!isData(part)) return []
    const asked = isData(defaults) ? defaults[field] : undefined
    const value = asked === 'now' ? now : asked === 'me' ? me : part['default']
    return value === undefined ? [] : [[field, value] as const]
  })
  return { ...Object.fromEntries(known), ...(birth === undefined ? {} : { state: birth }) }
}

/**
 * A new record whose log begins with its birth, where the type keeps a log: so the steps that it takes before it is
 * merged can be told from the state it was born in.
 */
export function withBirthLogged({ schema, lifecycle }: RecordType, data: Data, { now, me }: DraftFacts): Data {
  const state = textAt(data, 'state')
  const keepsLog = isData(schema['properties']) && 'log' in schema['properties']
  if (!lifecycle || !keepsLog || state === undefined || 'log' in data) return data
  return { ...data, log: [{ at: now, by: me, state }] }
}

/** The fields of a record in the order in which its schema lists them; fields it does not know come last. */
export function inSchemaOrder({ schema }: RecordType, data: Data): Data {
  const order = Object.keys(isData(schema['properties']) ? schema['properties'] : {})
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)
  return Object.fromEntries(Object.entries(data).toSorted(([a], [b]) => place(a) - place(b)))
}
