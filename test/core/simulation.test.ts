import { describe, expect, test } from 'vitest'
import type { ClockedRecord } from '../../src/core/clock-event.ts'
import { underMatrix } from '../../src/core/other-matrix.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { standingServiceLevels } from '../../src/core/service-levels.ts'
import { type SimulatedSide, type Simulation, simulate } from '../../src/core/simulation.ts'
import { calendarRecord, instant, type LifeStep, lifeOf, over, slaRecord, standing } from '../support/life.ts'

const span = { from: instant('2026-07-01T00:00:00Z'), until: instant('2026-10-01T00:00:00Z') }
const asOf = span.until

function resolution(target: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { targets: { resolution: { stop: ['resolved', 'closed'], target } }, ...more }
}

/** An incident that was open for some hours from an instant on; without hours it stays open. */
function incident(id: string, from: string, hours?: number, set: Readonly<Record<string, string>> = {}): ClockedRecord {
  const until = new Date((instant(from) + (hours ?? 0) * 3600) * 1000).toISOString()
  const steps: readonly LifeStep[] = [
    { at: from, state: 'new', set },
    ...(hours === undefined ? [] : [{ at: until, state: 'resolved' }]),
  ]
  return { type: 'incident', id, moments: lifeOf(steps) }
}

const records = [
  incident('INC-1', '2026-07-02T08:00:00Z', 3),
  incident('INC-2', '2026-08-02T08:00:00Z', 6),
  incident('INC-3', '2026-09-02T08:00:00Z', 10),
]

function side(levels: readonly RecordDoc[], of: readonly ClockedRecord[] = records): SimulatedSide {
  return { levels: standing(levels), records: of, objectives: new Map() }
}

function compared(before: SimulatedSide, after: SimulatedSide): Simulation {
  return simulate(before, after, span, asOf)
}

/** What each effect is about, with what was and what would be. */
function told({ effects }: Simulation): readonly string[] {
  return effects.map(
    ({ record, effect, before, after }) =>
      `${record} ${effect}: ${before ? `${before.sla} ${before.status}` : '-'}, ${after ? `${after.sla} ${after.status}` : '-'}`,
  )
}

const gold = slaRecord('gold', resolution('PT8H'))

describe('a simulation', () => {
  test('counts the same cycles under both agreements and names those that come out otherwise', () => {
    const tighter = compared(side([gold]), side([slaRecord('gold', resolution('PT4H'))]))
    expect(tighter.lines).toMatchObject([
      {
        sla: 'gold',
        target: 'resolution',
        before: { compliance: { count: 2, n: 3 } },
        after: { compliance: { count: 1, n: 3 } },
        onlyBefore: 0,
        onlyAfter: 0,
      },
    ])
    expect(told(tighter)).toEqual(['INC-2 breached: gold met, gold breached'])
    expect(tighter.readOtherwise).toBe(2)
    const looser = compared(side([gold]), side([slaRecord('gold', resolution('PT10H'))]))
    expect(told(looser)).toEqual(['INC-3 met: gold breached, gold met'])
    expect(looser.lines[0]?.after.compliance).toEqual({ count: 3, n: 3 })
  })

  test('under the same agreements changes nothing', () => {
    const same = compared(side([gold]), side([gold]))
    expect(same).toMatchObject({ effects: [], readOtherwise: 0 })
    for (const { before, after } of same.lines) expect(after).toEqual(before)
  })

  test('counts a cycle by the instant at which it stopped: the first of the period does, its end does not', () => {
    const edges = [
      incident('INC-1', '2026-06-30T22:00:00Z', 2),
      incident('INC-2', '2026-09-30T22:00:00Z', 2),
      incident('INC-3', '2026-06-30T21:59:59Z', 2),
    ]
    expect(compared(side([gold], edges), side([gold], edges)).lines).toMatchObject([
      { before: { compliance: { n: 1 } }, after: { compliance: { n: 1 } } },
    ])
  })

  test('tells what is open beyond its target apart, on each side', () => {
    const open = [incident('INC-1', '2026-09-30T12:00:00Z')]
    const found = compared(side([slaRecord('gold', resolution('PT20H'))], open), side([gold], open))
    expect(found.lines).toMatchObject([
      { sla: 'gold', before: { compliance: { n: 0 }, overdue: 0 }, after: { compliance: { n: 0 }, overdue: 1 } },
    ])
    expect(told(found)).toEqual(['INC-1 only_after: -, gold breached'])
  })

  test('tells records that were filed after the fact apart', () => {
    const late: ClockedRecord = {
      type: 'incident',
      id: 'INC-9',
      moments: lifeOf([{ at: '2026-07-02T09:00:00Z', state: 'resolved', set: { opened_at: '2026-07-02T03:00:00Z' } }]),
    }
    const [line] = compared(side([gold], [late]), side([slaRecord('gold', resolution('PT4H'))], [late])).lines
    expect(line).toMatchObject({
      before: { compliance: { n: 0 }, retrospective: { count: 1, n: 1 } },
      after: { compliance: { n: 0 }, retrospective: { count: 0, n: 1 } },
    })
  })

  test('leaves cancelled records out', () => {
    const life = lifeOf([
      { at: '2026-07-02T09:00:00Z', state: 'new' },
      { at: '2026-07-03T09:00:00Z', state: 'cancelled' },
    ])
    const cancelled = [{ type: 'incident', id: 'INC-1', moments: life }]
    expect(compared(side([gold], cancelled), side([gold], cancelled))).toEqual({
      lines: [],
      totals: [],
      effects: [],
      readOtherwise: 0,
    })
  })

  test('counts what only one side covers on that side only', () => {
    const silver = slaRecord('silver', resolution('PT8H', { applies_to: { type: 'incident', service: ['mail'] } }))
    const lives = [
      incident('INC-1', '2026-07-02T08:00:00Z', 3, { service: 'mail' }),
      incident('INC-2', '2026-07-03T08:00:00Z', 3, { service: 'shop' }),
    ]
    const narrower = compared(side([gold], lives), side([silver], lives))
    expect(told(narrower)).toEqual(['INC-2 only_before: gold met, -'])
    expect(narrower.lines.map(({ sla, onlyBefore, onlyAfter }) => [sla, onlyBefore, onlyAfter])).toEqual([
      ['gold', 2, 0],
      ['silver', 0, 1],
    ])
    // Whoever has the clock, the two sides of INC-1 are one cycle.
    expect(narrower.totals).toMatchObject([{ sla: null, kind: 'sla', onlyBefore: 1, onlyAfter: 0 }])
    expect(told(compared(side([silver], lives), side([gold], lives)))).toEqual(['INC-2 only_after: -, gold met'])
  })

  test('pairs the cycles of a record that is taken up again in their order', () => {
    const steps: readonly LifeStep[] = [
      { at: '2026-07-02T00:00:00Z', state: 'new' },
      { at: '2026-07-02T05:00:00Z', state: 'resolved' },
      { at: '2026-07-03T00:00:00Z', state: 'in_progress' },
      { at: '2026-07-03T03:00:00Z', state: 'resolved' },
    ]
    const life = [{ type: 'incident', id: 'INC-1', moments: lifeOf(steps) }]
    const again = (target: string) =>
      slaRecord('gold', { targets: { resolution: { stop: ['resolved'], target, on_reopen: 'new_cycle' } } })
    const found = compared(side([again('PT8H')], life), side([again('PT4H')], life))
    expect(found.lines).toMatchObject([
      { before: { compliance: { count: 2, n: 2 } }, after: { compliance: { count: 1, n: 2 } } },
    ])
    expect(told(found)).toEqual(['INC-1 breached: gold met, gold breached'])
  })

  test('reads the clocks on other calendars', () => {
    const named = (hours: string) => calendarRecord('office', { timezone: 'UTC', hours: { 'mon-sun': [hours] } })
    const on = slaRecord('gold', {
      targets: { resolution: { stop: ['resolved'], target: 'PT8H', calendar: 'office' } },
    })
    const found = compared(side([on, named('00:00-24:00')]), side([on, named('08:00-12:00')]))
    expect(told(found)).toEqual(['INC-3 met: gold breached, gold met'])
    expect(found.effects[0]?.after?.elapsed).toBe(4 * 3600)
  })

  test('holds what would be against what was under the versions of their time', () => {
    const was = over([
      { at: '2026-01-01T00:00:00Z', record: gold },
      { at: '2026-08-01T00:00:00Z', record: slaRecord('gold', resolution('PT4H')) },
    ])
    const found = compared({ ...side([]), levels: was }, side([gold]))
    // Only what began under the tighter version comes out otherwise.
    expect(told(found)).toEqual(['INC-2 met: gold breached, gold met'])
  })

  test('puts the worst first', () => {
    const tight = compared(
      side([slaRecord('gold', resolution('PT20H'))]),
      side([slaRecord('gold', resolution('PT1H'))]),
    )
    expect(tight.effects.map(({ record }) => record)).toEqual(['INC-3', 'INC-2', 'INC-1'])
  })
})

