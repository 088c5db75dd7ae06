import { calendarOf } from '../../src/core/calendar.ts'
import type { Instant, Seconds } from '../../src/core/instant.ts'

// Asks for the open seconds of many intervals in one of two ways, and prints how long the asking took.

const [from, until]: readonly [Instant, Instant] = [1_577_836_800, 1_893_456_000] // the years 2020 to 2029, UTC

const office = calendarOf({
  timezone: 'Europe/Berlin',
  hours: { 'mon-fri': ['08:00-13:00', '14:00-18:00'], sat: ['09:00-12:00'] },
  holidays: Array.from({ length: 10 }, (_, year) => 2020 + year).flatMap((year) => [
    `${year}-01-01`,
    `${year}-05-01`,
    `${year}-10-03`,
    { date: `${year}-12-24`, hours: ['08:00-12:00'] },
    { from: `${year}-12-25`, to: `${year}-12-26` },
    { from: `${year}-08-01`, to: `${year}-08-15` },
  ]),
})
if (!office) throw new Error('The calendar of the benchmark makes no sense')

/** The floor: all openings of the ten years in one array, searched twice. */
function arrayWay(openings: readonly { readonly from: Instant; readonly until: Instant }[]): typeof elapsedBetween {
  const opens = Float64Array.from(openings, (opening) => opening.from)
  const closes = Float64Array.from(openings, (opening) => opening.until)
  const totals = new Float64Array(openings.length + 1)
  for (const [index, opening] of openings.entries()) {
    totals[index + 1] = (totals[index] ?? 0) + opening.until - opening.from
  }
  const before = (at: Instant): Seconds => {
    let [low, high] = [0, opens.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((opens[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low === 0 ? 0 : (totals[low - 1] ?? 0) + Math.min(at, closes[low - 1] ?? at) - (opens[low - 1] ?? at)
  }
  return (start, end) => before(end) - before(start)
}

const [way, count] = [process.argv[2], Number(process.argv[3])]
const open = office.stretches(from, until).filter(({ kind }) => kind === 'open')
const elapsedBetween: (start: Instant, end: Instant) => Seconds = way === 'engine' ? office.elapsed : arrayWay(open)

// Intervals by a linear congruential generator (Numerical Recipes), of any length within the ten years.
const intervals = new Float64Array(2 << 16)
let state = 1
for (let index = 0; index < intervals.length; index += 2) {
  const ends = [0, 0].map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return from + Math.floor((state / 2 ** 32) * (until - from))
  })
  intervals[index] = Math.min(...ends)
  intervals[index + 1] = Math.max(...ends)
}

function ask(times: number): Seconds {
  let total = 0
  for (let asked = 0; asked < times; asked++) {
    const index = (asked * 2) % intervals.length
    total += elapsedBetween(intervals[index] ?? 0, intervals[index + 1] ?? 0)
  }
  return total
}

ask(intervals.length)
const began = performance.now()
const total = ask(count)
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, total }))
