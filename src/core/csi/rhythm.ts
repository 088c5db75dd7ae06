import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import { significance } from '../kpi-comparison.ts'
import { type Share, shareOf } from '../kpi-figure.ts'
import { type Life, valueIn } from '../kpi-life.ts'
import { fisherExact, holm, leastFisher } from '../kpi-statistics.ts'
import { dayStarts } from '../period.ts'
import { localTime } from '../report-time.ts'
import type { Basis } from './basis.ts'
import { type EarlierChange, latestChange, type PeakChange, peakChanges } from './peak-change.ts'

/** A part of a day of the week in which more incidents are opened than its day and its hours explain. */
export interface Peak extends PeakChange {
  readonly weekday: string
  readonly part: string
  /** First hour, and the hour after the last. */
  readonly from: number
  readonly until: number
  /** Opened then, of all that were opened. */
  readonly here: Share
  /** How many there would be if the hours of this day were like those of the other days. */
  readonly expected: number
  /** Fisher's exact probability after Holm's correction. */
  readonly p: number
  /** What most of them are about; `null` where no category has more than half. */
  readonly category: { readonly name: string; readonly share: Share } | null
  /** The service that most of them are about; `null` where none has more than half. */
  readonly service: { readonly name: string; readonly share: Share } | null
  /** What the latest earlier period says of it, where the period of the report cannot tell; else `null`. */
  readonly lately: EarlierChange | null
}

/** When incidents are opened in the week. */
export interface Rhythm {
  readonly from: Instant
  readonly until: Instant
  readonly n: number
  /** Whether the stretch holds two of every weekday; with less there is nothing to compare. */
  readonly told: boolean
  readonly tested: number
  readonly peaks: readonly Peak[]
  /** Openings by weekday, Monday first, and hour. */
  readonly counts: readonly (readonly number[])[]
}

/** The parts of the days of a week with what was opened in them, Monday first. */
export interface WeekParts {
  readonly parts: readonly string[]
  readonly days: readonly { readonly weekday: string; readonly counts: readonly number[]; readonly all: number }[]
}

