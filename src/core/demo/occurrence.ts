import type { Instant } from '../instant.ts'
import { days, inBerlin, type StoryDay } from './berlin.ts'
import { type Chance, chance } from './chance.ts'
import { dailySymptoms } from './daily-symptoms.ts'
import { callerSymptom, loadSymptoms } from './load-symptoms.ts'
import { type MajorIncident, majorIncidents } from './major-incidents.ts'
import { campaignOn, dayAfter, firstDay, reliefDay } from './story.ts'
import type { Symptom } from './symptom.ts'

/** Something that went wrong at an instant. */
export interface Occurrence {
  readonly at: Instant
  readonly symptom: Symptom
  /** Of load: what brought the customers. */
  readonly event?: string
  /** Whether it is of load and the cause is not removed yet. */
  readonly overload: boolean
  /** Of the first incident of an evening on which the shop failed for most customers. */
  readonly major?: MajorIncident
  /** Of a caller: index of the load incident that they call about. */
  readonly about?: number
  /** Of those that are not solved when the telling ends: whether it waits or is worked on. */
  readonly stands?: 'waiting' | 'in_work'
}

/** Everything that went wrong in the year, in order. `about` is an index into the list itself. */
export function occurrences(): readonly Occurrence[] {
  const luck = chance(20251101)
  const found: Occurrence[] = []
  for (const day of days(firstDay, dayAfter)) {
    const today = [...daily(day, luck), ...load(day, luck)].sort((a, b) => a.at - b.at)
    for (const occurrence of today) {
      const about = found.push(occurrence) - 1
      if (occurrence.event === undefined) continue
      for (let call = luck.between(0, occurrence.overload ? 2 : 1); call > 0; call--) {
        const at = occurrence.at + luck.between(8, 70) * 60
        found.push({ at, symptom: callerSymptom, overload: occurrence.overload, about })
      }
    }
  }
  return [...found, ...unsolved]
}

/** What is on the desk on the last morning. */
const unsolved: readonly Occurrence[] = [
  {
    at: inBerlin('2026-10-30', 10 * 60 + 20),
    symptom: symptomOf('customer-accounts'),
    overload: false,
    stands: 'waiting',
  },
  { at: inBerlin('2026-11-01', 18 * 60 + 20), symptom: symptomOf('payment'), overload: false, stands: 'in_work' },
]

function symptomOf(service: string): Symptom {
  return dailySymptoms.find((symptom) => symptom.service === service) ?? dailySymptoms[0]
}

function daily({ date, weekday }: StoryDay, luck: Chance): readonly Occurrence[] {
  const isWeekend = weekday === 0 || weekday === 6
  const count = isWeekend ? luck.pick([0, 0, 0, 1]) : luck.pick([0, 0, 1, 1, 1, 2])
  const usual = dailySymptoms.filter(({ until }) => until === undefined || date <= until)
  const [first, ...rest] = [...usual, ...usual.filter(({ rare }) => !rare)]
  if (!first) return []
  return Array.from({ length: count }, () => {
    const symptom = luck.pick([first, ...rest])
    // Machines report at any hour; people mostly when they work or shop.
    const minutes = symptom.origins[0] === 'monitoring' ? luck.between(180, 1430) : luck.between(450, 1150)
    return { at: inBerlin(date, minutes), symptom, overload: false }
  })
}

/** The peaks of a day: Friday evenings, and any evening of a promotion. */
function load({ date, weekday }: StoryDay, luck: Chance): readonly Occurrence[] {
  const overload = date < reliefDay
  const campaign = campaignOn(date)
  const isFriday = weekday === 5
  const before = campaign ? (isFriday ? 100 : 45) : isFriday ? 62 : 0
  const chances = overload ? before : Math.floor(before / 4)
  if (!luck.percent(chances)) return []
  const event = campaign ? campaign.name : 'the peak of Friday evening'
  const peaks = campaign && isFriday && overload ? 2 : 1
  const [worst, ...milder] = loadSymptoms
  const major = majorIncidents.find(({ day }) => day === date)
  return Array.from({ length: peaks }, (_, index) => {
    const at = inBerlin(date, luck.between(17 * 60, 20 * 60) + index * 75)
    const symptom = overload && luck.percent(30) ? worst : luck.pick([milder[0] ?? worst, ...milder])
    return index === 0 && major ? { at, symptom: worst, event, overload, major } : { at, symptom, event, overload }
  })
}
