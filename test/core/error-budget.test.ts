import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowedBreaches, burnDown, errorBudget } from '../../src/core/error-budget.ts'
import { type Clock, reaches } from '../../src/core/kpi-sla.ts'
import { at, incident, reading } from '../reports/web-shop.ts'

describe('an error budget', () => {
  test('forgives what the objective leaves, in whole clocks', () => {
    expect(errorBudget({ count: 97, n: 100 }, 95)).toEqual({ n: 100, allowed: 5, used: 3, left: 2 })
    expect(errorBudget({ count: 19, n: 20 }, 95)).toEqual({ n: 20, allowed: 1, used: 1, left: 0 })
  })

  test('forgives nothing where one breach already misses the objective', () => {
    expect(errorBudget({ count: 14, n: 15 }, 95)).toEqual({ n: 15, allowed: 0, used: 1, left: -1 })
    expect(errorBudget({ count: 15, n: 15 }, 100)).toEqual({ n: 15, allowed: 0, used: 0, left: 0 })
  })

  test('is none without an objective or without data', () => {
    expect(errorBudget({ count: 1, n: 1 }, null)).toBeNull()
    expect(errorBudget({ count: 0, n: 0 }, 95)).toBeNull()
  })

  test('is overspent exactly where the objective is missed', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.integer({ min: 0, max: 1000 }), (met, breached, tenths) => {
        const [share, objective] = [{ count: met, n: met + breached }, tenths / 10]
        const budget = errorBudget(share, objective)
        expect(budget === null ? null : budget.left >= 0).toBe(reaches(share, objective))
      }),
    )
  })

  test('is not robbed of a breach by the arithmetic of fractions', () => {
    expect(allowedBreaches(1000, 99.9)).toBe(1)
    expect(allowedBreaches(1000, 99.8)).toBe(2)
    expect(allowedBreaches(10, 90)).toBe(1)
    expect(allowedBreaches(10, 0)).toBe(10)
  })
})

describe('the burn-down of an error budget', () => {
  const span = { from: at('2026-03-01T00:00'), until: at('2026-04-01T00:00') }
  const clock = (stop: string, used: number, retrospective = false): Clock => {
    const told = reading('INC-1', { start: '2026-02-20T08:00', stop, used, of: 40, retrospective })
    return { reading: told, record: incident('INC-1', {}, [{ at: '2026-02-20T08:00', state: 'new' }], [told]) }
  }

  test('falls by one at each breach of the period, when its clock stopped', () => {
    const clocks = [
      clock('2026-03-09T08:00', 41),
      clock('2026-03-05T08:00', 41),
      clock('2026-03-07T08:00', 40),
      clock('2026-03-09T08:00', 50),
    ]
    expect(burnDown(clocks, 2, span)).toEqual([
      { at: span.from, left: 2 },
      { at: at('2026-03-05T08:00'), left: 1 },
      { at: at('2026-03-09T08:00'), left: -1 },
    ])
  })

  test('counts neither what was filed late nor what stopped in another period', () => {
    const clocks = [
      clock('2026-03-09T08:00', 41, true),
      clock('2026-02-28T23:59', 41),
      clock('2026-04-01T00:00', 41),
      clock('2026-03-01T00:00', 41),
    ]
    expect(burnDown(clocks, 1, span)).toEqual([
      { at: span.from, left: 1 },
      { at: span.from, left: 0 },
    ])
  })
})
