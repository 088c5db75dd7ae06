import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { otherZones, runInZone } from '../support/in-zone.ts'
import { readVectors, runVectors } from '../support/sla-vectors.ts'

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

  test.each(otherZones)('come out the same on a machine in %s', (zone) => {
    const script = `
      import { readVectors, runVectors } from './sla-vectors.ts'
      const result = () => runVectors(readVectors(${JSON.stringify(fileURLToPath(file))}))`
    expect(runInZone(zone, script)).toEqual({ zone, result: JSON.parse(JSON.stringify(results)) })
  })
})
