import Ajv2020 from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { compileTemplates } from '../../src/adapters/template.ts'
import { isData, listAt, textAt, valueAt } from '../../src/core/record.ts'
import { judge } from '../../src/core/rule.ts'
import { formFindings } from '../../src/journeys/form-facts.ts'
import { treeRules } from '../../src/rules/index.ts'
import { shipped, shippedFiles, shippedRecords, shippedText, shippedTypes } from '../support/shipped.ts'

const templates = compileTemplates(
  new Map(shippedTypes.map((type) => [type, shippedText(`templates/${type}.md.hbs`)] as const)),
)

function typeOf(name: string) {
  const type = shipped.rulebook.types.get(name)
  if (!type) throw new Error(`${name} is no record type`)
  return type
}

/** Every part of a schema that describes a value, with its path: fields, items and definitions. */
function* described(schema: unknown, path: string): Generator<{ path: string; part: unknown }> {
  if (!isData(schema)) return
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' || keyword === '$defs') {
      for (const [name, part] of Object.entries(isData(value) ? value : {})) {
        yield { path: `${path}/${name}`, part }
        yield* described(part, `${path}/${name}`)
      }
    } else if (keyword === 'items' || keyword === 'additionalProperties') {
      if (isData(value) && !('$ref' in schema)) yield { path: `${path}/*`, part: value }
      if (isData(value) && !('$ref' in schema)) yield* described(value, `${path}/*`)
    }
  }
}

/** Every mapping of a schema that lists its fields. */
function* mappings(schema: unknown, path: string): Generator<{ path: string; part: { [keyword: string]: unknown } }> {
  if (Array.isArray(schema)) for (const [index, part] of schema.entries()) yield* mappings(part, `${path}/${index}`)
  if (!isData(schema)) return
  if (isData(schema['properties']) && schema['type'] !== undefined) yield { path, part: schema }
  for (const [keyword, part] of Object.entries(schema)) {
    if (keyword !== 'examples') yield* mappings(part, `${path}/${keyword}`)
  }
}

