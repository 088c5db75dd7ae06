import { expect, test } from 'vitest'
import { answers, type Comparison } from '../../src/core/kpi-comparison.ts'
import { nothing, shareFigure } from '../../src/core/metric.ts'
import { type Kind, overTime } from '../../src/core/own-page/own-figure-trend.ts'
import { type Period, parsePeriod } from '../../src/core/period.ts'
import { facts } from '../reports/web-shop.ts'

const { config } = facts({ period: '2026-10', incidents: [], slas: [], services: [], teams: [] })
const period = parsePeriod('2026-10', config.timezone) ?? never()

function never(): never {
  throw new Error('the period cannot be read')
}

/** What is said of a figure of October 2026 after those of the months before, the oldest first. */
function changeOf<F extends { readonly value: number | null; readonly n: number }>(
  kind: Kind,
  figures: readonly F[],
): { readonly change: Comparison | undefined; readonly earlier: object | null } {
  const known = { period, config, since: 0, asOf: period.until }
  const at = ({ id }: Period): number => figures.length - 1 - (10 - Number(id.slice(5)))
  const { question, earlier } = overTime(known, { trend: figures.length }, kind, 'up', (each) => ({
    ...nothing,
    ...figures[at(each)],
  }))
  return { change: answers([question])[0], earlier }
}

test('a share of items is held against the earlier ones together by an exact test, without limits', () => {
  const met = [9, 10, 9, 10, 9, 10, 9, 10].map((count) => shareFigure({ count, n: 10 }))
  const { change, earlier } = changeOf('share', [...met, shareFigure({ count: 3, n: 10 })])
  expect(change).toMatchObject({ test: 'fisher', verdict: 'worse', limits: null })
  expect(earlier).toEqual({ value: 95, n: 80 })
  expect(changeOf('share', [...met, shareFigure({ count: 9, n: 10 })]).change).toMatchObject({ verdict: 'same' })
})

test('natural limits of a share of time end at 100 %', () => {
  const available = [99.98, 100, 99.9, 100, 99.95, 100, 99.97, 100].map((value) => ({ value, n: 2 }))
  const { change, earlier } = changeOf('share', [...available, { value: 99.96, n: 2 }])
  expect(change).toMatchObject({ test: 'limits', verdict: 'same', limits: { high: 100 } })
  expect(earlier).toBeNull()
})

test('amounts keep their natural limits', () => {
  const opened = [98, 102, 97, 103, 99, 101, 98, 102].map((value) => ({ value, n: value }))
  const { change } = changeOf('amount', [...opened, { value: 100, n: 100 }])
  expect(change?.limits?.high).toBeGreaterThan(100)
})
