import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { readVectors, runVectors, type VectorResult } from '../support/sla-vectors.ts'

const file = new URL('../data/sla-vectors.yaml', import.meta.url)
const vectors = readVectors(file)
const results = runVectors(vectors)

describe('the vectors of SLA arithmetic', () => {
  test('each is either run or has a reason why it cannot be', () => {
    const run = new Set(results.map(({ id }) => id))
    const reasons = Object.keys(vectors.inexpressible)
    expect([...run, ...reasons].sort()).toEqual([...vectors.ids].sort())
  })

  test.each(results)('$id: $what', ({ expected, found }) => {
    expect(found).toEqual(expected)
  })

  test.each(['Pacific/Chatham', 'America/St_Johns'])('come out the same on a machine in %s', (zone) => {
    const elsewhere = runIn(zone)
    expect(elsewhere.offset).not.toBe(0)
    expect(elsewhere.results).toEqual(JSON.parse(JSON.stringify(results)))
  })
})

function runIn(zone: string): { readonly offset: number; readonly results: readonly VectorResult[] } {
  const support = fileURLToPath(new URL('../support/sla-vectors.ts', import.meta.url))
  const contents = `
    import { readVectors, runVectors } from ${JSON.stringify(support)}
    const results = runVectors(readVectors(${JSON.stringify(fileURLToPath(file))}))
    console.log(JSON.stringify({ offset: new Date(0).getTimezoneOffset(), results }))`
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  })
  const env = { ...process.env, TZ: zone }
  return JSON.parse(execFileSync(process.execPath, ['-'], { input: outputFiles[0]?.contents, env, encoding: 'utf8' }))
}
