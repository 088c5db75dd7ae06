import { type Data, isData } from '../core/record.ts'
import { isSame } from '../core/same.ts'
import { knownFormats } from './schema-format.ts'
import { pattern } from './schema-pattern.ts'

/** Whether data fit a part of a schema. */
export type Check = (data: unknown) => boolean

/**
 * What a keyword asks of data; `undefined` where its value is not what the meta-schema allows, or what is common.
 * `within` gives the check of a schema inside it, `beside` is the schema that the keyword stands in.
 */
export type Keyword = (
  value: unknown,
  within: (schema: unknown) => Check | undefined,
  beside: Data,
) => Check | undefined

const draft = 'https://json-schema.org/draft/2020-12/schema'

/** Whether a keyword only tells something, and tells it in the form that the meta-schema asks for. */
export function annotations(name: string, value: unknown): boolean {
  if (name === '$schema') return value === draft
  if (name === 'examples') return Array.isArray(value)
  if (name === 'default') return true
  return ['title', 'description', '$comment'].includes(name) ? typeof value === 'string' : /^x-[a-z0-9-]+$/.test(name)
}

const types: { readonly [type: string]: Check } = {
  array: Array.isArray,
  boolean: (data) => typeof data === 'boolean',
  integer: Number.isInteger,
  null: (data) => data === null,
  number: Number.isFinite,
  object: isData,
  string: (data) => typeof data === 'string',
}

/** The keywords that a check knows, as draft 2020-12 defines them. */
export const keywords: { readonly [name: string]: Keyword } = {
  $defs: (value, within) => each(value, within) && anything,
  additionalProperties(value, within, beside) {
    const other = within(value)
    const known = new Set(Object.keys(isData(beside['properties']) ? beside['properties'] : {}))
    return other && ofObject((data) => Object.keys(data).every((name) => known.has(name) || other(data[name])))
  },
  allOf: (value, within) => branches(value, within, (fitting, all) => fitting === all),
  anyOf: (value, within) => branches(value, within, (fitting) => fitting > 0),
  const: (value) => (isScalar(value) ? (data) => data === value : undefined),
  dependentRequired(value) {
    if (!isData(value) || !Object.values(value).every(isNames)) return undefined
    const called = Object.entries(value).map(([name, others]) => [name, isNames(others) ? others : []] as const)
    return ofObject((data) => called.every(([name, others]) => data[name] === undefined || hasAll(data, others)))
  },
  enum(value) {
    const isPlain = Array.isArray(value) && value.length > 0 && value.every(isScalar)
    return isPlain ? (data) => value.some((allowed) => allowed === data) : undefined
  },
  exclusiveMaximum: (value) => bound(value, (data, limit) => data < limit),
  exclusiveMinimum: (value) => bound(value, (data, limit) => data > limit),
  format(value) {
    const fits = typeof value === 'string' && Object.hasOwn(knownFormats, value) ? knownFormats[value] : undefined
    return fits && ofText(fits)
  },
  if(value, within, beside) {
    if (!('then' in beside || 'else' in beside)) return undefined
    const [asked, yes, no] = [value, beside['then'] ?? true, beside['else'] ?? true].map(within)
    return asked && yes && no && ((data) => (asked(data) ? yes(data) : no(data)))
  },
  items(value, within) {
    const item = within(value)
    return item && ofList((data) => data.every(item))
  },
  maxItems: (value) => count(value, (most) => ofList((data) => data.length <= most)),
  maxLength: (value) => count(value, (most) => ofText((text) => text.length <= most || lengthOf(text) <= most)),
  maxProperties: (value) => count(value, (most) => ofObject((data) => Object.keys(data).length <= most)),
  maximum: (value) => bound(value, (data, limit) => data <= limit),
  minItems: (value) => count(value, (least) => ofList((data) => data.length >= least)),
  minLength: (value) => count(value, (least) => ofText((text) => lengthOf(text) >= least)),
  minProperties: (value) => count(value, (least) => ofObject((data) => Object.keys(data).length >= least)),
  minimum: (value) => bound(value, (data, limit) => data >= limit),
  not(value, within) {
    const check = within(value)
    return check && ((data) => !check(data))
  },
  oneOf: (value, within) => branches(value, within, (fitting) => fitting === 1),
  pattern(value) {
    const expression = typeof value === 'string' ? patternOf(value) : undefined
    return expression && ofText((text) => expression.test(text))
  },
  properties(value, within) {
    const fields = each(value, within)
    return fields && ofObject((data) => fields.every(([name, check]) => data[name] === undefined || check(data[name])))
  },
  propertyNames(value, within) {
    const check = within(value)
    return check && ofObject((data) => Object.keys(data).every(check))
  },
  required: (value) => (isNames(value) ? ofObject((data) => hasAll(data, value)) : undefined),
  type(value) {
    const named = Array.isArray(value) ? value : [value]
    const wanted = named.map((name) => (Object.hasOwn(types, String(name)) ? types[String(name)] : undefined))
    if (named.length === 0 || !isNames(named) || wanted.includes(undefined)) return undefined
    return (data) => wanted.some((fits) => fits?.(data))
  },
  uniqueItems(value) {
    if (typeof value !== 'boolean') return undefined
    return value ? ofList(areUnlike) : anything
  },
}

