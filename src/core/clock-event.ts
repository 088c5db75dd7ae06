import type { MainlineCommit } from './history.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { textAt } from './record.ts'
import type { RecordGap } from './record-gap.ts'
import { editionAt, type ServiceLevels, type SlaEdition } from './service-levels.ts'
import type { Moment } from './timeline.ts'

/** A record's life as its clocks need it. */
export interface ClockedRecord {
  readonly type: string
  readonly id: string
  /** Oldest first, as the mainline has them. */
  readonly moments: readonly Moment[]
  /** When it could not be known; clocks go on as if nothing had changed. */
  readonly gaps?: readonly RecordGap[]
}

/** Something that clocks must look at: a moment of the record, or a new edition of the agreements during its life. */
export interface ClockEvent {
  readonly commit: MainlineCommit
  /** What the record is at this event; at a new edition, what it was before. */
  readonly moment: Moment
  readonly isMoment: boolean
  readonly edition: SlaEdition | undefined
}

/** The events known at an instant, oldest first: what the mainline learns later plays no part yet. */
export function clockEvents({ moments }: ClockedRecord, levels: ServiceLevels, asOf: Instant): readonly ClockEvent[] {
  const known = moments.filter(({ recorded }) => recorded <= asOf)
  const [birth] = known
  if (!birth) return []
  const events: ClockEvent[] = []
  const editions = levels.editions.filter(
    ({ commit }, index) =>
      commit !== undefined &&
      commit.position > birth.commit.position &&
      commit.at <= asOf &&
      [levels.editions[index - 1], levels.editions[index]].some(followsEvents),
  )
  let [position, last] = [0, birth]
  const addEditionsBefore = (limit: number): void => {
    for (; position < editions.length; position++) {
      const edition = editions[position]
      if (!edition?.commit || edition.commit.position > limit) return
      if (edition.commit.position === limit) continue
      events.push({ commit: edition.commit, moment: last, isMoment: false, edition })
    }
  }
  for (const moment of known) {
    addEditionsBefore(moment.commit.position)
    events.push({ commit: moment.commit, moment, isMoment: true, edition: editionAt(levels, moment.commit.position) })
    last = moment
  }
  addEditionsBefore(Number.POSITIVE_INFINITY)
  return events
}

function followsEvents(edition: SlaEdition | undefined): boolean {
  return edition !== undefined && [...edition.slas.values()].some(({ binding }) => binding === 'at_event')
}

/**
 * When the record began, for its clocks: the earlier of its recorded birth and any `opened_at` that it declared since.
 * An earlier one costs whoever claims it, so it is believed; a later one is not.
 */
export function clockStart(events: readonly ClockEvent[]): Instant {
  const texts = new Set(events.map(({ moment }) => textAt(moment.data, 'opened_at')))
  const opened = [...texts].map((text) => (text === undefined ? undefined : parseInstant(text)))
  return Math.min(...opened.filter((at) => at !== undefined), events[0]?.commit.at ?? Number.POSITIVE_INFINITY)
}

/** Whether a step's own log entry, not its commit, tells when it counts. */
export function isDeclared({ moment, isMoment }: ClockEvent, tolerance: Seconds): boolean {
  const { declared, recorded } = moment
  return isMoment && declared !== undefined && declared < recorded && recorded - declared <= tolerance
}

/**
 * When each event counts: when it was recorded, or, for steps, when they were declared if that lies at most the
 * tolerance before. No event counts before an earlier one, or before the record began.
 */
export function countingTimes(events: readonly ClockEvent[], start: Instant, tolerance: Seconds): readonly Instant[] {
  let last = start
  return events.map((event) => {
    last = Math.max(last, isDeclared(event, tolerance) ? (event.moment.declared ?? event.commit.at) : event.commit.at)
    return last
  })
}
