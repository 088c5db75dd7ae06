import { describe, expect, test } from 'vitest'
import { utcOffsets } from '../../src/core/utc-offset.ts'
import { instant } from '../support/life.ts'

describe('the offsets of a zone from UTC', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['Europe/Berlin', '2026-08-01T00:00:00Z', '2026-08-02T00:00:00Z', ['+02:00']],
    ['Europe/Berlin', '2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z', ['+02:00', '+01:00']],
    ['Europe/Berlin', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', ['+01:00', '+02:00', '+01:00']],
    ['Pacific/Chatham', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', ['+13:45']],
    ['UTC', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z', ['+00:00']],
  ])('%s from %s until %s', (zone, from, until, expected) => {
    expect(utcOffsets(zone, instant(from), instant(until))).toEqual(expected)
  })

  test('do not count a change at the very end, and are there for a stretch of no length', () => {
    const change = instant('2026-10-25T01:00:00Z')
    expect(utcOffsets('Europe/Berlin', change - 60, change)).toEqual(['+02:00'])
    expect(utcOffsets('Europe/Berlin', change, change)).toEqual(['+01:00'])
  })
})
