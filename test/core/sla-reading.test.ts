import { describe, expect, test } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Reading } from '../../src/core/reading.ts'
import type { Data } from '../../src/core/record.ts'
import type { ServiceLevels } from '../../src/core/service-levels.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { calendarRecord, instant, type LifeStep, lifeOf, slaRecord, standing } from '../support/life.ts'

const office = calendarRecord('office', { timezone: 'UTC', hours: { 'mon-fri': ['08:00-18:00'] } })

/** 2026-03-02 is a Monday. */
function on(day: number, time: string): string {
  return `2026-03-0${1 + day}T${time}:00Z`
}

function read(levels: ServiceLevels, steps: readonly LifeStep[], asOf: string): readonly Reading[] {
  return readings({ type: 'incident', id: 'INC-1', moments: lifeOf(steps) }, levels, instant(asOf))
}

function one(levels: ServiceLevels, steps: readonly LifeStep[], asOf: string): Reading {
  const [reading, ...others] = read(levels, steps, asOf)
  if (!reading || others.length > 0) throw new Error('one reading was expected')
  return reading
}

/** An agreement with one clock for the resolution. */
function resolution(target: Data, more: Data = {}) {
  const clock = { stop: ['resolved', 'closed'], pause: ['on_hold:awaiting_caller'], target: 'PT8H', ...target }
  return slaRecord('gold', { targets: { resolution: clock }, ...more })
}

const minutes = (seconds: number): number => seconds / 60
const instants = (times: readonly number[]): readonly string[] => times.map(formatInstant)

describe('a clock starts', () => {
  const levels = standing([resolution({})])

  test('when the record is born', () => {
    const reading = one(levels, [{ at: on(1, '09:00'), state: 'new' }], on(1, '10:00'))
    expect(reading).toMatchObject({ status: 'running', start: instant(on(1, '09:00')), stop: null, elapsed: 3600 })
  })

  test('when the record says that it was opened, if that is earlier: filing late gains nothing', () => {
    const steps = [{ at: on(1, '09:00'), state: 'new', set: { opened_at: on(1, '03:00') } }]
    expect(one(levels, steps, on(1, '10:00'))).toMatchObject({ start: instant(on(1, '03:00')), elapsed: 7 * 3600 })
  })

  test('when the record is born, if it claims to have been opened later', () => {
    const steps = [{ at: on(1, '09:00'), state: 'new', set: { opened_at: on(1, '12:00') } }]
    expect(one(levels, steps, on(1, '10:00')).start).toBe(instant(on(1, '09:00')))
  })

  test('earlier, once the record admits to have been opened earlier, and not later when it takes that back', () => {
    const steps = [
      { at: on(1, '09:00'), state: 'new', set: { opened_at: on(1, '08:00') } },
      { at: on(1, '10:00'), state: 'new', set: { opened_at: on(1, '07:00') } },
      { at: on(1, '11:00'), state: 'new', set: { opened_at: on(1, '10:30') } },
    ]
    expect(one(levels, steps, on(1, '09:30')).start).toBe(instant(on(1, '08:00')))
    expect(one(levels, steps, on(1, '10:30')).start).toBe(instant(on(1, '07:00')))
    expect(one(levels, steps, on(1, '12:00')).start).toBe(instant(on(1, '07:00')))
  })

  test('at the entry of a start state, where the target names some', () => {
    const starting = standing([resolution({ start: ['in_progress'] })])
    const steps = [
      { at: on(1, '09:00'), state: 'new', set: { opened_at: on(1, '03:00') } },
      { at: on(1, '10:00'), state: 'in_progress' },
      { at: on(1, '11:00'), state: 'resolved' },
      { at: on(1, '12:00'), state: 'new' },
      { at: on(1, '13:00'), state: 'in_progress' },
    ]
    expect(read(starting, steps, on(1, '09:30'))).toEqual([])
    expect(one(starting, steps, on(1, '10:30'))).toMatchObject({ start: instant(on(1, '10:00')), elapsed: 1800 })
    expect(one(starting, steps, on(1, '12:30')), 'taken up again only in a start state').toMatchObject({
      stop: instant(on(1, '11:00')),
      elapsed: 3600,
    })
    expect(one(starting, steps, on(1, '14:00'))).toMatchObject({ stop: null, elapsed: 7200 })
  })

  test('not before the record is known', () => {
    const steps = [{ at: on(1, '09:00'), state: 'new', set: { opened_at: on(1, '03:00') } }]
    expect(read(levels, steps, on(1, '08:59'))).toEqual([])
    expect(read(levels, [], on(1, '08:59'))).toEqual([])
  })
})

