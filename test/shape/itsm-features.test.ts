import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../support/shipped.ts'

const rows = readFileSync(join(projectRoot, 'docs/itsm-features.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))

describe('docs/itsm-features.md', () => {
  test('has a row for each of the seventy features, numbered without a gap', () => {
    const ids = rows.map((row) => /^\| ([A-Z])(\d+) \|/.exec(row))
    const last = new Map<string, number>()
    for (const match of ids) {
      const [, letter = '', number = ''] = match ?? []
      expect(Number(number), `${letter}${number}`).toBe((last.get(letter) ?? 0) + 1)
      last.set(letter, Number(number))
    }
    expect([...last.values()].reduce((sum, count) => sum + count, 0)).toBe(70)
  })

  test.each(rows)('%s', (row) => {
    const [, , , state = '', how = '', tests = ''] = row.split('|').map((cell) => cell.trim())
    expect(['works', 'partly']).toContain(state)
    expect(how).not.toBe('')
    const files = [...tests.matchAll(/\]\(\.\.\/(test\/[^)]+\.test\.ts)\)/g)].map(([, file = '']) => file)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      expect(existsSync(join(projectRoot, file)), `${file} is there`).toBe(true)
    }
  })
})
