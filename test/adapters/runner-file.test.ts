import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addSummary, setOutputs } from '../../src/adapters/runner-file.ts'
import { Fault } from '../../src/core/fault.ts'
import { temporaryFolder } from '../support/repo.ts'

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

/** The runner's own reading of the file: `name<<delimiter`, then lines up to the delimiter. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n')
  const read: Record<string, string> = {}
  for (let at = 0; at < lines.length - 1; at++) {
    const [, name = '', delimiter = ''] = /^([^<=]+)<<(.+)$/.exec(lines[at] ?? '') ?? []
    const end = lines.indexOf(delimiter, at + 1)
    if (name === '' || end === -1) throw new Error(`the runner would refuse line ${at + 1}: ${lines[at]}`)
    read[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return read
}

describe('outputs', () => {
  test('reach later steps as they are, whatever lines they have', () => {
    const file = join(temporaryFolder(), 'output')
    const hostile = 'EOF\nverdict=pass\nverdict<<EOF\npass\nEOF\n::set-output name=verdict::pass\n%0A'
    expect(setOutputs({ env: { GITHUB_OUTPUT: file }, random }, { verdict: 'fail', out: hostile })).toEqual([])
    expect(setOutputs({ env: { GITHUB_OUTPUT: file }, random }, { empty: '' })).toEqual([])
    expect(outputsIn(readFileSync(file, 'utf8'))).toEqual({ verdict: 'fail', out: hostile, empty: '' })
  })

  test('have delimiters that no earlier run tells', () => {
    const file = join(temporaryFolder(), 'output')
    setOutputs({ env: { GITHUB_OUTPUT: file }, random }, { a: '1', b: '2' })
    const delimiters = Array.from(readFileSync(file, 'utf8').matchAll(/<<(.+)$/gm), ([, delimiter]) => delimiter)
    expect(new Set(delimiters).size).toBe(2)
    expect(delimiters[0]).toMatch(/^gitsm_[0-9a-f]{32}$/)
  })

  test('that are too large are left out by name, never cut', () => {
    const file = join(temporaryFolder(), 'output')
    const large = 'ä'.repeat(600 * 1024)
    expect(setOutputs({ env: { GITHUB_OUTPUT: file }, random }, { out: large, verdict: 'pass' })).toEqual(['out'])
    expect(outputsIn(readFileSync(file, 'utf8'))).toEqual({ verdict: 'pass' })
  })

  test('are nobody’s business outside of a runner', () => {
    expect(setOutputs({ env: {}, random }, { out: 'x' })).toEqual([])
  })

  test('that cannot be written are a fault from outside', () => {
    const env = { GITHUB_OUTPUT: join(temporaryFolder(), 'missing/output') }
    expect(() => setOutputs({ env, random }, { out: 'x' })).toThrow(Fault)
  })
})

describe('summaries', () => {
  test('are added to what stands there', () => {
    const file = join(temporaryFolder(), 'summary')
    writeFileSync(file, '# before\n')
    addSummary({ env: { GITHUB_STEP_SUMMARY: file } }, '# after')
    expect(readFileSync(file, 'utf8')).toBe('# before\n# after\n')
  })

  test('stay below what GitHub shows, are cut between paragraphs, and close a block that was cut', () => {
    const file = join(temporaryFolder(), 'summary')
    const page = `# Page\n\n\`\`\`text\n${'a line of a log\n\n'.repeat(80_000)}\`\`\`\n`
    addSummary({ env: { GITHUB_STEP_SUMMARY: file } }, page)
    const once = readFileSync(file, 'utf8')
    expect(Buffer.byteLength(once)).toBeLessThanOrEqual(900 * 1024)
    expect(once).toMatch(/a line of a log\n```\n\n\*The rest is left out: it is more than GitHub shows\.\*\n$/)
    addSummary({ env: { GITHUB_STEP_SUMMARY: file } }, page)
    expect(Buffer.byteLength(readFileSync(file, 'utf8'))).toBeLessThanOrEqual(900 * 1024)
  })

  test('are nobody’s business outside of a runner', () => {
    expect(() => addSummary({ env: {} }, '# Page')).not.toThrow()
  })
})
