import { describe, expect, test } from 'vitest'
import { commitmentsOf } from '../../../src/core/csi/commitments.ts'
import { keptOf } from '../../../src/core/csi/presented.ts'
import { incident, reading, record } from '../../reports/web-shop.ts'
import { basis } from './shop.ts'

const start = '2026-03-02T08:00'
const stop = '2026-03-04T08:00'

/** What became of an objective of 95 % when so many clocks were met, of so many. */
function objective(met: number, n: number, asked: number | null = 95) {
  const incidents = Array.from({ length: n }, (_, index) => {
    const used = index < met ? 1 : 41
    return incident(
      `INC-${index}`,
      {},
      [{ at: start, state: 'new' }],
      [reading(`INC-${index}`, { start, stop, used, of: 40 })],
    )
  })
  const slas = [
    record('sla', 'webshop-gold', { title: 'Gold', state: 'active', ...(asked !== null && { objective: asked }) }),
  ]
  return commitmentsOf(basis({ period: '2026-03', incidents, slas }))[0]
}

describe('an objective', () => {
  test('missed by one of a few may be chance', () => {
    expect(objective(14, 15)).toMatchObject({ reached: false, short: 1, beyondChance: false })
    expect(objective(14, 15)?.p).toBeCloseTo(1 - 0.95 ** 15, 12)
  })

  test('missed by many is more than chance brings', () => {
    expect(objective(15, 21)).toMatchObject({ reached: false, short: 5, beyondChance: true })
  })

  test('that is reached is never beyond chance, and lacks nothing', () => {
    expect(objective(20, 20)).toMatchObject({ reached: true, short: 0, beyondChance: false })
    expect(objective(19, 20)).toMatchObject({ reached: true, short: 0, beyondChance: false })
  })

  test('without a share to ask for, or without clocks, is not judged', () => {
    expect(objective(1, 2, null)).toMatchObject({ reached: null, p: null, beyondChance: false })
    expect(objective(0, 0)).toBeUndefined()
  })
})

test('what was missed by more than chance is told before what was missed by more clocks', () => {
  const [chance, weighty, kept] = [objective(180, 195), objective(15, 21), objective(20, 20)]
  if (!chance || !weighty || !kept) throw new Error('an objective is missing')
  const { reached, missed, missedMore } = keptOf([{ ...chance, beyondChance: false, short: 6 }, weighty, kept, kept])
  expect(reached).toEqual({ count: 2, n: 4 })
  expect(missed.map(({ short }) => short)).toEqual([5, 6])
  expect(missedMore).toBe(0)
})
