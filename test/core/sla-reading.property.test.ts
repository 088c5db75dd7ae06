import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/core/explain.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { serviceLevelsOver } from '../../src/core/service-levels.ts'
import { accountedReadings, readings } from '../../src/core/sla-reading.ts'
import { calendarRecord, commitAt, instant, type LifeStep, lifeOf, slaRecord, standing } from '../support/life.ts'
import { type OracleHours, openMinutes } from '../support/minute-oracle.ts'

const birth = instant('2026-03-27T12:00:00Z')
const at = (minute: number): string => formatInstant(birth + minute * 60)

const office = calendarRecord('office', {
  timezone: 'Europe/Berlin',
  hours: { 'mon-fri': ['08:00-12:00', '13:00-18:00'], sat: ['09:00-12:00'] },
  holidays: ['2026-03-30'],
})
const weekday: readonly (readonly [number, number])[] = [
  [480, 720],
  [780, 1080],
]
const officeOracle: OracleHours = {
  zone: 'Europe/Berlin',
  week: [[], weekday, weekday, weekday, weekday, weekday, [[540, 720]]],
  closed: new Set(['2026-03-30']),
}

const pause = ['on_hold:awaiting_caller']
const resolution: Data = {
  stop: ['resolved', 'closed'],
  pause,
  target: { P1: 'PT4H', default: 'PT12H' },
  calendar: { P1: 'always', default: 'office' },
}
const gold = slaRecord('gold', { targets: { resolution } })

const someStep = fc.record({
  after: fc.integer({ min: 0, max: 2000 }),
  state: fc.constantFrom('new', 'in_progress', 'on_hold', 'on_hold', 'resolved', 'closed'),
  hold: fc.constantFrom('awaiting_caller', 'awaiting_vendor'),
  priority: fc.constantFrom('P1', 'P2'),
  service: fc.constantFrom('webshop', 'mail'),
})

/**
 * A life of up to eight steps over a weekend with a clock change and a holiday, opened up to a day before its birth.
 */
const someLife = fc
  .record({ steps: fc.array(someStep, { minLength: 1, maxLength: 8 }), late: fc.integer({ min: 0, max: 1440 }) })
  .map(({ steps, late }): readonly LifeStep[] => {
    let minute = 0
    return steps.map(({ after, state, hold, priority, service }, index) => {
      if (index > 0) minute += after
      const opened = index === 0 ? { opened_at: at(-late) } : {}
      return { at: at(minute), state, ...(state === 'on_hold' && { hold }), set: { priority, service, ...opened } }
    })
  })

const someMinute = fc.integer({ min: 0, max: 12_000 })

function read(records: readonly RecordDoc[], steps: readonly LifeStep[], minute: number) {
  const record = { type: 'incident', id: 'INC-1', moments: lifeOf(steps) }
  return readings(record, standing([office, ...records], 'office'), birth + minute * 60)
}