function anything(): boolean {
  return true
}

function ofObject(check: (data: Data) => boolean): Check {
  return (data) => !isData(data) || check(data)
}

function ofList(check: (data: readonly unknown[]) => boolean): Check {
  return (data) => !Array.isArray(data) || check(data)
}

function ofText(check: (data: string) => boolean): Check {
  return (data) => typeof data !== 'string' || check(data)
}

function isScalar(value: unknown): boolean {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value)
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string') && new Set(value).size === value.length
}

function hasAll(data: Data, names: readonly string[]): boolean {
  return names.every((name) => data[name] !== undefined)
}

function areUnlike(list: readonly unknown[]): boolean {
  const [scalars, others] = [list.filter(isScalar), list.filter((item) => !isScalar(item))]
  const differ = new Set(scalars).size === scalars.length
  return differ && others.every((item, at) => !others.some((other, index) => index < at && isSame(item, other)))
}

/** How many characters a text has; one outside the first plane counts once. */
function lengthOf(text: string): number {
  return [...text].length
}

function count(value: unknown, check: (limit: number) => Check): Check | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? check(value) : undefined
}

/** A limit says nothing of numbers that are none, nor of those without end: `type` refuses them. */
function bound(value: unknown, check: (data: number, limit: number) => boolean): Check | undefined {
  if (typeof value !== 'number') return undefined
  return (data) => typeof data !== 'number' || !Number.isFinite(data) || check(data, value)
}

function branches(
  value: unknown,
  within: (schema: unknown) => Check | undefined,
  decide: (fitting: number, all: number) => boolean,
): Check | undefined {
  const checks = Array.isArray(value) ? value.map(within).filter((check) => check !== undefined) : []
  if (!Array.isArray(value) || checks.length !== value.length || checks.length === 0) return undefined
  return (data) => decide(checks.filter((check) => check(data)).length, checks.length)
}

/** The checks of the schemas in a map, such as `properties`. */
function each(
  value: unknown,
  within: (schema: unknown) => Check | undefined,
): readonly (readonly [string, Check])[] | undefined {
  if (!isData(value) || Object.hasOwn(value, '__proto__')) return undefined
  const checks = Object.entries(value).flatMap(([name, schema]) => {
    const check = within(schema)
    return check ? [[name, check] as const] : []
  })
  return checks.length === Object.keys(value).length ? checks : undefined
}

function patternOf(source: string): ReturnType<typeof pattern> | undefined {
  try {
    return pattern(source, 'u')
  } catch {
    return undefined
  }
}
