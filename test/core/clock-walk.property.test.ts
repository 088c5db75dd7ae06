import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'
import { serviceLevelsOver } from '../../src/core/service-levels.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { type WalkedReading, type WalkedStep, type WalkedWorld, walk } from '../support/clock-walk.ts'
import { calendarRecord, commitAt, instant, lifeOf, slaRecord } from '../support/life.ts'

/** 2026-02-27 is a Friday. */
const birth = instant('2026-02-27T12:00:00Z')
const at = (minute: number): number => birth + minute * 60
const longAgo = -100_000
const horizon = 9000
const tolerance = 60

const minutes = (most: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: horizon }), { maxLength: most }).map((list) => list.sort((a, b) => a - b))

const someVersion = fc.record({
  active: fc.constantFrom(true, true, true, false),
  service: fc.constantFrom('webshop', 'webshop', 'mail'),
  pause: fc.constantFrom(['on_hold'], ['on_hold:caller'], []),
  target: fc.constantFrom({ P1: 120, P2: 600 }, { P1: 600, P2: 1500 }),
})

const someStep = fc.record({
  state: fc.constantFrom('new', 'in_progress', 'on_hold', 'on_hold', 'resolved', 'resolved', 'cancelled'),
  hold: fc.constantFrom('caller', 'vendor'),
  priority: fc.constantFrom('P1' as const, 'P2' as const),
  service: fc.constantFrom('webshop', 'webshop', 'webshop', 'mail'),
  team: fc.constantFrom('desk', 'platform'),
  /** How many minutes before its record a step is said to have been taken. */
  before: fc.constantFrom(0, 0, 30, tolerance - 1, tolerance, tolerance + 1, 300),
})

type Step = typeof someStep extends fc.Arbitrary<infer T> ? T : never

const someHours = fc.constantFrom({ open: 480, close: 1080 }, { open: 600, close: 720 }, { open: 0, close: 1440 })

/** The first counts from ever, the others from a minute each; several may share one with a step of the record. */
function told<T>(some: fc.Arbitrary<T>, most: number): fc.Arbitrary<readonly [[number, T], ...[number, T][]]> {
  return minutes(most).chain((list) =>
    fc
      .tuple(some, fc.tuple(...list.map((minute) => some.map((each): [number, T] => [minute, each]))))
      .map(([first, others]) => [[longAgo, first], ...others]),
  )
}

const someWorld: fc.Arbitrary<WalkedWorld> = fc
  .record({
    versions: told(someVersion, 3),
    hours: told(someHours, 2),
    steps: told(someStep, 8),
    late: fc.integer({ min: 0, max: 1440 }),
    binding: fc.constantFrom('at_start' as const, 'at_event' as const),
    reopen: fc.constantFrom('resume' as const, 'resume' as const, 'new_cycle' as const, 'never' as const),
    start: fc.constantFrom('', '', 'in_progress'),
    team: fc.constantFrom('', '', 'platform'),
  })
  .map(({ versions, hours, steps, ...world }): WalkedWorld => {
    const dated = <T>([[first, one], ...others]: readonly [[number, T], ...[number, T][]]) => {
      return [{ since: first, ...one }, ...others.map(([since, each]) => ({ since, ...each }))] as const
    }
    const edits = world.binding === 'at_event' ? versions.map(([since]) => since) : []
    return { ...world, versions: dated(versions), hours: dated(hours), steps: counted(steps, world.late, edits) }
  })
  .filter(({ steps, versions, binding }) => {
    const taken = steps.map(({ minute }) => minute)
    const clashes = steps.some(({ minute, recorded }) => {
      return binding === 'at_event' && minute !== recorded && versions.some(({ since }) => since === minute)
    })
    return new Set(taken).size === taken.length && !clashes
  })

/** The steps with the minutes that they count from: declared ones within the tolerance, never before what came before. */
function counted(
  [[, first], ...others]: readonly [[number, Step], ...[number, Step][]],
  late: number,
  edits: readonly number[],
): WalkedWorld['steps'] {
  let last = -late
  const count = ([recorded, { before, ...step }]: [number, Step]): WalkedStep => {
    const edited = edits.filter((minute) => minute > 0 && minute < recorded)
    last = Math.max(last, ...edited, before <= tolerance ? recorded - before : recorded)
    return { ...step, minute: last, declared: recorded - before, recorded }
  }
  return [count([0, first]), ...others.map(count)]
}

/** The same world as the engine takes it: records with histories. */
function engine({ versions, hours, steps, late, ...world }: WalkedWorld, asOf: number): readonly WalkedReading[] {
  const duration = (length: number): string => `PT${length}M`
  const agreed = versions.map(({ since, active, service, pause, target }) => {
    const resolution: Data = {
      stop: ['resolved'],
      pause,
      target: { P1: duration(target.P1), P2: duration(target.P2) },
      calendar: { P1: 'always', default: 'office' },
      ...(world.reopen === 'new_cycle' && { on_reopen: 'new_cycle' }),
      ...(world.start !== '' && { start: [world.start] }),
      ...(world.team !== '' && { while: { team: [world.team] } }),
    }
    const data = {
      state: active ? 'active' : 'superseded',
      binding: world.binding,
      declared_tolerance: duration(tolerance),
      applies_to: { service: [service] },
    }
    return {
      since,
      record: slaRecord('gold', { ...data, targets: { [world.reopen === 'never' ? 'response' : 'work']: resolution } }),
    }
  })
  const open = hours.map(({ since, open, close }) => {
    const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:00`
    const span = { 'mon-fri': [`${clock(open)}-${clock(close)}`] }
    return { since, record: calendarRecord('office', { timezone: 'UTC', hours: span }) }
  })
  const histories = [agreed, open].map((list) => ({
    type: list[0]?.record.type ?? '',
    id: list[0]?.record.id ?? '',
    revisions: list.map(({ since, record: { file, data } }) => {
      return { kind: 'written', commit: commitAt(at(since)), file, data } as const
    }),
  }))
  const levels = serviceLevelsOver(histories, [{ commit: commitAt(at(longAgo)), config: { calendar: 'office' } }])
  const moments = lifeOf(
    steps.map(({ recorded, declared, state, hold, priority, service, team }, index) => ({
      at: formatInstant(at(recorded)),
      declared: formatInstant(at(declared)),
      state,
      ...(state === 'on_hold' && { hold }),
      set: { priority, service, team, ...(index === 0 && { opened_at: formatInstant(at(-late)) }) },
    })),
  )
  return readings({ type: 'incident', id: 'INC-1', moments }, levels, at(asOf)).map((reading) => ({
    status: reading.status,
    elapsed: reading.elapsed / 60,
    paused: reading.paused / 60,
    allowed: reading.allowed / 60,
    start: (reading.start - birth) / 60,
    stop: reading.stop === null ? null : (reading.stop - birth) / 60,
  }))
}

test('clocks read as a walk through every minute does, whatever happens to record, agreement and calendar', () => {
  const met = { cancelled: 0, breached: 0, met: 0, paused: 0, running: 0, several: 0 }
  fc.assert(
    fc.property(someWorld, fc.integer({ min: 0, max: horizon }), (world, asOf) => {
      const found = engine(world, asOf)
      expect(found).toEqual(walk(world, asOf))
      for (const { status } of found) met[status as keyof typeof met]++
      if (found.length > 1) met.several++
    }),
    { numRuns: 1000, seed: 20_261_121 },
  )
  for (const [what, count] of Object.entries(met)) expect(count, what).toBeGreaterThan(10)
})