describe('a reading', () => {
  test('agrees with a count of minutes, state by state', () => {
    fc.assert(
      fc.property(someLife, someMinute, (steps, minute) => {
        const asOf = birth + minute * 60
        const known = steps.filter((step) => instant(step.at) <= asOf)
        const counts = { elapsed: 0, paused: 0 }
        const edges = [instant(String(known[0]?.set?.['opened_at'])), ...known.map((step) => instant(step.at)), asOf]
        for (const [index, from] of edges.slice(0, -1).entries()) {
          const step = known[Math.max(0, index - 1)]
          const until = edges[index + 1] ?? from
          const isPaused = index > 0 && step?.hold === 'awaiting_caller'
          const isStopped = index > 0 && (step?.state === 'resolved' || step?.state === 'closed')
          if (isStopped) continue
          const open = step?.set?.['priority'] === 'P1' ? (until - from) / 60 : openMinutes(officeOracle, from, until)
          counts[isPaused ? 'paused' : 'elapsed'] += open * 60
        }
        const [reading] = read([gold], steps, minute)
        expect({ elapsed: reading?.elapsed, paused: reading?.paused }).toEqual(counts)
      }),
      { numRuns: 60 },
    )
  })

  test('never changes by waiting, once its clock has stopped', () => {
    fc.assert(
      fc.property(someLife, someMinute, fc.integer({ min: 0, max: 5000 }), (steps, minute, later) => {
        const end = Math.max(minute, ...steps.map((step) => (instant(step.at) - birth) / 60))
        const [now, then] = [end, end + later].map((when) => read([gold], steps, when))
        if (now?.[0]?.stop === null) expect(then?.[0]?.elapsed).toBeGreaterThanOrEqual(now[0].elapsed)
        else expect(then).toEqual(now)
      }),
    )
  })

  test('is never raised by a pause', () => {
    fc.assert(
      fc.property(someLife, someMinute, (steps, minute) => {
        const without = slaRecord('gold', { targets: { resolution: { ...resolution, pause: [] } } })
        const elapsed = (record: RecordDoc): number => read([record], steps, minute)[0]?.elapsed ?? 0
        expect(elapsed(gold)).toBeLessThanOrEqual(elapsed(without))
      }),
    )
  })

  test('is due when its target would be used up, were it to run on', () => {
    fc.assert(
      fc.property(someLife, someMinute, (steps, minute) => {
        const asOf = birth + minute * 60
        const known = steps.filter((step) => instant(step.at) <= asOf)
        const [reading] = read([gold], known, minute)
        if (reading?.status !== 'running' || reading.due === null) return
        const [later] = read([gold], known, (reading.due - birth) / 60)
        expect(later).toMatchObject({ elapsed: reading.allowed, status: 'running', due: reading.due })
      }),
    )
  })

  test('is explained by stretches that tile its time and add up to it', () => {
    fc.assert(
      fc.property(someLife, someMinute, fc.constantFrom('resume', 'new_cycle'), (steps, minute, reopen) => {
        const cyclic = slaRecord('gold', {
          applies_to: { service: ['webshop'] },
          targets: { resolution: { ...resolution, on_reopen: reopen } },
        })
        const house = slaRecord('house', {
          order: 99,
          targets: { response: { stop: ['in_progress'], target: 'PT1H' }, resolution },
        })
        const record = { type: 'incident', id: 'INC-1', moments: lifeOf(steps) }
        const accounts = accountedReadings(record, standing([office, cyclic, house], 'office'), birth + minute * 60)
        expect(accounts.length).toBeGreaterThan(0)
        const context = { moments: record.moments, asOf: birth + minute * 60, commits: new Map() }
        for (const { reading, stretches, after } of accounts.map((each) => explain(each, context))) {
          const end = reading.stop ?? birth + minute * 60
          const edges = [reading.start, ...stretches.map(({ until }) => until)]
          expect(stretches.map(({ from }) => from)).toEqual(edges.slice(0, -1))
          expect(edges.at(-1)).toBe(end)
          expect(reading.wall).toBe(end - reading.start)
          expect(stretches.reduce((sum, { counted }) => sum + counted, 0)).toBe(reading.elapsed)
          const later = [end, ...after.map(({ until }) => until)]
          expect(after.map(({ from }) => from)).toEqual(later.slice(0, -1))
          if (reading.stop !== null) expect(later.at(-1)).toBe(birth + minute * 60)
          const paused = stretches.filter(({ kind }) => kind === 'paused')
          expect(paused.reduce((sum, { open }) => sum + open, 0)).toBe(reading.paused)
        }
      }),
    )
  })

  test('does not depend on the order in which agreements are read', () => {
    const records = ['a', 'b', 'c', 'd'].map((id, index) =>
      slaRecord(id, {
        order: index % 2,
        applies_to: index < 2 ? { service: ['webshop'] } : {},
        targets: { resolution },
      }),
    )
    fc.assert(
      fc.property(someLife, someMinute, fc.shuffledSubarray(records, { minLength: 4 }), (steps, minute, shuffled) => {
        expect(read(shuffled, steps, minute)).toEqual(read(records, steps, minute))
      }),
    )
  })

  test('does not depend on the order in which the histories of agreements and calendars are read', () => {
    const edited = (record: RecordDoc, minute: number, data: Data) => ({
      type: record.type,
      id: record.id,
      revisions: [
        { kind: 'written', commit: commitAt(birth - 86_400), file: record.file, data: record.data },
        {
          kind: 'written',
          commit: commitAt(birth + minute * 60),
          file: record.file,
          data: { ...record.data, ...data },
        },
      ] as const,
    })
    const histories = [
      edited(office, 700, { hours: { 'mon-sun': ['10:00-11:00'] } }),
      edited(slaRecord('a', { binding: 'at_event', targets: { resolution } }), 900, { order: 30 }),
      edited(slaRecord('b', { order: 20, targets: { resolution } }), 500, { applies_to: { service: ['mail'] } }),
      edited(slaRecord('c', { kind: 'ola', targets: { resolution } }), 1100, { state: 'superseded' }),
    ]
    const configs = [{ commit: commitAt(birth - 86_400), config: { calendar: 'office' } }]
    fc.assert(
      fc.property(someLife, someMinute, fc.shuffledSubarray(histories, { minLength: 4 }), (steps, minute, shuffled) => {
        const record = { type: 'incident', id: 'INC-1', moments: lifeOf(steps) }
        const asOf = birth + minute * 60
        expect(readings(record, serviceLevelsOver(shuffled, configs), asOf)).toEqual(
          readings(record, serviceLevelsOver(histories, configs), asOf),
        )
      }),
    )
  })

  test('knows the targets that judged it, and warns no later than it is due', () => {
    fc.assert(
      fc.property(someLife, someMinute, (steps, minute) => {
        for (const reading of read([gold], steps, minute)) {
          const { targetHistory, allowed, priority, breachedOnReprioritise, breaches, due, dueEffective } = reading
          expect(targetHistory.at(-1)).toMatchObject({ allowed, priority })
          expect(targetHistory.map(({ from }) => from)).toEqual(targetHistory.map(({ from }) => from).toSorted())
          expect(targetHistory.every(({ elapsed, exceeded, ...term }) => exceeded === elapsed > term.allowed)).toBe(
            true,
          )
          if (breachedOnReprioritise) expect(targetHistory.some(({ from }) => breaches.includes(from))).toBe(true)
          if (due !== null) expect(dueEffective).toBeGreaterThanOrEqual(due)
          if (targetHistory.length === 1) expect(reading.atRiskAt).toBeLessThanOrEqual(due ?? 0)
        }
      }),
    )
  })

  test('is breached if and only if more than its target has elapsed, and then remembers when', () => {
    fc.assert(
      fc.property(someLife, someMinute, (steps, minute) => {
        for (const { status, elapsed, allowed, breaches } of read([gold], steps, minute)) {
          expect(status === 'breached').toBe(elapsed > allowed)
          if (status === 'breached') expect(breaches.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})