describe('every schema file', () => {
  const files = shippedFiles.filter(({ path }) => /^schemas\/.*\.json$/.test(path)).map(({ path }) => path)

  test.each(files)('%s is a valid schema of draft 2020-12', (file) => {
    const schema: unknown = JSON.parse(shippedText(file))
    const ajv = new Ajv2020.default({ strict: false })
    expect(valueAt(schema, ['$schema'])).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(isData(schema) && ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true)
  })

  test.each(files)('%s explains every field by title and description', (file) => {
    const parts = [...described(JSON.parse(shippedText(file)), file)]
    const silent = parts.filter(({ part }) => {
      const own = isData(part) ? part : {}
      const borrowed = textAt(own, '$ref')?.startsWith('#/$defs/') === true
      return !borrowed && !(textAt(own, 'title') && textAt(own, 'description'))
    })
    expect(parts.length).toBeGreaterThan(5)
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  test.each(files)('%s allows no field that it does not list', (file) => {
    const open = [...mappings(JSON.parse(shippedText(file)), file)].filter(
      ({ part }) => !('additionalProperties' in part) || part['additionalProperties'] === true,
    )
    expect(open.map(({ path }) => path)).toEqual([])
  })

  test('all of them are proven and compiled', () => {
    expect(() => shipped.proveSchemas()).not.toThrow()
  })
})

describe.each(shippedTypes)('the record type %s', (name) => {
  const type = typeOf(name)
  const examples = listAt(type.schema, 'examples').filter(isData)

  test('has an id, a title and a description of itself', () => {
    expect(textAt(type.schema, 'title')).toBeTruthy()
    expect(textAt(type.schema, 'description')).toBeTruthy()
    expect(listAt(type.schema, 'required')).toEqual(expect.arrayContaining(['id', 'title']))
  })

  test('requires only fields that it knows', () => {
    const fields = Object.keys(isData(type.schema['properties']) ? type.schema['properties'] : {})
    expect(fields).toEqual(expect.arrayContaining([...listAt(type.schema, 'required')]))
  })

  test('has examples that fit it', () => {
    expect(examples.length).toBeGreaterThan(0)
    expect(examples.flatMap((example) => shipped.schemaDiagnostics(name, 'example', example))).toEqual([])
  })

  test('has a template that renders its examples', () => {
    for (const example of examples) {
      const page = templates.get(name)?.(shipped.withBlanks(name, example)) ?? ''
      expect(page).toMatch(/^# ./)
      expect(page).toContain(`\`${textAt(example, 'id')}\``)
      expect(page).not.toMatch(/null|undefined|\[object/)
    }
  })

  test('refers only to types that exist', () => {
    expect(shippedTypes).toEqual(expect.arrayContaining(type.references.flatMap(({ to }) => to)))
  })

  test('has a lifecycle exactly if it has states', () => {
    expect(type.lifecycle !== undefined).toBe(valueAt(type.schema, ['properties', 'state']) !== undefined)
  })

  test('has at least one record in the example organisation', () => {
    expect(shippedRecords().ofType(name).length).toBeGreaterThan(0)
  })
})

const stateful = shippedTypes.filter((name) => typeOf(name).lifecycle)

describe.each(stateful)('the lifecycle of %s', (name) => {
  const type = typeOf(name)
  const lifecycle = type.lifecycle ?? { initial: [], states: new Map(), transitions: [] }

  test('has the states of the schema, in the same order', () => {
    expect([...lifecycle.states.keys()]).toEqual(valueAt(type.schema, ['properties', 'state', 'enum']))
  })

  test('reaches every state from a birth', () => {
    const reached = new Set(lifecycle.initial.map(({ state }) => state))
    for (let before = 0; before < reached.size; ) {
      before = reached.size
      for (const { from, to } of lifecycle.transitions) if (reached.has(from)) reached.add(to)
    }
    expect([...lifecycle.states.keys()].filter((state) => !reached.has(state))).toEqual([])
  })

  test('leaves every state that is not final, and no final one', () => {
    for (const { name: state, final } of lifecycle.states.values()) {
      expect(
        lifecycle.transitions.some(({ from }) => from === state),
        state,
      ).toBe(!final)
    }
  })

  test('explains each state', () => {
    for (const state of lifecycle.states.values()) expect(state.description).toMatch(/^[A-Z].*\.$/)
  })
})

describe('the example organisation', () => {
  test('fits its schemas', () => {
    const records = shippedRecords()
    expect(records.all.length).toBeGreaterThan(50)
    expect(records.all.flatMap(({ type, file, data }) => shipped.schemaDiagnostics(type, file, data))).toEqual([])
  })

  test('satisfies every rule of a tree', () => {
    const records = shippedRecords()
    const forms = formFindings(records, shipped.rulebook)
    const facts = { rulebook: shipped.rulebook, records, changes: [], unreadable: new Set<string>(), forms }
    expect(judge(treeRules, facts)).toEqual([])
  })

  test('has incidents in every state', () => {
    const states = new Set(
      shippedRecords()
        .ofType('incident')
        .map(({ data }) => textAt(data, 'state')),
    )
    expect([...states].sort()).toEqual([...(typeOf('incident').lifecycle?.states.keys() ?? [])].sort())
  })

  test('draws categories from its taxonomy', () => {
    const used = shippedRecords()
      .ofType('incident')
      .flatMap(({ data }) => textAt(data, 'category') ?? [])
    expect(shipped.rulebook.config.categories).toEqual(expect.arrayContaining(used))
  })

  test('is explained by editors: every file names its schema', () => {
    const records = shippedFiles.filter(({ path }) => /^records\/.*\.yaml$/.test(path))
    for (const { path } of records) {
      const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(shippedText(path)) ?? []
      const base = new URL(`file:///${path}`)
      expect(new URL(named, base).pathname).toBe(`/schemas/${path.split('/')[1]}/schema.json`)
    }
  })

  test('reads well as pages', () => {
    for (const { type, data } of shippedRecords().all) {
      const page = templates.get(type)?.(shipped.withBlanks(type, data)) ?? ''
      expect(page).toContain('\n| --- | --- |')
      expect(page).not.toMatch(/null|undefined|\[object/)
    }
  })
})
