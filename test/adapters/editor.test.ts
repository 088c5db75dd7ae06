import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isData, listAt, valueAt } from '../../src/core/record.ts'
import { LanguageServer } from '../support/language-server.ts'
import { projectRoot, shippedFiles, shippedText } from '../support/shipped.ts'

let server: LanguageServer

beforeAll(async () => {
  server = await LanguageServer.start()
})

afterAll(() => server.stop())

function uriOf(path: string): string {
  return pathToFileURL(`${projectRoot}/${path}`).href
}

/** What the editor marks in a text, as line (from 1), message and the marked text. */
async function marked(path: string, text: string): Promise<readonly (readonly [number, string, string])[]> {
  const lines = text.split('\n')
  const found = await server.open(uriOf(path), text)
  return (Array.isArray(found) ? found : []).map((mark: unknown) => {
    const [line, from, to] = [
      ['start', 'line'],
      ['start', 'character'],
      ['end', 'character'],
    ].map((route) => Number(valueAt(mark, ['range', ...route])))
    return [Number(line) + 1, String(valueAt(mark, ['message'])), lines[Number(line)]?.slice(from, to) ?? ''] as const
  })
}

/** What the editor offers at the end of a line (from 1), with its explanation. */
async function offered(path: string, text: string, line: number): Promise<ReadonlyMap<string, string>> {
  await server.open(uriOf(path), text)
  const position = { line: line - 1, character: text.split('\n')[line - 1]?.length ?? 0 }
  const answer = await server.ask('textDocument/completion', { textDocument: { uri: uriOf(path) }, position })
  const items = (isData(answer) ? listAt(answer, 'items') : []).filter(isData)
  return new Map(
    items.map((item) => {
      const documentation = item['documentation']
      return [String(item['label']), String(isData(documentation) ? documentation['value'] : documentation)]
    }),
  )
}

const head = [
  '# yaml-language-server: $schema=../../../../schemas/incident/schema.json',
  'id: INC-20261121-ABCD',
  'title: Checkout is slow',
  'service: webshop',
  'impact: high',
  'urgency: high',
  'reporter: ada',
  'opened_at: 2026-11-21T08:15:00Z',
]

function incident(name: string, ...lines: readonly string[]): readonly [string, string] {
  return [`records/incident/2026/11/${name}.yaml`, [...head, ...lines].join('\n')]
}

describe('in an editor, a record', () => {
  test('that is right is not marked', async () => {
    expect(await marked(...incident('right', 'state: new', ''))).toEqual([])
  })

  test('has its misspelt field marked', async () => {
    expect(await marked(...incident('misspelt', 'state: new', 'asignee: bob', ''))).toEqual([
      [10, 'Property asignee is not allowed.', 'asignee'],
    ])
  })

  test('has a state that does not exist marked, in its field and in the log', async () => {
    const log = 'log: [{ at: 2026-11-21T08:20:00Z, by: bob, state: done }]'
    expect(await marked(...incident('states', 'state: in_progres', log, ''))).toEqual([
      [9, expect.stringContaining('"in_progress"'), 'in_progres'],
      [10, expect.stringContaining('"in_progress"'), 'done'],
    ])
  })

  test('that lacks a field is marked', async () => {
    expect(await marked(...incident('lacking', ''))).toEqual([[2, 'Missing property "state".', 'i']])
  })

  test('is offered the fields that it does not have yet, explained', async () => {
    const fields = await offered(...incident('fields', 'state: new', ''), 10)
    expect(fields.get('assignee')).toBe('The person who works on it: the login of a team member or a name.')
    expect(fields.get('hold_reason')).toMatch(/^What the work waits for/)
    expect(fields.has('title')).toBe(false)
  })

  test('is offered the values of a field, explained', async () => {
    const values = await offered(...incident('values', 'state: '), 9)
    expect([...values.keys()]).toEqual(['new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled'])
    expect(values.get('on_hold')).toMatch(/^Where the work stands: /)
  })

  test('is offered the fields of a log entry from the shared definitions', async () => {
    const fields = await offered(...incident('entry', 'state: new', 'log:', '  - by: bob', '    '), 12)
    expect(fields.get('at')).toBe('When it happened, with seconds and zone.')
    expect(fields.has('hold_reason')).toBe(true)
  })

  test('explains the field under the pointer', async () => {
    const [path, text] = incident('hover', 'state: new', '')
    await server.open(uriOf(path), text)
    const position = { line: 4, character: 2 }
    const answer = await server.ask('textDocument/hover', { textDocument: { uri: uriOf(path) }, position })
    expect(valueAt(answer, ['contents', 'value'])).toContain('How much of the business is hit')
  })
})

test('the steps of a lifecycle are explained from its meta-schema', async () => {
  const text = '# yaml-language-server: $schema=../_meta/lifecycle.json\ninitial:\n  - state: new\n    '
  expect((await offered('schemas/incident/draft.yaml', text, 4)).get('guard')).toMatch(/^Who must agree/)
})

test('an editor finds nothing wrong with any file that is shipped', async () => {
  const paths = shippedFiles.map(({ path }) => path).filter((path) => path.endsWith('.yaml'))
  expect(paths.length).toBeGreaterThan(50)
  const found = await Promise.all(paths.map(async (path) => [path, await marked(path, shippedText(path))] as const))
  expect(found.filter(([, marks]) => marks.length > 0)).toEqual([])
})