describe('a record filed after the fact', () => {
  const levels = standing([
    slaRecord('gold', {
      targets: {
        response: { stop: ['in_progress', 'resolved'], target: 'PT15M' },
        resolution: { stop: ['resolved', 'closed'], target: 'PT4H' },
      },
    }),
  ])
  const fixedAtNight = { opened_at: on(1, '03:00'), resolved_at: on(1, '03:20') }

  test.each<[string, readonly LifeStep[]]>([
    ['born resolved', [{ at: on(1, '09:00'), state: 'resolved', declared: on(1, '03:20'), set: fixedAtNight }]],
    [
      'born with all its steps in one commit',
      [
        { at: on(1, '09:00'), state: 'new', declared: on(1, '03:00'), set: fixedAtNight },
        { at: on(1, '09:00'), state: 'in_progress', declared: on(1, '03:05') },
        { at: on(1, '09:00'), state: 'resolved', declared: on(1, '03:20') },
      ],
    ],
  ])('%s is marked, and measured until it was recorded', (_, steps) => {
    const found = read(levels, steps, on(1, '10:00'))
    expect(found.map(({ target, status, elapsed, retrospective }) => [target, status, elapsed, retrospective])).toEqual(
      [
        ['resolution', 'breached', 6 * 3600, true],
        ['response', 'breached', 6 * 3600, true],
      ],
    )
  })

  test('stays marked when it is reopened', () => {
    const steps = [
      { at: on(1, '09:00'), state: 'resolved' },
      { at: on(1, '10:00'), state: 'in_progress' },
    ]
    expect(read(levels, steps, on(1, '11:00')).map(({ retrospective }) => retrospective)).toEqual([true, true])
  })

  test('is no record that was resolved by a later commit', () => {
    const steps = [
      { at: on(1, '09:00'), state: 'new', set: { opened_at: on(1, '03:00') } },
      { at: on(1, '09:01'), state: 'resolved' },
    ]
    expect(read(levels, steps, on(1, '10:00')).map(({ retrospective }) => retrospective)).toEqual([false, false])
  })
})

