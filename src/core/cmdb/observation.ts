import { formatInstant, type Instant, parseInstant } from '../instant.ts'
import { isData, textAt } from '../record.ts'

/** A value of an attribute, as records and observations give it. */
export type AttributeValue = string | number | boolean

/** What discovery saw of one item at one time. */
export interface Observation {
  readonly ci: string
  readonly seenAt: Instant
  readonly attributes: ReadonlyMap<string, AttributeValue>
}

const fields: readonly string[] = ['ci', 'seen_at', 'attributes', 'by']
const mostAttributes = 100
const longestValue = 1000

/** Reads an observation as discovery tells it; the reason in words when it cannot be one. `now` is when it is read. */
export function observationOf(value: unknown, now: Instant): Observation | string {
  if (!isData(value)) return 'it is no object'
  const unknown = Object.keys(value).find((key) => !fields.includes(key))
  if (unknown !== undefined) return `it has a field ${JSON.stringify(unknown)}; known are ${fields.join(', ')}`
  const ci = textAt(value, 'ci') ?? ''
  if (!/^[a-z0-9](-?[a-z0-9])*$/.test(ci) || ci.length > 64) return 'ci is no id of a configuration item'
  const seenAt = parseInstant(textAt(value, 'seen_at') ?? '')
  if (seenAt === undefined) return 'seen_at is no instant such as 2026-11-21T08:15:00Z'
  if (seenAt > now) return `seen_at lies in the future, after ${formatInstant(now)}`
  const given = value['attributes']
  if (given !== undefined && !isData(given)) return 'attributes is no object'
  const attributes = new Map<string, AttributeValue>()
  for (const [name, each] of Object.entries(given ?? {})) {
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(name))
      return `attributes has ${JSON.stringify(name.slice(0, 64))}, which is no name in snake_case`
    if (typeof each !== 'string' && typeof each !== 'number' && typeof each !== 'boolean')
      return `${name} is no text, number, true or false`
    if (String(each).length > longestValue) return `${name} is longer than ${longestValue} characters`
    attributes.set(name, each)
  }
  if (attributes.size > mostAttributes) return `it has more than ${mostAttributes} attributes`
  return { ci, seenAt, attributes }
}
