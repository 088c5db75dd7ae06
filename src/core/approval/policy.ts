import { parseDuration, type Seconds } from '../instant.ts'
import { type Data, isData, listAt, type RecordDoc, textAt, textsAt } from '../record.ts'
import { type Requirement, requirementOf } from './requirement.ts'

/** A record of `records/policy/`, ready to be asked. */
export interface Policy {
  readonly id: string
  readonly file: string
  /** Record types, or `governance`. */
  readonly guards: readonly string[]
  readonly lane: 'pull_request' | 'direct'
  readonly rules: readonly PolicyRule[]
}

/** One rule of a policy: the first whose conditions hold decides. */
export interface PolicyRule {
  readonly name: string
  /** Each fact with the values one of which must be true. */
  readonly when: ReadonlyMap<string, readonly unknown[]>
  readonly require: Requirement
  /** Seconds after the change reached the mainline within which the approval may follow. */
  readonly retroactive?: Seconds
  /** Seconds after it was given for which an approval holds; for good where left out. */
  readonly expires?: Seconds
  /** The rule as its record says it: part of what an approval is given under. */
  readonly data: Data
}

/** What `guards` says of a policy on everything that judges others. */
export const governance = 'governance'

/** The policies that records were read as before: a replay asks for the same ones at every commit. */
const known = new WeakMap<RecordDoc, Policy>()

/** The policy that a record describes. */
export function policyOf(record: RecordDoc): Policy {
  const before = known.get(record)
  if (before) return before
  const { id, file, data } = record
  const policy: Policy = {
    id,
    file,
    guards: textsAt(data, 'guards'),
    lane: data['lane'] === 'direct' ? 'direct' : 'pull_request',
    rules: listAt(data, 'rules').filter(isData).map(ruleOf),
  }
  known.set(record, policy)
  return policy
}

function ruleOf(data: Data): PolicyRule {
  const when = isData(data['when']) ? data['when'] : {}
  const retroactive = parseDuration(textAt(data, 'retroactive') ?? '')
  const expires = expiryOf(data['expires'])
  return {
    name: textAt(data, 'name') ?? '',
    when: new Map(Object.entries(when).map(([fact, value]) => [fact, Array.isArray(value) ? value : [value]])),
    require: expires === 'unreadable' ? unreadableExpiry : requirementOf(data['require']),
    ...(retroactive !== undefined && { retroactive }),
    ...(typeof expires === 'number' && { expires }),
    data,
  }
}

/** Careless words must not make an approval hold for good. */
const unreadableExpiry: Requirement = { kind: 'unreadable', because: 'expires is neither days nor hours' }

const expiryForm = /^P([1-9]\d{0,3})D$/

/** How long an approval holds: `P14D`, days of 24 hours, or `PT48H`. */
function expiryOf(value: unknown): Seconds | 'unreadable' | undefined {
  if (value === undefined || value === null) return undefined
  const text = typeof value === 'string' ? value : ''
  const [, days] = expiryForm.exec(text) ?? []
  const length = days === undefined ? parseDuration(text) : Number(days) * 86_400
  return length === undefined || length === 0 ? 'unreadable' : length
}

/** The conditions of a rule in words: `risk is high or very_high and state is scheduled`; `always` without any. */
export function conditionsText(when: Data): string {
  const parts = Object.entries(when)
    .filter(([, value]) => value !== null)
    .map(([fact, value]) => `${fact} is ${(Array.isArray(value) ? value : [value]).join(' or ')}`)
  return parts.length === 0 ? 'always' : parts.join(' and ')
}
