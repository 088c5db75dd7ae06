import { describe, expect, test } from 'vitest'
import { answers, compareCount, compareShares, compareTimes } from '../../src/core/kpi-comparison.ts'
import { spreadOf } from '../../src/core/kpi-figure.ts'

const times = (values: readonly number[]) => ({ values, spread: spreadOf(values) })
const quick = times(Array.from({ length: 20 }, (_, index) => 100 + index))
const slow = times(Array.from({ length: 20 }, (_, index) => 900 + index))

describe('a comparison', () => {
  test('of shares far apart says which way, and whether that is good', () => {
    const [now, before] = [
      { count: 95, n: 100 },
      { count: 60, n: 100 },
    ]
    const ask = [
      compareShares(now, before, 'up'),
      compareShares(now, before, 'down'),
      compareShares(before, now, 'none'),
    ]
    expect(answers(ask).map(({ verdict }) => verdict)).toEqual(['better', 'worse', 'lower'])
  })

  test('of shares that chance explains finds no change', () => {
    const [answer] = answers([compareShares({ count: 14, n: 20 }, { count: 12, n: 20 }, 'up')])
    expect(answer).toMatchObject({ verdict: 'same', because: null })
    expect(answer?.p).toBeGreaterThan(0.05)
  })

  test('of times says which way', () => {
    expect(
      answers([compareTimes(slow, quick, 'down'), compareTimes(quick, slow, 'down')]).map((a) => a.verdict),
    ).toEqual(['worse', 'better'])
    expect(answers([compareTimes(quick, quick, 'down')])[0]?.verdict).toBe('same')
  })

  test('without an earlier period, or with too few, gives no answer', () => {
    const ask = [
      compareShares({ count: 1, n: 2 }, null, 'up'),
      compareShares({ count: 0, n: 0 }, { count: 1, n: 2 }, 'up'),
      compareTimes(times([1, 2]), quick, 'down'),
      compareTimes(quick, null, 'down'),
      compareCount(5, [], 'down'),
      compareCount(5, [1, 2, 3], 'down'),
      compareCount(null, [1, 2, 3, 4, 5, 6], 'down'),
    ]
    expect(answers(ask).map(({ verdict, because }) => [verdict, because])).toEqual([
      ['untested', 'no earlier period'],
      ['untested', 'too few to tell'],
      ['untested', 'too few to tell'],
      ['untested', 'no earlier period'],
      ['untested', 'no earlier period'],
      ['untested', 'too few to tell'],
      ['untested', 'period not over'],
    ])
  })

  test('of counts holds them against their natural limits', () => {
    const usual = [10, 12, 11, 13, 12, 11]
    expect(answers([compareCount(40, usual, 'down')])[0]?.verdict).toBe('worse')
    expect(answers([compareCount(1, usual, 'down')])[0]?.verdict).toBe('better')
    expect(answers([compareCount(40, usual, 'none')])[0]?.verdict).toBe('higher')
    expect(answers([compareCount(13, usual, 'down')])[0]?.verdict).toBe('same')
  })
})

test('what one question alone would call significant is not so among many', () => {
  const close = compareShares({ count: 30, n: 40 }, { count: 20, n: 40 }, 'up')
  const alike = compareShares({ count: 20, n: 40 }, { count: 20, n: 40 }, 'up')
  expect(answers([close])[0]?.verdict).toBe('better')
  expect(answers([close, alike, alike, alike])[0]?.verdict).toBe('same')
})

test('a comparison that could never be significant is not asked, and takes nothing from the others', () => {
  const close = compareShares({ count: 30, n: 40 }, { count: 20, n: 40 }, 'up')
  const allMet = compareShares({ count: 40, n: 40 }, { count: 90, n: 90 }, 'up')
  const noneMet = compareShares({ count: 0, n: 40 }, { count: 0, n: 90 }, 'up')
  const handful = compareShares({ count: 0, n: 2 }, { count: 3, n: 3 }, 'up')
  const oneTime = compareTimes(times(Array(9).fill(60)), times(Array(9).fill(60)), 'down')
  const found = answers([close, allMet, noneMet, handful, oneTime])
  expect(found[0]).toMatchObject({ verdict: 'better' })
  expect(found[0]?.p).toBe(answers([close])[0]?.p)
  for (const answer of found.slice(1)) expect(answer).toMatchObject({ because: 'too few to tell', p: null })
})
