import { describe, expect, test } from 'vitest'
import { effectOf } from '../../../src/core/csi/effects.ts'
import type { Data } from '../../../src/core/record.ts'
import type { Series } from '../../../src/core/series.ts'
import { at, facts, record } from '../../reports/web-shop.ts'
import { onDay } from './shop.ts'

/** Minutes of downtime on each of the days from 1 January on. */
function downtime(minutes: readonly number[]): Series {
  return {
    file: 'records/measurement/downtime.csv',
    columns: ['value'],
    points: minutes.map((value, day) => ({ at: at(onDay(day, 0)), values: [value] })),
  }
}

const kpi = record('kpi', 'downtime', { title: 'Downtime', direction: 'down', measurement: 'downtime' })
const improvement: Data = {
  id: 'IMP-1',
  kpi: 'downtime',
  target: 5,
  baseline: { value: 10, from: '2026-01-01', to: '2026-01-31' },
  implemented_at: '2026-02-01T00:00:00Z',
}

function effect(minutes: readonly number[], fields: Data = {}, period = '2026-02') {
  const improving = { kpis: [kpi], series: new Map([['downtime', downtime(minutes)]]) }
  return effectOf(facts({ period, incidents: [], improving }), { data: { ...improvement, ...fields } })
}

const january = Array.from({ length: 31 }, (_, day) => 8 + (day % 5))
const better = Array.from({ length: 28 }, (_, day) => 1 + (day % 3))

describe('the effect of an improvement', () => {
  test('is the indicator before and since, with the test that tells it from chance', () => {
    const found = effect([...january, ...better])
    expect(found).toMatchObject({ better: true, beyondChance: true, reached: true, test: 'mann-whitney' })
    expect(found?.before).toMatchObject({ n: 30 })
    expect(found?.after).toMatchObject({ n: 28 })
    expect(found?.after.value).toBeCloseTo(better.reduce((sum, minute) => sum + minute, 0) / 28, 12)
  })

  test('is not beyond chance where nothing changed, nor is the target reached', () => {
    expect(effect([...january, ...january.slice(0, 28)])).toMatchObject({ beyondChance: false, reached: false })
  })

  test('counts from the first value since it is in place', () => {
    const found = effect([...january, ...better], { implemented_at: '2026-01-31T22:00:00Z' })
    expect(found?.since).toBe(at('2026-02-01T00:00'))
  })

  test('can be for the worse', () => {
    const worse = january.map((minutes) => minutes + 20)
    expect(effect([...january, ...worse])).toMatchObject({ better: false, beyondChance: true, reached: false })
  })

  test('is taken over the declared period once that is over', () => {
    const measured = { measured_period: { from: '2026-02-05', to: '2026-02-15' } }
    expect(effect([...january, ...better], measured)?.after.n).toBe(10)
    const later = { measured_period: { from: '2026-02-05', to: '2026-04-01' } }
    expect(effect([...january, ...better], later)?.after.n).toBe(28)
  })

  test('is not told before it is in place, without a baseline, or without values', () => {
    expect(effect([...january, ...better], { implemented_at: '2026-03-01T00:00:00Z' })).toBeNull()
    expect(effect([...january, ...better], { baseline: {} })).toBeNull()
    expect(effect(january)).toBeNull()
    expect(effect([...january, ...better], { kpi: 'other' })).toBeNull()
  })
})