/** Adds up the hours of each part of each day. */
export function weekPartsOf({ counts }: Pick<Rhythm, 'counts'>): WeekParts {
  const sum = (hours: readonly number[]): number => hours.reduce((all, count) => all + count, 0)
  return {
    parts: parts.map((_, index) => `From ${index * hoursOfPart} to ${(index + 1) * hoursOfPart}`),
    days: counts.map((hours, day) => ({
      weekday: weekdays[day] ?? '',
      counts: parts.map((_, index) => sum(hours.slice(index * hoursOfPart, (index + 1) * hoursOfPart))),
      all: sum(hours),
    })),
  }
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const parts = ['night', 'morning', 'afternoon', 'evening']
const hoursOfPart = 6
const twoWeeks = 14

interface Opening {
  readonly life: Life
  readonly slot: number
}

/**
 * Looks for parts of the week with more openings than their weekday and their hours bring: 28 parts of six hours, each
 * held against the rest by Fisher's exact test, with Holm's correction. Offices that are open from Monday to Friday
 * make no peak of their own; Friday evenings that are worse than Fridays and evenings do.
 */
export function rhythmOf({ facts, now, trend, long }: Pick<Basis, 'facts' | 'now' | 'trend' | 'long'>): Rhythm {
  const zone = facts.config.timezone
  const days = dayStarts(long, zone)
  const firstWeekday = localTime(days[0] ?? long.from, zone).weekday - 1
  const counts = weekdays.map(() => Array.from({ length: 24 }, () => 0))
  let [first, day] = [Number.POSITIVE_INFINITY, 0]
  const openings = long.opened.map((life) => {
    while ((days[day + 1] ?? Number.POSITIVE_INFINITY) <= life.openedAt) day++
    first = Math.min(first, day)
    const weekday = ((firstWeekday + day) % weekdays.length) + 1
    const hour = hourOf(life.openedAt, days[day] ?? 0, days[day + 1], zone)
    const row = counts[weekday - 1]
    if (row) row[hour] = (row[hour] ?? 0) + 1
    return { life, slot: (weekday - 1) * parts.length + Math.floor(hour / hoursOfPart) }
  })
  const told = openings.length > 0 && day - first + 1 >= twoWeeks
  const rhythm = { from: long.from, until: long.until, n: openings.length, told, tested: 0, peaks: [], counts }
  if (!told) return rhythm
  const asked = weekdays.flatMap((_, weekday) => parts.flatMap((_, part) => heldAgainst(openings, weekday, part) ?? []))
  const corrected = holm(asked.map(({ p }) => p))
  const found = asked
    .map((each, index) => ({ ...each, p: corrected[index] ?? 1 }))
    .filter(({ p, here, expected }) => p < significance && here.count > expected)
    .sort((a, b) => b.here.count - b.expected - (a.here.count - a.expected) || a.slot - b.slot)
  const slots = found.map(({ slot }) => slot)
  const changes = peakChanges(slots, openings, now.period)
  const before = trend.slice(0, -1).map(({ period }) => period)
  const peaks = found.flatMap(({ slot, ...peak }, index) => {
    const change = changes[index]
    if (!change) return []
    const lately = change.change === 'untested' ? latestChange(slot, slots, openings, before) : null
    return [{ ...peakOf(openings, slot, peak), ...change, lately }]
  })
  return { ...rhythm, tested: asked.length, peaks }
}

/** The hour of an instant on the clock of a zone; days on which the clock is moved are read one by one. */
function hourOf(at: Instant, from: Instant, until: Instant | undefined, zone: string): number {
  return until !== undefined && until - from === 86_400 ? Math.floor((at - from) / 3600) : localTime(at, zone).hour
}

/** The other hours of the day, and the same hours of the other days, beside all that is left. */
function heldAgainst(openings: readonly Opening[], weekday: number, part: number) {
  const slot = weekday * parts.length + part
  const ofDay = (each: Opening): boolean => Math.floor(each.slot / parts.length) === weekday
  const [day, others] = [openings.filter(ofDay), openings.filter((each) => !ofDay(each))]
  const inPart = (each: Opening): boolean => each.slot % parts.length === part
  const [here, elsewhere] = [shareOf(day, inPart), shareOf(others, inPart)]
  if (leastFisher(here, elsewhere) >= significance) return undefined
  const all = openings.length
  const expected = elsewhere.n === 0 ? here.count : (day.length * elsewhere.count) / elsewhere.n
  return { slot, here: { count: here.count, n: all }, expected, p: fisherExact(here, elsewhere) }
}

function peakOf(
  openings: readonly Opening[],
  slot: number,
  found: Pick<Peak, 'here' | 'expected' | 'p'>,
): Omit<Peak, keyof PeakChange | 'lately'> {
  const part = slot % parts.length
  const within = openings.filter((each) => each.slot === slot).map(({ life }) => life)
  return {
    ...found,
    weekday: weekdays[Math.floor(slot / parts.length)] ?? '',
    part: parts[part] ?? '',
    from: part * hoursOfPart,
    until: (part + 1) * hoursOfPart,
    category: mostOf(within, 'category'),
    service: mostOf(within, 'service'),
  }
}

function mostOf(lives: readonly Life[], dimension: 'category' | 'service'): Peak['category'] {
  const names = lives.flatMap(({ data }) => valueIn(dimension, data) ?? [])
  const counts = [...new Set(names)]
    .map((name) => ({ name, count: names.filter((other) => other === name).length }))
    .sort((a, b) => b.count - a.count || compare(a.name, b.name))
  const [first] = counts
  return first && first.count * 2 > lives.length
    ? { name: first.name, share: { count: first.count, n: lives.length } }
    : null
}
