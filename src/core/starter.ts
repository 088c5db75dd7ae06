import { compare } from './diagnostic.ts'
import { Fault } from './fault.ts'
import { nearest } from './nearest.ts'
import { isData, type RecordDoc } from './record.ts'
import type { RecordType } from './record-type.ts'
import { namedIn } from './reference.ts'

/** What a new service repository begins with. */
export interface StarterChoices {
  /** Name of the organisation, one line. */
  readonly organisation: string
  /** IANA zone of its reports and of its first calendar. */
  readonly timezone: string
  /** Process record types in use, in alphabetical order. */
  readonly practices: readonly string[]
  /** Whether it begins with the records of the example organisation instead of an almost empty configuration. */
  readonly withExample: boolean
}

/** The process record types that there are to choose from, in alphabetical order: those whose ids have a prefix. */
export function practicesOf(types: ReadonlyMap<string, RecordType>): readonly string[] {
  return [...types.values()]
    .filter(({ prefix }) => prefix !== undefined)
    .map(({ name }) => name)
    .sort(compare)
}

/** Reads `incident,change` as practices; a `Fault` for one that does not exist, and for none at all. */
export function practicesNamed(text: string, known: readonly string[]): readonly string[] {
  const named = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const wrong = named.find((name) => !known.includes(name))
  if (named.length > 0 && wrong === undefined) return [...new Set(named)].sort(compare)
  const guess = wrong === undefined ? undefined : nearest(wrong, known)
  const listed = `The practices are ${known.join(', ')}`
  throw new Fault(wrong === undefined ? 'No practice is named' : `There is no practice ${JSON.stringify(wrong)}`, {
    cure: guess === undefined ? listed : `Did you mean ${guess}? ${listed}`,
  })
}

/** Configuration that serves one practice alone, and is left out with it. */
const serving: ReadonlyMap<string, string> = new Map([
  ['catalogue-item', 'request'],
  ['change-model', 'change'],
])

/**
 * The record types whose schemas a repository needs: the practices, configuration that they or several use, and
 * whatever these refer to, because a schema that names an unknown type cannot be read.
 */
export function typesNeeded(types: ReadonlyMap<string, RecordType>, practices: readonly string[]): ReadonlySet<string> {
  const needed = new Set<string>()
  const waiting = [...types.values()]
    .filter(({ name, prefix }) => {
      const practice = prefix === undefined ? serving.get(name) : name
      return practice === undefined || practices.includes(practice)
    })
    .map(({ name }) => name)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue
    needed.add(name)
    waiting.push(...(types.get(name)?.references ?? []).flatMap(({ to }) => to))
  }
  return needed
}

/**
 * The records of an example that stand by themselves where only some practices are in use: those of the practices, as
 * long as they name none that is left out, and all configuration.
 */
export function standingAlone(
  records: readonly RecordDoc[],
  types: ReadonlyMap<string, RecordType>,
  practices: readonly string[],
): readonly RecordDoc[] {
  const all = new Set(records.map(keyOf))
  let kept = records.filter(({ type }) => types.get(type)?.prefix === undefined || practices.includes(type))
  for (let before = Number.POSITIVE_INFINITY; kept.length < before; ) {
    before = kept.length
    const there = new Set(kept.map(keyOf))
    kept = kept.filter((record) => namedBy(record, types).every((key) => !all.has(key) || there.has(key)))
  }
  return kept
}

function keyOf({ type, id }: RecordDoc): string {
  return `${type}/${id}`
}

/** What a record names, by `<type>/<id>`; an id that may belong to several types is told for each. */
function namedBy({ type, data }: RecordDoc, types: ReadonlyMap<string, RecordType>): readonly string[] {
  const { references = [], schema = {} } = types.get(type) ?? {}
  const links = Object.entries(isData(schema['x-links']) ? schema['x-links'] : {}).flatMap(([field, to]) =>
    [[field], [field, '*']].map((path) => ({ path, to: [String(to)] })),
  )
  return [...references, ...links].flatMap(({ path, to }) =>
    namedIn(data, path).flatMap(({ id }) => to.map((each) => `${each}/${id}`)),
  )
}

/** Where a file of the starter goes: a step of its path that begins with `dot-` begins with a dot there. */
export function starterPath(path: string): string {
  return path
    .split('/')
    .map((step) => step.replace(/^dot-/, '.'))
    .join('/')
}