describe('a pause', () => {
  const waiting: readonly LifeStep[] = [
    { at: on(1, '17:00'), state: 'new' },
    { at: on(1, '17:30'), state: 'on_hold', hold: 'awaiting_caller' },
    { at: on(2, '09:00'), state: 'in_progress' },
  ]

  test('takes out only open time, so that closed hours are not counted twice', () => {
    const reading = one(standing([office, resolution({})], 'office'), waiting, on(2, '09:00'))
    expect([reading.elapsed, reading.paused, reading.wall].map(minutes)).toEqual([30, 30 + 60, 16 * 60])
    expect(formatInstant(reading.due ?? 0)).toBe(on(2, '16:30'))
  })

  test('shows what the due time would be if it ended now', () => {
    const reading = one(standing([office, resolution({})], 'office'), waiting, on(1, '20:00'))
    expect(reading.status).toBe('paused')
    expect(formatInstant(reading.due ?? 0)).toBe(on(2, '15:30'))
  })

  test('is one for the hold reasons that the target names', () => {
    const steps = [
      { at: on(1, '09:00'), state: 'new' },
      { at: on(1, '10:00'), state: 'on_hold', hold: 'awaiting_change' },
      { at: on(1, '11:00'), state: 'on_hold', hold: 'awaiting_caller' },
      { at: on(1, '13:00'), state: 'in_progress' },
    ]
    const paused = (pause: readonly string[]): number =>
      one(standing([resolution({ pause })]), steps, on(1, '14:00')).paused / 3600
    expect(paused(['on_hold:awaiting_caller'])).toBe(2)
    expect(paused(['on_hold'])).toBe(3)
    expect(paused(['on_hold:awaiting_vendor'])).toBe(0)
    expect(paused([])).toBe(0)
  })

  test('of a record born paused begins when it was recorded', () => {
    const steps = [
      { at: on(1, '09:00'), state: 'on_hold', hold: 'awaiting_caller', set: { opened_at: on(1, '08:00') } },
      { at: on(1, '11:00'), state: 'in_progress' },
    ]
    const reading = one(standing([resolution({})]), steps, on(1, '12:00'))
    expect([reading.elapsed, reading.paused].map(minutes)).toEqual([60 + 60, 120])
  })

  test('does not stop a response clock unless its target says so', () => {
    const clock = { stop: ['in_progress'], target: 'PT1H' }
    const respond = (response: Data) => standing([slaRecord('gold', { targets: { response } })])
    const steps = [
      { at: on(1, '09:00'), state: 'new' },
      { at: on(1, '09:30'), state: 'on_hold', hold: 'awaiting_caller' },
      { at: on(1, '10:30'), state: 'in_progress' },
    ]
    expect(one(respond(clock), steps, on(1, '12:00'))).toMatchObject({ status: 'breached', elapsed: 5400 })
    expect(one(respond({ ...clock, pause: ['on_hold'] }), steps, on(1, '12:00'))).toMatchObject({
      status: 'met',
      elapsed: 1800,
      paused: 3600,
    })
  })
})

describe('a declared time', () => {
  const steps: readonly LifeStep[] = [
    { at: on(1, '09:00'), state: 'new' },
    { at: on(1, '12:00'), state: 'on_hold', hold: 'awaiting_caller', declared: on(1, '11:00') },
    { at: on(1, '15:00'), state: 'in_progress', declared: on(1, '16:00') },
    { at: on(1, '18:00'), state: 'resolved', declared: on(1, '17:55') },
  ]
  const under = (tolerance?: string) =>
    one(standing([resolution({}, tolerance ? { declared_tolerance: tolerance } : {})]), steps, on(1, '19:00'))

  test('of a step counts for nothing without tolerance', () => {
    expect(under()).toMatchObject({ elapsed: 6 * 3600, paused: 3 * 3600, stop: instant(on(1, '18:00')) })
  })

  test('counts where it lies within the tolerance, to the second', () => {
    expect(under('PT5M')).toMatchObject({ paused: 3 * 3600, stop: instant(on(1, '17:55')) })
    expect(under('PT4M59S')).toMatchObject({ paused: 3 * 3600, stop: instant(on(1, '18:00')) })
    expect(under('PT1H')).toMatchObject({ paused: 4 * 3600, stop: instant(on(1, '17:55')) })
  })

  test('later than the recorded one counts as the recorded one', () => {
    expect(under('PT8H').paused, 'the pause ends at 15:00, not at 16:00').toBe(4 * 3600)
  })

  test('never lets a step count before the one before it, or before the record', () => {
    const rushed: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new', declared: on(1, '08:00') },
      { at: on(1, '10:00'), state: 'on_hold', hold: 'awaiting_caller', declared: on(1, '09:50') },
      { at: on(1, '10:05'), state: 'resolved', declared: on(1, '09:40') },
    ]
    const tolerant = standing([resolution({}, { declared_tolerance: 'PT2H' })])
    expect(one(tolerant, rushed, on(1, '12:00'))).toMatchObject({
      start: instant(on(1, '09:00')),
      stop: instant(on(1, '09:50')),
      elapsed: 50 * 60,
      paused: 0,
    })
  })

  test('of several steps in one commit gives them length only within the tolerance', () => {
    const together: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new' },
      { at: on(1, '12:00'), state: 'on_hold', hold: 'awaiting_caller', declared: on(1, '10:00') },
      { at: on(1, '12:00'), state: 'in_progress', declared: on(1, '11:00') },
    ]
    const paused = (more: Data): number => one(standing([resolution({}, more)]), together, on(1, '13:00')).paused
    expect(paused({})).toBe(0)
    expect(paused({ declared_tolerance: 'PT2H' })).toBe(3600)
  })
})

