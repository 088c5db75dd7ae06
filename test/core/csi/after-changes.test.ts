import { describe, expect, test } from 'vitest'
import { afterChanges } from '../../../src/core/csi/after-changes.ts'
import { basisOf } from '../../../src/core/csi/basis.ts'
import type { IncidentFacts, LifeFacts } from '../../../src/core/report.ts'
import { facts } from '../../reports/web-shop.ts'
import { basis, change, onDay, opened } from './shop.ts'

describe('incidents after changes on the same CI', () => {
  const since = '2026-01-01T00:00'
  const given = (lives: readonly LifeFacts[], incidents: readonly IncidentFacts[]) =>
    afterChanges(basis({ period: '2026-03', since, lives, incidents }))
  const web = { cis: ['web-1'] }

  test('are held against how much of the time the windows cover', () => {
    // 90 days; three windows of 3 days on web-1: a tenth of the time.
    const lives = [10, 40, 70].map((day) => change(`CHG-${day}`, onDay(day, 0), web))
    const incidents = [11, 41, 71, 30].map((day) => opened(`INC-${day}`, onDay(day), web))
    const found = given(lives, incidents)
    expect(found).toMatchObject({ changes: 3, incidents: 4, followed: 3, window: 72 * 3600, more: true })
    expect(found.expected).toBeCloseTo(0.4, 10)
    // At least 3 of 4, each with a chance of 0.1: 4 × 0.1³ × 0.9 + 0.1⁴
    expect(found.p).toBeCloseTo(0.0037, 10)
  })

  test('end with the window: its last second counts, the next does not', () => {
    const lives = [change('CHG-1', onDay(70, 0), web)]
    const followed = (instant: string) => given(lives, [opened('INC-1', instant, web)]).followed
    expect(followed(onDay(70, 0))).toBe(1)
    expect(followed(onDay(72, 23, 59))).toBe(1)
    expect(followed(onDay(73, 0))).toBe(0)
    expect(followed(onDay(69, 23, 59))).toBe(0)
  })

  test('do not count on another CI, nor after a change that was cancelled', () => {
    const incidents = [opened('INC-1', onDay(71), { cis: ['db-1'] })]
    expect(given([change('CHG-1', onDay(70), web)], incidents)).toMatchObject({ followed: 0, expected: 0, p: null })
    const cancelled = { ...change('CHG-1', onDay(70), web), data: { id: 'CHG-1', state: 'cancelled', cis: ['web-1'] } }
    expect(given([cancelled], [opened('INC-1', onDay(71), web)])).toMatchObject({ changes: 0, followed: 0 })
  })

  test('are no more than chance where they are as many as the windows cover', () => {
    const lives = [10, 40, 70].map((day) => change(`CHG-${day}`, onDay(day, 0), web))
    const incidents = Array.from({ length: 9 }, (_, index) => opened(`INC-${index}`, onDay(1 + index * 10), web))
    expect(given(lives, incidents)).toMatchObject({ followed: 3, more: false })
  })

  test('of the period are listed with what both name, and whether one names the other as the cause', () => {
    const lives = [
      change('CHG-1', onDay(70, 0), { cis: ['web-1', 'web-2'], incidents_caused: ['INC-2'] }),
      change('CHG-2', onDay(20, 0), web),
    ]
    const incidents = [
      opened('INC-1', onDay(70, 6), { cis: ['web-2', 'db-1'] }),
      opened('INC-2', onDay(71, 0), web),
      opened('INC-3', onDay(20, 6), web),
    ]
    const { inPeriod, earlier, changesInPeriod } = given(lives, incidents)
    expect(changesInPeriod).toBe(1)
    expect(inPeriod.map(({ id }) => id)).toEqual(['CHG-1'])
    expect(inPeriod[0]?.incidents).toMatchObject([
      { record: { id: 'INC-1' }, cis: ['web-2'], after: 6 * 3600, blamed: false },
      { record: { id: 'INC-2' }, cis: ['web-1'], after: 24 * 3600, blamed: true },
    ])
    expect(earlier.map(({ id }) => id)).toEqual(['CHG-2'])
  })

  test('follow within the window that the organisation settles', () => {
    const made = facts({
      period: '2026-03',
      since,
      lives: [change('CHG-1', onDay(70, 0), web)],
      incidents: [opened('INC-1', onDay(71), web)],
    })
    const metrics = { firstContact: 3600, staleDays: 60, changePoints: { byOutcome: {}, byCausedPriority: {} } }
    const within = (afterChange: number) =>
      afterChanges(basisOf({ ...made, config: { ...made.config, metrics: { ...metrics, afterChange } } })).followed
    expect(within(24 * 3600)).toBe(0)
    expect(within(48 * 3600)).toBe(1)
  })
})
