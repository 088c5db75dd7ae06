import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClockedRecord } from '../../src/core/clock-event.ts'
import { type CycleTally, type SimulatedSide, simulate } from '../../src/core/simulation.ts'
import { calendarRecord, instant, lifeOf, slaRecord, standing } from '../support/life.ts'

const first = instant('2026-06-20T00:00:00Z')
const span = { from: instant('2026-07-01T00:00:00Z'), until: instant('2026-08-01T00:00:00Z') }
const states = ['new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled'] as const

const someLife = fc
  .tuple(
    fc.integer({ min: 0, max: 45 * 24 }),
    fc.constantFrom('shop', 'mail'),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom(...states)), { maxLength: 6 }),
  )
  .map(([birth, service, steps]) => {
    let at = first + birth * 3600
    const told = steps.map(([hours, state]) => {
      at += hours * 3600
      return { at: new Date(at * 1000).toISOString(), state, hold: 'awaiting_caller' }
    })
    const born = new Date((first + birth * 3600) * 1000).toISOString()
    return lifeOf([{ at: born, state: 'new', set: { service } }, ...told])
  })

const someRecords = fc
  .array(someLife, { minLength: 1, maxLength: 8 })
  .map((lives) => lives.map((moments, index): ClockedRecord => ({ type: 'incident', id: `INC-${index}`, moments })))

const office = calendarRecord('office', { timezone: 'Europe/Berlin', hours: { 'mon-fri': ['08:00-18:00'] } })

interface Terms {
  readonly hours: number
  readonly services: readonly string[]
  readonly reopen: string
  readonly calendar: string
}

const someTerms: fc.Arbitrary<Terms> = fc.record({
  hours: fc.integer({ min: 1, max: 100 }),
  services: fc.subarray(['shop', 'mail'], { minLength: 1 }),
  reopen: fc.constantFrom('resume', 'new_cycle'),
  calendar: fc.constantFrom('office', 'always'),
})

function side({ hours, services, reopen, calendar }: Terms, records: readonly ClockedRecord[]): SimulatedSide {
  const gold = slaRecord('gold', {
    applies_to: { service: services },
    targets: {
      resolution: {
        stop: ['resolved', 'closed'],
        pause: ['on_hold'],
        target: `PT${hours}H`,
        calendar,
        on_reopen: reopen,
      },
    },
  })
  return { levels: standing([office, gold]), records, objectives: new Map() }
}

function cyclesOf({ compliance, overdue, retrospective }: CycleTally): number {
  return compliance.n + overdue + retrospective.n
}

describe('a simulation', () => {
  test('under the same agreements comes out the same', () => {
    fc.assert(
      fc.property(someRecords, someTerms, (records, terms) => {
        const found = simulate(side(terms, records), side(terms, records), span, span.until)
        expect(found).toMatchObject({ effects: [], readOtherwise: 0 })
        for (const { before, after } of found.lines) expect(after).toEqual(before)
      }),
      { numRuns: 150 },
    )
  })

  test('accounts for every cycle: what counts after is what counted before, less and more what only one side counts', () => {
    fc.assert(
      fc.property(someRecords, someTerms, someTerms, (records, one, other) => {
        const { lines, effects } = simulate(side(one, records), side(other, records), span, span.until)
        for (const { before, after, onlyBefore, onlyAfter } of lines) {
          expect(cyclesOf(after)).toBe(cyclesOf(before) - onlyBefore + onlyAfter)
        }
        const only = (effect: string) => effects.filter((each) => each.effect === effect).length
        const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0)
        expect(sum(({ onlyBefore }) => onlyBefore)).toBe(only('only_before'))
        expect(sum(({ onlyAfter }) => onlyAfter)).toBe(only('only_after'))
      }),
      { numRuns: 150 },
    )
  })

  test('with a longer target breaches no clock that was met, and is the mirror of its opposite', () => {
    fc.assert(
      fc.property(someRecords, someTerms, fc.integer({ min: 1, max: 50 }), (records, terms, more) => {
        const longer = { ...terms, hours: terms.hours + more }
        const forth = simulate(side(terms, records), side(longer, records), span, span.until)
        expect(forth.effects.map(({ effect }) => effect)).not.toContain('breached')
        const back = simulate(side(longer, records), side(terms, records), span, span.until)
        const turned = {
          met: 'breached',
          breached: 'met',
          only_before: 'only_after',
          only_after: 'only_before',
        } as const
        const told = (found: typeof back, name: (effect: keyof typeof turned) => string) =>
          found.effects.map(({ record, effect = 'met' }) => `${record} ${name(effect)}`).toSorted()
        expect(told(back, (effect) => turned[effect])).toEqual(told(forth, (effect) => effect))
      }),
      { numRuns: 150 },
    )
  })
})