describe('a reopened record', () => {
  const steps: readonly LifeStep[] = [
    { at: on(1, '09:00'), state: 'new' },
    { at: on(1, '12:00'), state: 'resolved' },
    { at: on(1, '14:00'), state: 'in_progress' },
    { at: on(1, '15:00'), state: 'resolved' },
    { at: on(1, '16:00'), state: 'closed' },
  ]

  test.each([{}, { on_reopen: 'resume' }])('resumes its clock, without the time that it was resolved: %j', (target) => {
    const levels = standing([resolution(target)])
    expect(one(levels, steps, on(1, '13:00'))).toMatchObject({ status: 'met', stop: instant(on(1, '12:00')) })
    expect(one(levels, steps, on(1, '14:30'))).toMatchObject({ status: 'running', stop: null, elapsed: 3.5 * 3600 })
    expect(one(levels, steps, on(1, '20:00'))).toMatchObject({
      cycle: 1,
      status: 'met',
      start: instant(on(1, '09:00')),
      stop: instant(on(1, '15:00')),
      elapsed: 4 * 3600,
      paused: 0,
      wall: 6 * 3600,
    })
  })

  test('starts a new cycle, where the target says so, and keeps the first', () => {
    const found = read(standing([resolution({ on_reopen: 'new_cycle' })]), steps, on(1, '20:00'))
    expect(found.map(({ cycle, start, stop, elapsed }) => [cycle, formatInstant(start), stop, elapsed / 3600])).toEqual(
      [
        [1, on(1, '09:00'), instant(on(1, '12:00')), 3],
        [2, on(1, '14:00'), instant(on(1, '15:00')), 1],
      ],
    )
  })

  test('never restarts the response', () => {
    const response = { stop: ['in_progress', 'resolved', 'closed'], target: 'PT1H', on_reopen: 'new_cycle' }
    const responses = standing([slaRecord('gold', { targets: { response } })])
    const early = [
      { at: on(1, '09:00'), state: 'new' },
      { at: on(1, '09:10'), state: 'in_progress' },
    ]
    const back = [...early, { at: on(1, '10:00'), state: 'new' }, { at: on(1, '20:00'), state: 'in_progress' }]
    expect(one(responses, back, on(2, '09:00'))).toMatchObject({ cycle: 1, status: 'met', elapsed: 600 })
  })

  test('and resolved again in one commit is as if nothing had been', () => {
    const blink = [
      ...steps.slice(0, 2),
      { at: on(1, '14:00'), state: 'in_progress' },
      { at: on(1, '14:00'), state: 'resolved' },
    ]
    const reading = one(standing([resolution({})]), blink, on(1, '20:00'))
    expect(reading).toMatchObject({ elapsed: 3 * 3600, stop: instant(on(1, '12:00')) })
  })
})

