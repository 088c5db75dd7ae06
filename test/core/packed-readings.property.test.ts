import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packReadings, unpackReadings } from '../../src/core/packed-readings.ts'
import type { Reading } from '../../src/core/reading.ts'

const instant = fc.integer({ min: -1e10, max: 1e10 })
const instantOrNone = fc.option(instant)
const seconds = fc.integer({ min: 0, max: 1e9 })
const target = fc.oneof(seconds, fc.constant(Number.POSITIVE_INFINITY))
const name = fc.oneof(fc.constantFrom('P1', 'P2', 'default'), fc.string({ unit: 'binary' }))

const reading: fc.Arbitrary<Omit<Reading, 'record'>> = fc.record({
  sla: name,
  kind: fc.constantFrom('sla', 'ola', 'contract'),
  target: name,
  cycle: fc.integer({ min: 1, max: 9 }),
  priority: name,
  status: fc.constantFrom('running', 'paused', 'met', 'breached', 'cancelled'),
  start: instant,
  stop: instantOrNone,
  due: instantOrNone,
  dueEffective: instantOrNone,
  elapsed: seconds,
  wall: seconds,
  paused: seconds,
  allowed: target,
  atRisk: fc.boolean(),
  atRiskAt: instantOrNone,
  provenance: fc.constantFrom('attested', 'signed', 'observed', 'claimed'),
  doubtful: fc.boolean(),
  retrospective: fc.boolean(),
  gaps: fc.constant([]),
  breaches: fc.array(instant),
  targetHistory: fc.array(
    fc.record({ from: instant, priority: name, allowed: target, elapsed: seconds, exceeded: fc.boolean() }),
  ),
  breachedOnReprioritise: fc.boolean(),
  cancelledLate: fc.boolean(),
  skew: instantOrNone,
})

const idOf = (number: number): string => `INC-${number}`

test('readings that were packed come back as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.array(reading, { maxLength: 3 })), (records) => {
      const readings = new Map(
        records.map((own, number) => [number, own.map((each): Reading => ({ ...each, record: idOf(number) }))]),
      )
      expect(unpackReadings(packReadings(readings), idOf)).toEqual(readings)
    }),
  )
})
