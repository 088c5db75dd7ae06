import { describe, expect, test } from 'vitest'
import { figureText, metricRows } from '../../src/core/report-metric.ts'
import { facts, incident } from '../reports/web-shop.ts'

const resolvedAfter = (id: string, day: string, hours: string) =>
  incident(id, {}, [
    { at: `${day}T08:00`, state: 'new' },
    { at: `${day}T${hours}:00`, state: 'resolved' },
  ])

describe('figures of the catalogue on a page', () => {
  const given = facts({
    period: '2026-03',
    since: '2026-02-01T00:00',
    incidents: [
      resolvedAfter('INC-1', '2026-02-03', '10'),
      resolvedAfter('INC-2', '2026-03-03', '11'),
      resolvedAfter('INC-3', '2026-03-04', '13'),
    ],
  })

  test('stand beside those of the period before and of the trend', () => {
    const [row] = metricRows(given, ['mttr'])
    expect(row).toMatchObject({ id: 'mttr', value: '4 h', median: '4 h', p90: '5 h', n: 2, before: '2 h', beforeN: 1 })
    expect(row?.trend).toHaveLength(13)
    expect(row?.trend.slice(-3)).toEqual([null, 2, 4])
  })

  test('have no median where they are no mean', () => {
    expect(metricRows(given, ['reopen-rate'])[0]).toMatchObject({ value: '0 %', median: null, p90: null, n: 2 })
  })

  test('are left out where the catalogue does not know them', () => {
    expect(metricRows(given, ['no-such-figure'])).toEqual([])
  })
})

describe('a value as text', () => {
  test.each([
    ['time', 1.5, 3, '1 h 30 min'],
    ['count', 12, 12, '12'],
    ['share', 100 / 3, 3, '33 %'],
    ['share', 99.95, 4, '99.95 %'],
    ['frequency', 0.5, 15, '0.5 per week'],
    ['score', 4.257, 9, '4.26'],
    ['share', null, 0, 'no data'],
  ] as const)('%s %s of %s reads %j', (unit, value, n, text) => {
    expect(figureText({ unit }, value, { n })).toBe(text)
  })
})
