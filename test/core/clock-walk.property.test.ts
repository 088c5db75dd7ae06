import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'
import { serviceLevelsOver } from '../../src/core/service-levels.ts'
import { readings } from '../../src/core/sla-reading.ts'
import {
  type WalkedAgreement,
  type WalkedReading,
  type WalkedStep,
  type WalkedWorld,
  walk,
} from '../support/clock-walk.ts'
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
  order: fc.constantFrom(1, 2, 3),
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

const someAgreement = fc
  .record({
    versions: told(someVersion, 3),
    binding: fc.constantFrom('at_start' as const, 'at_event' as const),
    reopen: fc.constantFrom('resume' as const, 'resume' as const, 'new_cycle' as const),
    start: fc.constantFrom('', '', 'in_progress'),
    team: fc.constantFrom('', '', 'platform'),
  })
  .map(({ versions, ...agreement }) => ({ ...agreement, versions: dated(versions) }))

const someWorld: fc.Arbitrary<WalkedWorld> = fc
  .record({
    agreements: fc.array(someAgreement, { minLength: 1, maxLength: 3 }),
    once: fc.constantFrom(false, false, true),
    hours: told(someHours, 2),
    steps: told(someStep, 8),
    late: fc.integer({ min: 0, max: 1440 }),
  })
  .map(({ agreements: list, once, hours, steps, late }): WalkedWorld => {
    const agreements = list.map((each, index): WalkedAgreement => {
      const reopen = once ? 'never' : each.reopen
      return { ...each, reopen, id: ['bronze', 'gold', 'silver'][index] ?? '' }
    })
    return { agreements, hours: dated(hours), late, steps: counted(steps, late, followedEdits(agreements)) }
  })
  .filter(({ steps, agreements }) => {
    const taken = steps.map(({ minute }) => minute)
    const edits = followedEdits(agreements)
    const clashes = steps.some(({ minute, recorded }) => minute !== recorded && edits.includes(minute))
    return new Set(taken).size === taken.length && !clashes
  })

function dated<T>([[first, one], ...others]: readonly [[number, T], ...[number, T][]]) {
  return [{ since: first, ...one }, ...others.map(([since, each]) => ({ since, ...each }))] as const
}

/**
 * The minutes of edits that clocks look at: those just before or after which an agreement that follows events is in
 * force.
 */
function followedEdits(agreements: readonly WalkedAgreement[]): readonly number[] {
  const edits = agreements.flatMap(({ versions }) => versions.map(({ since }) => since))
  const following = agreements.filter(({ binding }) => binding === 'at_event')
  const isActive = ({ versions }: WalkedAgreement, minute: number): boolean =>
    versions.findLast(({ since }) => since <= minute)?.active ?? false
  return edits.filter((edit) => following.some((each) => isActive(each, edit - 1) || isActive(each, edit)))
}

/**
 * The steps with the minutes that they count from: declared ones within the tolerance, never before what came before.
 */
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

/** The versions of an agreement as records. */
function recordsOf({ id, versions, binding, reopen, start, team }: WalkedAgreement) {
  return versions.map(({ since, active, order, service, pause, target }) => {
    const clock: Data = {
      stop: ['resolved'],
      pause,
      target: { P1: duration(target.P1), P2: duration(target.P2) },
      calendar: { P1: 'always', default: 'office' },
      ...(reopen === 'new_cycle' && { on_reopen: 'new_cycle' }),
      ...(start !== '' && { start: [start] }),
      ...(team !== '' && { while: { team: [team] } }),
    }
    const data = {
      state: active ? 'active' : 'superseded',
      order,
      binding,
      declared_tolerance: duration(tolerance),
      applies_to: { service: [service] },
      targets: { [reopen === 'never' ? 'response' : 'work']: clock },
    }
    return { since, record: slaRecord(id, data) }
  })
}

function duration(length: number): string {
  return `PT${length}M`
}

/** The same world as the engine takes it: records with histories. */
function engine({ agreements, hours, steps, late }: WalkedWorld, asOf: number): readonly WalkedReading[] {
  const open = hours.map(({ since, open, close }) => {
    const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:00`
    const span = { 'mon-fri': [`${clock(open)}-${clock(close)}`] }
    return { since, record: calendarRecord('office', { timezone: 'UTC', hours: span }) }
  })
  const histories = [...agreements.map(recordsOf), open].map((list) => ({
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
    sla: reading.sla,
    status: reading.status,
    elapsed: reading.elapsed / 60,
    paused: reading.paused / 60,
    allowed: reading.allowed / 60,
    start: (reading.start - birth) / 60,
    stop: reading.stop === null ? null : (reading.stop - birth) / 60,
    breaches: reading.breaches.map((breach) => (breach - birth) / 60),
  }))
}

test('clocks read as a walk through every minute does, whatever happens to record, agreements and calendar', () => {
  const met = { cancelled: 0, breached: 0, met: 0, paused: 0, running: 0, several: 0 }
  fc.assert(
    fc.property(someWorld, fc.integer({ min: 0, max: horizon }), (world, asOf) => {
      const found = engine(world, asOf)
      expect(found).toEqual(walk(world, asOf))
      for (const { status } of found) met[status as keyof typeof met]++
      if (new Set(found.map(({ sla }) => sla)).size > 1) met.several++
    }),
    { numRuns: 500, seed: 20_261_121 },
  )
  for (const [what, count] of Object.entries(met)) expect(count, what).toBeGreaterThan(10)
})