describe('a changed priority', () => {
  const levels = standing(
    [
      office,
      resolution({
        target: { P1: 'PT4H', P2: 'PT8H', default: 'PT40H' },
        calendar: { P1: 'always', default: 'office' },
      }),
    ],
    'office',
  )
  const at = (time: string, priority: string, state = 'new', day = 1): LifeStep => {
    return { at: on(day, time), state, set: { priority } }
  }

  test('raised keeps what has elapsed and takes the new target', () => {
    const reading = one(levels, [at('09:00', 'P2'), at('11:00', 'P1')], on(1, '12:00'))
    expect(reading).toMatchObject({ cycle: 1, priority: 'P1', allowed: 4 * 3600, elapsed: 3 * 3600, atRisk: true })
    expect(formatInstant(reading.due ?? 0)).toBe(on(1, '13:00'))
  })

  test('goes on with the calendar of the new priority from there', () => {
    const raised = [at('17:00', 'P2'), at('20:00', 'P1')]
    expect(one(levels, raised, on(1, '21:00'))).toMatchObject({ elapsed: (1 + 1) * 3600 })
    const lowered = [at('17:00', 'P1'), at('20:00', 'P2')]
    expect(one(levels, lowered, on(2, '09:00'))).toMatchObject({ elapsed: (3 + 1) * 3600 })
  })

  test('that finds its target already used up breaches there', () => {
    const reading = one(levels, [at('08:00', 'P2'), at('13:00', 'P1')], on(1, '13:00'))
    expect(reading).toMatchObject({ status: 'breached', elapsed: 5 * 3600, due: instant(on(1, '12:00')) })
    expect(instants(reading.breaches)).toEqual([on(1, '13:00')])
  })

  test('lowered is judged by the new target, and the breach under the old one stays on record', () => {
    const steps = [at('08:00', 'P1'), at('13:00', 'P2'), at('15:00', 'P2', 'resolved')]
    const reading = one(levels, steps, on(2, '08:00'))
    expect(reading).toMatchObject({ status: 'met', priority: 'P2', elapsed: 7 * 3600, due: instant(on(1, '16:00')) })
    expect(instants(reading.breaches)).toEqual([on(1, '12:00')])
  })

  test('forgiven and exceeded again is remembered twice', () => {
    const reading = one(levels, [at('08:00', 'P1'), at('13:00', 'P2')], on(1, '18:00'))
    expect(instants(reading.breaches)).toEqual([on(1, '12:00'), on(1, '16:00')])
  })

  test('with the commit that resolves is a breach there, which stays where it was when the record is reopened', () => {
    const steps = [at('08:00', 'P2'), at('13:00', 'P1', 'resolved'), at('16:00', 'P1', 'in_progress')]
    for (const asOf of [on(1, '14:00'), on(1, '17:00')]) {
      const reading = one(levels, steps, asOf)
      expect(instants(reading.breaches)).toEqual([on(1, '13:00')])
      expect(instants(reading.targetHistory.map(({ from }) => from))).toEqual([on(1, '08:00'), on(1, '13:00')])
    }
  })

  test('while paused keeps the pauses before and after it', () => {
    const hold = { state: 'on_hold', hold: 'awaiting_caller' }
    const steps = [
      at('08:00', 'P2'),
      { at: on(1, '09:00'), ...hold },
      { at: on(1, '10:00'), ...hold, set: { priority: 'P1' } },
      at('12:00', 'P1', 'in_progress'),
    ]
    expect(one(levels, steps, on(1, '13:00'))).toMatchObject({ elapsed: 2 * 3600, paused: 3 * 3600, breaches: [] })
  })

  test('after the stop changes nothing', () => {
    const steps = [at('08:00', 'P2'), at('14:00', 'P2', 'resolved'), at('15:00', 'P1', 'resolved')]
    expect(one(levels, steps, on(2, '08:00'))).toMatchObject({ status: 'met', priority: 'P2', allowed: 8 * 3600 })
  })

  test('of a record that has none is what the matrix makes of impact and urgency', () => {
    const derived = {
      ...levels,
      editions: levels.editions.map((edition) => ({
        ...edition,
        config: { calendar: 'office', matrix: { high: { high: 'P1' } } },
      })),
    }
    const reading = one(
      derived,
      [{ at: on(1, '09:00'), state: 'new', set: { impact: 'high', urgency: 'high' } }],
      on(1, '10:00'),
    )
    expect(reading.priority).toBe('P1')
    expect(one(derived, [{ at: on(1, '09:00'), state: 'new' }], on(1, '10:00'))).toMatchObject({
      priority: 'default',
      allowed: 40 * 3600,
    })
  })
})

