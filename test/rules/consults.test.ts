import { expect, test } from 'vitest'
import { indexRecords, type RecordIndex } from '../../src/core/facts.ts'
import { type Data, isData, type RecordDoc } from '../../src/core/record.ts'
import { formFindings } from '../../src/journeys/form-facts.ts'
import { load } from '../../src/journeys/load.ts'
import { treeRules } from '../../src/rules/index.ts'
import { shipped, shippedFiles } from '../support/shipped.ts'

const { records, series, unreadable } = load(shippedFiles, shipped)
const { rulebook } = shipped

/**
 * One record with every field that some record of a type has or that names another, in each of its states, with each
 * word that a field allows.
 */
function* variants(type: string): Generator<RecordDoc> {
  const [first] = records.ofType(type)
  if (!first) return
  const named = (rulebook.types.get(type)?.references ?? []).flatMap(({ path: [field = '', ...rest], to }) => {
    const id = to.flatMap((other) => records.ofType(other).map((record) => record.id))[0]
    return id === undefined || rest.length > 1 ? [] : [{ [field]: rest.length === 1 ? [id] : id }]
  })
  const data: Data = Object.assign({}, ...named, ...records.ofType(type).map((record) => record.data))
  const { properties } = rulebook.types.get(type)?.schema ?? {}
  const words = Object.entries(isData(properties) ? properties : {}).flatMap(([field, schema]) =>
    (isData(schema) && Array.isArray(schema['enum']) ? schema['enum'] : [true]).map((word) => ({ [field]: word })),
  )
  for (const state of rulebook.types.get(type)?.lifecycle?.states.keys() ?? [undefined]) {
    for (const word of [{}, ...words]) yield { ...first, data: { ...data, ...word, ...(state && { state }) } }
  }
}

/** Records to be judged; of those found by name it is noted whose content is looked at. */
function noting(judged: readonly RecordDoc[], looked: Set<string>): RecordIndex {
  const find = (type: string, id: string): RecordDoc | undefined => {
    const found = records.find(type, id)
    if (!found) return undefined
    const { data, ...rest } = found
    return {
      ...rest,
      get data() {
        looked.add(type)
        return data
      },
    }
  }
  return { ...indexRecords(judged), find }
}

const forms = formFindings(records, rulebook)

test.each(treeRules.filter(({ local }) => local))(
  '$id says whose content it looks at beside the judged record',
  (rule) => {
    const looked: Record<string, readonly string[]> = {}
    for (const type of rulebook.types.keys()) {
      const others = new Set<string>()
      for (const judged of [records.ofType(type), ...Array.from(variants(type), (each) => [each])]) {
        const facts = { rulebook, records: noting(judged, others), series, unreadable, forms, changes: [] }
        Array.from(rule.check(facts))
      }
      if (others.size > 0) looked[type] = [...others].toSorted()
    }
    const told = Object.entries(rule.consults ?? {}).map(([type, others]) => [type, others.toSorted()])
    expect(looked).toEqual(Object.fromEntries(told))
  },
)