describe('records under another priority matrix', () => {
  const matrix = { high: { high: 'P1', low: 'P3' } }
  const other = { high: { high: 'P1', low: 'P2' } }
  const levels = standingServiceLevels([], { calendar: 'always', matrix })
  const priorityUnder = (set: Readonly<Record<string, string>>, to = other): unknown => {
    const [record] = underMatrix([incident('INC-1', '2026-07-02T08:00:00Z', 1, set)], levels, to)
    return record?.moments.at(-1)?.data['priority']
  }

  test('have the priority that it makes of impact and urgency', () => {
    expect(priorityUnder({ impact: 'high', urgency: 'low', priority: 'P3' })).toBe('P2')
    expect(priorityUnder({ impact: 'high', urgency: 'high', priority: 'P1' })).toBe('P1')
  })

  test('keep one that was set by hand, or that neither matrix knows', () => {
    expect(priorityUnder({ impact: 'high', urgency: 'low', priority: 'P4' })).toBe('P4')
    expect(priorityUnder({ impact: 'huge', urgency: 'low', priority: 'P3' })).toBe('P3')
    expect(priorityUnder({ impact: 'high', urgency: 'low' })).toBeUndefined()
  })

  test('are read under the targets of that priority', () => {
    const byPriority = slaRecord('gold', {
      targets: { resolution: { stop: ['resolved'], target: { P2: 'PT2H', default: 'PT8H' } } },
    })
    const before = standingServiceLevels([byPriority], { calendar: 'always', matrix })
    const after = standingServiceLevels([byPriority], { calendar: 'always', matrix: other })
    const lives = [incident('INC-1', '2026-07-02T08:00:00Z', 3, { impact: 'high', urgency: 'low', priority: 'P3' })]
    const found = compared(
      { levels: before, records: lives, objectives: new Map() },
      { levels: after, records: underMatrix(lives, before, other), objectives: new Map() },
    )
    expect(told(found)).toEqual(['INC-1 breached: gold met, gold breached'])
  })

  test('are the same where the matrix is', () => {
    const lives = [incident('INC-1', '2026-07-02T08:00:00Z', 1, { impact: 'high', urgency: 'low', priority: 'P3' })]
    expect(underMatrix(lives, levels, { high: { low: 'P3', high: 'P1' } })).toBe(lives)
  })
})