describe('the verdict', () => {
  const levels = standing([office, resolution({ target: 'PT2H' })], 'office')
  const until = (time: string): Reading =>
    one(
      levels,
      [
        { at: on(1, '16:00'), state: 'new' },
        { at: time, state: 'resolved' },
      ],
      on(4, '09:00'),
    )

  test('is met when the target is used up to the second, and breached one second later', () => {
    expect(until(on(1, '18:00'))).toMatchObject({ status: 'met', elapsed: 7200, breaches: [] })
    expect(until(on(2, '08:00')), 'closed hours cost nothing').toMatchObject({ status: 'met', elapsed: 7200 })
    const late = until('2026-03-03T08:00:01Z')
    expect(late).toMatchObject({ status: 'breached', elapsed: 7201 })
    expect(instants(late.breaches)).toEqual([on(2, '08:00')])
  })

  test('of a stopped clock is due when it would have been at the stop', () => {
    expect(formatInstant(until(on(1, '17:00')).due ?? 0)).toBe(on(1, '18:00'))
  })

  test('is breached while the clock still runs', () => {
    const reading = one(levels, [{ at: on(1, '09:00'), state: 'new' }], on(1, '12:00'))
    expect(reading).toMatchObject({ status: 'breached', stop: null, atRisk: false, due: instant(on(1, '11:00')) })
  })

  test('is breached while the clock is paused', () => {
    const steps = [
      { at: on(1, '09:00'), state: 'new' },
      { at: on(1, '12:00'), state: 'on_hold', hold: 'awaiting_caller' },
    ]
    expect(one(levels, steps, on(1, '13:00'))).toMatchObject({ status: 'breached', stop: null })
  })

  test('has no due time on a calendar that never opens', () => {
    const never = calendarRecord('never', { timezone: 'UTC', hours: {} })
    const reading = one(
      standing([never, resolution({})], 'never'),
      [{ at: on(1, '09:00'), state: 'new' }],
      on(4, '09:00'),
    )
    expect(reading).toMatchObject({ status: 'running', due: null, elapsed: 0, wall: 3 * 86_400 })
  })

  test('rests on a calendar that exists', () => {
    expect(() =>
      one(standing([resolution({})], 'nowhere'), [{ at: on(1, '09:00'), state: 'new' }], on(1, '10:00')),
    ).toThrow(Fault)
  })

  test('is as trustworthy as its weakest commit', () => {
    const moments = [
      ...lifeOf([{ at: on(1, '09:00'), state: 'new' }], 'attested'),
      ...lifeOf([{ at: on(1, '10:00'), state: 'resolved' }], 'observed'),
    ]
    const provenance = (asOf: string) =>
      readings({ type: 'incident', id: 'INC-1', moments }, levels, instant(asOf)).map((reading) => reading.provenance)
    expect(provenance(on(1, '09:30'))).toEqual(['attested'])
    expect(provenance(on(1, '10:30'))).toEqual(['observed'])
  })
})

describe('a clock is at risk', () => {
  const born: readonly LifeStep[] = [{ at: on(1, '16:00'), state: 'new' }]
  const risky = (more: Data, asOf: string, steps = born): boolean =>
    one(standing([office, resolution({ target: 'PT4H' }, more)], 'office'), steps, asOf).atRisk

  test('from three quarters of its target on, counted in opening hours', () => {
    expect(risky({}, on(2, '08:59'))).toBe(false)
    expect(risky({}, on(2, '09:00'))).toBe(true)
    expect(risky({}, on(2, '10:00')), 'used up, but not exceeded').toBe(true)
    expect(risky({}, '2026-03-03T10:00:01Z'), 'breached').toBe(false)
  })

  test('from its own percentage on', () => {
    expect(risky({ at_risk: 50 }, on(1, '17:59'))).toBe(false)
    expect(risky({ at_risk: 50 }, on(1, '18:00'))).toBe(true)
  })

  test('also while it is paused, and no more when it has stopped', () => {
    const hold = [...born, { at: on(2, '09:30'), state: 'on_hold', hold: 'awaiting_caller' }]
    expect(risky({}, on(2, '12:00'), hold)).toBe(true)
    expect(risky({}, on(2, '12:00'), [...born, { at: on(2, '09:30'), state: 'resolved' }])).toBe(false)
  })
})
