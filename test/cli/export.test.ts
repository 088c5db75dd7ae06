import { describe, expect, test } from 'vitest'
import { gitsm } from '../support/gitsm.ts'
import { webshop } from '../support/webshop.ts'

describe('gitsm export', () => {
  test('prints lines of JSON where no format is asked for', () => {
    const { code, stdout } = gitsm(['export', 'team'], webshop())
    expect(code).toBe(0)
    const [head, first] = stdout.split('\n', 2).map((line) => JSON.parse(line))
    expect(head).toMatchObject({ kind: 'export' })
    expect(first).toMatchObject({ kind: 'record', type: 'team' })
  })

  test.each([
    [['--format', 'text'], 'This command cannot print text', 'Use --format ndjson, csv, ics'],
    [['--what', 'reading'], '--what cannot be "reading"', 'Did you mean readings?'],
  ])('refuses %j', (args, message, cure) => {
    const { code, stdout, stderr } = gitsm(['export', ...args], webshop())
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `gitsm: ${message}\n  cure: ${cure}\n` })
  })
})
