import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { implausibleDates, settledDoubts } from '../../src/core/commit-dates.ts'
import type { Sightings } from '../../src/core/ledger/sightings.ts'
import { provenTimes } from '../../src/core/provenance.ts'

const hour = 3600

/** Commits by what they claim, and the ledger's first sights of some, by position. */
function weighed(claimed: readonly number[], seen: Readonly<Record<number, number>> = {}) {
  const commits = claimed.map((time, at) => ({ commit: `c${at}`, claimed: time }))
  const firstSeen = (position: number) => seen[position]
  const unknown = () => undefined
  const sightings: Sightings = { firstSeen, thereBy: firstSeen, notBefore: unknown, entryFor: unknown, lost: [] }
  const times = provenTimes(commits, { sightings })
  const dates = implausibleDates(commits, times, sightings)
  return {
    dates: dates.map(({ position, kind, against, witness }) => [position, kind, against, witness]),
    doubts: settledDoubts(times, dates).map(({ doubt }) => doubt ?? '-'),
  }
}

describe('committer dates', () => {
  test('that never run backwards are plausible', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (claimed) => {
        expect(weighed(claimed.toSorted((a, b) => a - b)).dates).toEqual([])
      }),
    )
  })

  test('that honest clocks of different machines write are plausible', () => {
    const { dates, doubts } = weighed([0, hour, hour - 300, 2 * hour])
    expect(dates).toEqual([])
    expect(doubts).toEqual(['-', '-', '-', '-'])
  })

  test('are ahead where commits after them are earlier', () => {
    const { dates, doubts } = weighed([0, hour, 99 * hour, 2 * hour, 3 * hour])
    expect(dates).toEqual([[2, 'ahead', 2 * hour, 'later commits']])
    expect(doubts).toEqual(['-', '-', 'ahead', '-', '-'])
  })

  test('are behind where they lie before what they followed', () => {
    const { dates, doubts } = weighed([5 * hour, 6 * hour, hour, 7 * hour])
    expect(dates).toEqual([[2, 'behind', 6 * hour, 'earlier commit']])
    expect(doubts).toEqual(['-', '-', 'behind', '-'])
  })

  test('that lie before they were seen, or before what they followed was, are plausible', () => {
    const { dates, doubts } = weighed([hour, 2 * hour, 3 * hour], { 0: hour, 1: 9 * hour })
    expect(dates).toEqual([])
    expect(doubts).toEqual(['-', '-', '-'])
  })

  test('after the first sight are ahead, and leave no doubt because the ledger knows better', () => {
    const { dates, doubts } = weighed([hour, 50 * hour, 3 * hour], { 0: hour, 1: 2 * hour, 2: 3 * hour })
    expect(dates).toEqual([[1, 'ahead', 2 * hour, 'ledger']])
    expect(doubts).toEqual(['-', '-', '-'])
  })

  test('that ran ahead are no measure for those after them', () => {
    const { dates } = weighed([hour, 500 * hour, 3 * hour, 4 * hour], { 0: 99 * hour, 1: 99 * hour, 2: 99 * hour })
    expect(dates).toEqual([[1, 'ahead', 99 * hour, 'ledger']])
  })

  test('far in the past are behind also where the ledger knows better', () => {
    const { dates, doubts } = weighed([10 * hour, 1, 12 * hour], { 0: 10 * hour, 1: 11 * hour, 2: 12 * hour })
    expect(dates).toEqual([[1, 'behind', 10 * hour, 'earlier commit']])
    expect(doubts).toEqual(['-', '-', '-'])
  })
})
