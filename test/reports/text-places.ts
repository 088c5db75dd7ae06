import { follow, type SchemaFiles, type SchemaPart } from '../../src/adapters/schema-route.ts'
import { type Data, isData, listAt, textAt } from '../../src/core/record.ts'
import { shippedFiles } from '../support/shipped.ts'

/** A text that no name, address, instant or choice of a schema is. */
export const probe = 'x | <b> @ada #1 [y](z) {{w}}'

const files: SchemaFiles = new Map(
  shippedFiles
    .filter(({ path }) => /^schemas\/.*\.json$/.test(path))
    .map(({ path, bytes }) => [path, JSON.parse(new TextDecoder().decode(bytes))]),
)

/** All that the schemas say of one value: its own part, and those that `$ref` and the like lead to. */
type Parts = readonly SchemaPart[]

/** A value as the schemas know it. */
interface Place {
  readonly parts: Parts
  /** Whether people may write there what they like. What may be a list of such texts as well is taken for the list. */
  readonly isFree: boolean
  readonly fields: readonly (readonly [name: string, place: Place])[]
  /** Of a list. */
  readonly items: Place | undefined
  /** Of a mapping that takes names of its own. */
  readonly others: Place | undefined
}

const known = new Map<Data, Place>()

function placeOf(type: string): Place {
  const file = `schemas/${type}/schema.json`
  const place = placeWith(partsOf({ file, schema: files.get(file) ?? {} }))
  if (!place) throw new Error(`${type} has no schema`)
  return place
}

/** A place is made once: one that holds itself, as a condition made of conditions does, then leads back to itself. */
function placeWith(parts: Parts): Place | undefined {
  const [first] = parts
  if (first === undefined) return undefined
  const before = known.get(first.schema)
  if (before) return before
  const place = { parts, isFree: isFree(parts) && under(parts, 'items').length === 0 }
  const found: Place = Object.assign(place, { fields: [], items: undefined, others: undefined })
  known.set(first.schema, found)
  const properties = under(parts, 'properties')
  const names = new Set(properties.flatMap(({ schema }) => Object.keys(schema)))
  return Object.assign(place, {
    fields: [...names].flatMap((name) => {
      const field = placeWith(under(properties, name))
      return field ? [[name, field] as const] : []
    }),
    items: placeWith(under(parts, 'items')),
    others: placeWith(under(parts, 'additionalProperties')),
  })
}

function partsOf(part: SchemaPart): Parts {
  const ref = textAt(part.schema, '$ref')
  const target = ref === undefined ? undefined : follow(files, part.file, ref)
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listAt(part.schema, keyword)).filter(isData)
  const beside = [...(target ? [target] : []), ...branches.map((schema) => ({ file: part.file, schema }))]
  return [part, ...beside.flatMap(partsOf)]
}

/** The parts that speak of what stands under a keyword of any of the parts. */
function under(parts: Parts, keyword: string): Parts {
  return parts.flatMap(({ file, schema }) => {
    const found = schema[keyword]
    return isData(found) ? partsOf({ file, schema: found }) : []
  })
}

function said(parts: Parts, keyword: string): unknown {
  return parts.map(({ schema }) => schema[keyword]).find((value) => value !== undefined)
}

function isFree(parts: Parts): boolean {
  const types = [said(parts, 'type')].flat()
  const bound = ['enum', 'const', 'format', 'x-reference'].some((keyword) => said(parts, keyword) !== undefined)
  return types.includes('string') && !bound && fits(parts, probe)
}

/** What a mapping that takes names of its own has in it. */
const ownName = 'note'

/**
 * The places of texts in records of a type that its schema lets people write freely, `*` standing for any place in a
 * list, `note` for any name.
 */
export function textPlaces(type: string): readonly string[] {
  return routesIn(placeOf(type), [], new Set())
}

function routesIn(place: Place, route: readonly string[], within: ReadonlySet<Place>): readonly string[] {
  if (within.has(place)) return []
  const entered = new Set([...within, place])
  return [
    ...(place.isFree ? [route.join('.')] : []),
    ...insides(place).flatMap(([name, inside]) => routesIn(inside, [...route, name], entered)),
  ]
}

function insides({ fields, items, others }: Place): readonly (readonly [name: string, place: Place])[] {
  return [...fields, ...(items ? [['*', items] as const] : []), ...(others ? [[ownName, others] as const] : [])]
}

const holding = new Map<Place, boolean>()

/** Whether people may write what they like somewhere in a value. */
function holdsText(place: Place): boolean {
  const before = holding.get(place)
  if (before !== undefined) return before
  const holds = routesIn(place, [], new Set()).length > 0
  holding.set(place, holds)
  return holds
}

/** A record with something said in every place where its schema lets people write freely; what it says itself stays. */
export function sayingAll(type: string, record: Data): Data {
  const filled = filledValue(placeOf(type), record)
  return isData(filled) ? filled : record
}

function filledValue(place: Place, value: unknown): unknown {
  const { parts, fields, items, others } = place
  if (!holdsText(place)) return value ?? sample(parts)
  if (items && (value === undefined || Array.isArray(value))) {
    const given: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [undefined]
    return given.map((item) => filledValue(items, item))
  }
  const mayHold = value === undefined || isData(value)
  if (!mayHold || (fields.length === 0 && !others)) return value ?? sample(parts)
  const given = value ?? {}
  const needed = value === undefined ? listAt({ needed: said(parts, 'required') }, 'needed') : []
  const wanted = fields.filter(([name, field]) => name in given || needed.includes(name) || holdsText(field))
  return {
    ...given,
    ...Object.fromEntries(wanted.map(([name, field]) => [name, filledValue(field, given[name])])),
    ...(others && holdsText(others) && { [ownName]: filledValue(others, given[ownName]) }),
  }
}

const samples = ['text', 'x', 'X-1', 'CHG-1', 'EUR', 'PT1H', '2026-10-01', '2026-10-01T09:00:00Z', 'Europe/Berlin']

/** Some value that the schema takes. */
function sample(parts: Parts): unknown {
  const [examples, choices] = ['examples', 'enum'].map((keyword) => said(parts, keyword))
  const [first] = [...(Array.isArray(choices) ? choices : []), ...(Array.isArray(examples) ? examples : [])]
  if (first !== undefined) return first
  switch (said(parts, 'type')) {
    case 'boolean':
      return true
    case 'number':
    case 'integer':
      return said(parts, 'minimum') ?? 1
    case 'array':
      return said(parts, 'minItems') === undefined ? [] : [sample(under(parts, 'items'))]
    default:
      return samples.find((text) => fits(parts, text))
  }
}

const formats: { readonly [format: string]: RegExp } = {
  'date-time': /T.*Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  duration: /^PT/,
  'time-zone': /\//,
}

/** Whether a text has the format and the patterns that are asked of it. */
function fits(parts: Parts, text: string): boolean {
  const format = said(parts, 'format')
  const patterns = parts.flatMap(({ schema }) => textAt(schema, 'pattern') ?? [])
  return (
    patterns.every((pattern) => new RegExp(pattern, 'u').test(text)) &&
    (typeof format !== 'string' || (formats[format]?.test(text) ?? false))
  )
}
