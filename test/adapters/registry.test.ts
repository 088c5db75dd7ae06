import { describe, expect, test } from 'vitest'
import { readRegistry } from '../../src/adapters/registry.ts'
import { exit } from '../../src/core/exit.ts'
import { Fault } from '../../src/core/fault.ts'
import { next, transition } from '../../src/core/lifecycle.ts'
import type { TreeFile } from '../../src/core/tree.ts'
import { shipped, shippedFiles, shippedText, shippedTypes, shippedWith, treeFile } from '../support/shipped.ts'

/** The fault that reading a tree throws, as message and cure. */
function faultOf(tree: readonly TreeFile[]): readonly [string, string] {
  try {
    readRegistry(tree)
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    expect(thrown.code).toBe(exit.usage)
    return [thrown.message, thrown.cure]
  }
  throw new Error('nothing was thrown')
}

/** The shipped tree with one text in one file replaced by another. */
/** The line of a shipped file that a text begins on, counting from 1. */
function lineOf(path: string, text: string): number {
  return shippedText(path).split(text)[0]?.split('\n').length ?? 0
}

function edited(path: string, from: string, to: string): readonly TreeFile[] {
  const text = shippedText(path)
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`)
  return shippedWith({ [path]: text.replace(from, to) })
}

describe('the shipped rules', () => {
  const { types, config } = shipped.rulebook

  test('have one type for each folder of schemas, in alphabetical order', () => {
    expect([...types.keys()]).toEqual(shippedTypes)
  })

  test('know the prefix of process records and none of configuration records', () => {
    expect(types.get('incident')?.prefix).toBe('INC')
    expect(types.get('service')?.prefix).toBeUndefined()
  })

  test('know the legal steps of an incident', () => {
    const lifecycle = types.get('incident')?.lifecycle
    if (!lifecycle) throw new Error('incidents have no lifecycle')
    expect(lifecycle.initial.map(({ state }) => state)).toEqual(['new', 'in_progress', 'resolved'])
    expect(next(lifecycle, 'new', {})).toEqual(['in_progress', 'on_hold', 'resolved', 'cancelled'])
    expect(transition(lifecycle, 'resolved', 'in_progress', {})?.requires).toEqual(['reopen_reason'])
    expect(transition(lifecycle, 'new', 'closed', {})).toBeUndefined()
    expect(lifecycle.states.get('on_hold')?.requires).toEqual(['team', 'hold_reason'])
    expect(lifecycle.states.get('closed')).toMatchObject({ final: true, immutable: true })
  })

  test('find references in fields, lists, maps and shared definitions', () => {
    expect(types.get('ci')?.references).toContainEqual({ path: ['depends_on', '*', 'ci'], to: ['ci'] })
    expect(types.get('incident')?.references).toContainEqual({ path: ['cis', '*'], to: ['ci'] })
    const sla = types.get('sla')?.references
    expect(sla).toContainEqual({ path: ['targets', '*', 'calendar'], to: ['calendar'] })
    expect(sla).toContainEqual({ path: ['targets', '*', 'calendar', 'default'], to: ['calendar'] })
    expect(sla).toContainEqual({ path: ['targets', '*', 'while', 'team', '*'], to: ['team'] })
  })

  test('find the order of times', () => {
    expect(types.get('incident')?.orderedTimes).toContainEqual({ field: 'acknowledged_at', notBefore: ['opened_at'] })
  })

  test('have the configuration of the example organisation', () => {
    expect(config).toMatchObject({ timezone: 'Europe/Berlin', calendar: 'berlin-office', shard: 'month', imports: [] })
    expect(config.matrix?.['high']?.['low']).toBe('P3')
    expect(config.practices).toBeUndefined()
  })
})

describe('a repository may differ', () => {
  test('a type of its own needs a schema and nothing else', () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'string' }, site: { type: 'string', 'x-reference': ['ci', 'site'] } },
    }
    const { rulebook, schemaDiagnostics } = readRegistry(
      shippedWith({ 'schemas/site/schema.json': JSON.stringify(schema) }),
    )
    expect(rulebook.types.get('site')?.references).toEqual([{ path: ['site'], to: ['ci', 'site'] }])
    expect(rulebook.types.get('site')?.lifecycle).toBeUndefined()
    expect(schemaDiagnostics('site', 'a.yaml', { id: 3 }).map(({ message }) => message)).toEqual([
      '`id` must be a text, but is a number',
    ])
  })

  test('a state of its own is added in the schema and the lifecycle', () => {
    const tree = shippedWith({
      'schemas/service/schema.json': shippedText('schemas/service/schema.json').replace(
        '"retired"]',
        '"retired", "sold"]',
      ),
      'schemas/service/lifecycle.yaml': `${shippedText('schemas/service/lifecycle.yaml').replace(
        '  retired:',
        '  sold:\n    description: Sold.\n    final: true\n  retired:',
      )}  - { from: operational, to: sold, guard: approval }\n`,
    })
    const lifecycle = readRegistry(tree).rulebook.types.get('service')?.lifecycle
    expect(lifecycle && transition(lifecycle, 'operational', 'sold', {})).toEqual({
      from: 'operational',
      to: 'sold',
      requires: [],
      guard: 'approval',
    })
  })

  test('what gitsm.yaml leaves out is filled in', () => {
    const tree = shippedWith({ 'gitsm.yaml': 'version: 1\norganisation: A\ntimezone: UTC\n' })
    expect(readRegistry(tree).rulebook.config).toEqual({
      organisation: 'A',
      timezone: 'UTC',
      calendar: 'always',
      categories: [],
      shard: 'month',
      reports: { path: 'reports' },
      imports: [],
    })
  })

  test('what gitsm.yaml says is kept', () => {
    const commit = 'a'.repeat(40)
    const tree = edited(
      'gitsm.yaml',
      'shard: month\n',
      `shard: day\npractices: [incident]\nimports: [{ system: servicenow, until: ${commit} }]\n`,
    )
    expect(readRegistry(tree).rulebook.config).toMatchObject({
      shard: 'day',
      practices: ['incident'],
      imports: [{ system: 'servicenow', until: commit }],
    })
  })

  test('files beside schemas and configuration are ignored', () => {
    const tree = [...shippedFiles, treeFile('schemas/incident/README.md', '# Incident'), treeFile('notes.json', '{')]
    expect([...readRegistry(tree).rulebook.types.keys()]).toEqual(shippedTypes)
  })

  test('a record is filled with blanks as deep as its schema goes', () => {
    const page = shipped.withBlanks('ci', { id: 'a', depends_on: [{ ci: 'b' }], attributes: { cores: 4 } })
    expect(page).toMatchObject({
      id: 'a',
      owner: null,
      depends_on: [{ ci: 'b', at_least: null }],
      attributes: { cores: 4 },
    })
  })
})

describe('what is wrong with the configuration is a fault with its cure', () => {
  const lifecycle = 'schemas/incident/lifecycle.yaml'
  const schema = 'schemas/incident/schema.json'

  test.each<[string, readonly TreeFile[], string, string]>([
    [
      'no gitsm.yaml',
      shippedWith({ 'gitsm.yaml': null }),
      'This is no service repository: gitsm.yaml is missing',
      'Run `gitsm init`, or name the repository with -C',
    ],
    [
      'no schemas',
      shippedFiles.filter(({ path }) => !path.startsWith('schemas/')),
      'This repository has no record types: there is no schemas/<type>/schema.json',
      'Run `gitsm init` at the root of a service repository',
    ],
    [
      'a misspelt key, by line and column',
      edited('gitsm.yaml', 'timezone:', 'timezon:'),
      'gitsm.yaml:4:1: `timezon` is not a known field',
      'Did you mean `timezone`?',
    ],
    [
      'an unknown zone, by line and column',
      edited('gitsm.yaml', 'Europe/Berlin', 'Europe/Berln'),
      'gitsm.yaml:4:11: `timezone` is not a known time zone: `Europe/Berln`',
      'Did you mean `Europe/Berlin`?',
    ],
    [
      'an alias in the configuration',
      edited('gitsm.yaml', 'shard: month', 'shard: *m'),
      `gitsm.yaml:${lineOf('gitsm.yaml', 'shard: month')}:8: *m is an alias, which records may not use`,
      'Write the value out; put a text that begins with * in quotes.',
    ],
    [
      'a practice that is no record type',
      edited('gitsm.yaml', 'shard: month', 'practices: [incidents]'),
      'gitsm.yaml names the practice incidents, which does not exist',
      'Did you mean incident?',
    ],
    [
      'a lifecycle without its meta-schema',
      shippedWith({ 'schemas/_meta/lifecycle.json': null }),
      'schemas/_meta/lifecycle.json is missing, which schemas/catalogue-item/lifecycle.yaml must fit',
      'Restore it from the history, or from a repository made by `gitsm init`',
    ],
    [
      'a step to an unknown state',
      edited(lifecycle, 'to: resolved }', 'to: resolvd }'),
      'schemas/incident/lifecycle.yaml names the state resolvd, which is not among its states',
      'Write resolved, or add resolvd to states',
    ],
    [
      'a birth in an unknown state',
      edited(lifecycle, '- { state: new }', '- { state: reported }'),
      'schemas/incident/lifecycle.yaml names the state reported, which is not among its states',
      'Add reported to states',
    ],
    [
      'a way out of a final state',
      edited(lifecycle, 'from: in_progress, to: resolved', 'from: closed, to: resolved'),
      'schemas/incident/lifecycle.yaml leads from the final state closed to resolved',
      'Remove the transition, or `final` from closed',
    ],
    [
      'a step told twice',
      edited(lifecycle, 'from: new, to: on_hold', 'from: [new, in_progress], to: on_hold'),
      'schemas/incident/lifecycle.yaml tells the step from in_progress to on_hold twice',
      'Keep one of the two, or let `when` ask both for different values of one field',
    ],
    [
      'a required field that the schema does not know',
      edited(lifecycle, 'requires: [reopen_reason]', 'requires: [reopen_reson]'),
      'schemas/incident/lifecycle.yaml names the field reopen_reson, which does not exist',
      'Did you mean reopen_reason?',
    ],
    [
      'a state that only the schema has',
      edited(schema, '"on_hold", "resolved"', '"on_hold", "parked", "resolved"'),
      'schemas/incident/lifecycle.yaml and the enum of `state` in schemas/incident/schema.json differ: only one has parked',
      'List the same states in both',
    ],
    [
      'a misspelt keyword of a lifecycle, by line and column',
      edited(lifecycle, 'immutable: true', 'imutable: true'),
      'schemas/incident/lifecycle.yaml:22:5: `states.closed.imutable` is not a known field',
      'Did you mean `immutable`?',
    ],
    [
      'a reference to a type that does not exist',
      edited(schema, '"x-reference": "team"', '"x-reference": "teams"'),
      'schemas/incident/schema.json names the record type teams, which does not exist',
      'Did you mean team?',
    ],
    [
      'an order of times with an unknown field',
      edited(schema, '"x-not-before": ["opened_at"]', '"x-not-before": ["open_at"]'),
      'schemas/incident/schema.json names the field open_at, which does not exist',
      'Did you mean opened_at?',
    ],
    [
      'a prefix of another form',
      edited(schema, '"x-prefix": "INC"', '"x-prefix": "inc-"'),
      'schemas/incident/schema.json has the x-prefix inc-',
      'Use 2 to 5 capital letters, such as INC',
    ],
    [
      'a schema that is a list',
      shippedWith({ [schema]: '[]' }),
      'schemas/incident/schema.json must be a JSON object',
      'Begin it with { and end it with }',
    ],
    [
      'a type folder with another name',
      shippedWith({ 'schemas/Big Thing/schema.json': '{}' }),
      'schemas/Big Thing cannot name a record type',
      'Use lower-case letters, digits and single dashes; a name that begins with _ is no record type',
    ],
    [
      'a schema that is a symbolic link',
      [...shippedWith({ [schema]: null }), { path: schema, mode: 'symlink', size: 9, bytes: null }],
      'schemas/incident/schema.json is a symlink, which is not followed',
      'Replace it by an ordinary file within the limit',
    ],
    [
      'a schema over the limit',
      [...shippedWith({ [schema]: null }), { path: schema, mode: 'file', size: 99_999_999, bytes: null }],
      'schemas/incident/schema.json is larger than 65536 bytes',
      'Replace it by an ordinary file within the limit',
    ],
  ])('%s', (_, tree, message, cure) => {
    expect(faultOf(tree)).toEqual([message, cure])
  })

  test('a schema that is no JSON is named, with what the parser says', () => {
    const [message, cure] = faultOf(shippedWith({ [schema]: '{ "title": }' }))
    expect(message).toMatch(/^schemas\/incident\/schema\.json is not JSON: ./)
    expect(cure).toBe('Correct the file')
  })

  test('a schema in another encoding is named', () => {
    const bytes = Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d])
    const tree: readonly TreeFile[] = [
      ...shippedWith({ [schema]: null }),
      { path: schema, mode: 'file', size: 4, bytes },
    ]
    expect(faultOf(tree)[0]).toMatch(/^schemas\/incident\/schema\.json is not JSON: ./)
  })
})
