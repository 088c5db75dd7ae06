import { localTime } from '../import/local-time.ts'
import { formatInstant, type Instant, type Seconds } from '../instant.ts'
import { zone } from './story.ts'

const clock = localTime(zone)

/** The instant of a time of day in Berlin, in minutes after midnight (60 to 119 exist twice or never once a year). */
export function inBerlin(day: string, minutes: number): Instant {
  const [year, month, date] = day.split('-')
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
  const at = clock.read(`${date}-${month}-${year} ${time}`)
  if (at === undefined) throw new RangeError(`${day} ${time} is no time`)
  return at
}

/** How far Berlin is east of UTC at an instant. */
export function berlinOffset(at: Instant): Seconds {
  return clock.offset(at)
}

/** A day as the story needs it. */
export interface StoryDay {
  readonly date: string
  /** 0 is Sunday. */
  readonly weekday: number
}

/** The day that an instant belongs to. */
export function dayAt(at: Instant): StoryDay {
  const local = new Date((at + berlinOffset(at)) * 1000)
  return { date: local.toISOString().slice(0, 10), weekday: local.getUTCDay() }
}

/** The days from one to the other, the last one left out. */
export function days(from: string, until: string): readonly StoryDay[] {
  const found: StoryDay[] = []
  // Noon of UTC is the same date in Berlin, whatever the clocks do.
  for (let at = inBerlin(from, 13 * 60); ; at += 86_400) {
    const date = formatInstant(at).slice(0, 10)
    if (date >= until) return found
    found.push({ date, weekday: new Date(at * 1000).getUTCDay() })
  }
}
