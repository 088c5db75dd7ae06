import { type Assignment, assignments } from './assignment-time.ts'
import type { RecordHistory } from './history.ts'
import type { Instant } from './instant.ts'
import { isFiledAfterTheFact } from './retrospective.ts'
import { moments, type Stretch, timeline } from './timeline.ts'

/** The life of a record as it is told: its states, and the teams that had it. */
export interface ToldLife {
  readonly id: string
  readonly stretches: readonly Stretch[]
  readonly assignments: readonly Assignment[]
  /** Whether it was filed when it was resolved or closed already. */
  readonly retrospective: boolean
}

/** The life of a record as far as it was known as of an instant; all that is known where none is given. */
export function toldLife({ type, id, revisions }: RecordHistory, asOf: Instant | undefined): ToldLife {
  const life = { type, id, revisions: revisions.filter(({ commit }) => asOf === undefined || commit.at <= asOf) }
  const known = moments(life)
  return {
    id,
    stretches: timeline(life),
    assignments: assignments(known),
    retrospective: isFiledAfterTheFact(known, (state) => state === 'resolved' || state === 'closed'),
  }
}
