import type { MainlineCommit } from './history.ts'
import type { Instant, Seconds } from './instant.ts'
import { isFilled, textAt } from './record.ts'
import type { Moment } from './timeline.ts'

/** A stretch during which a record was open and assigned to one team; half-open, `until` is `null` while it lasts. */
export interface Assignment {
  readonly team: string
  readonly from: Instant
  readonly until: Instant | null
  /** The commit that assigned it, or took the record up again. */
  readonly commit: MainlineCommit
}

/** States in which nobody works on a record any more, whatever its type. */
const settled: ReadonlySet<string> = new Set(['resolved', 'fulfilled', 'closed', 'cancelled', 'rejected', 'retired'])

/** The assignments of a record, oldest first. Times are recorded ones; what lasted for no time is left out. */
export function assignments(moments: readonly Moment[]): readonly Assignment[] {
  const found: Assignment[] = []
  let open: Omit<Assignment, 'until'> | undefined
  for (const { state, data, recorded, commit } of moments) {
    const named = textAt(data, 'team')
    const team = isFilled(named) && !settled.has(state) ? named : undefined
    if (team === open?.team) continue
    if (open && open.from < recorded) found.push({ ...open, until: recorded })
    open = team === undefined ? undefined : { team, from: recorded, commit }
  }
  return open ? [...found, { ...open, until: null }] : found
}

/** How long a team had a record, on the wall, and how often it was given to it. */
export interface TeamTime {
  readonly team: string
  readonly seconds: Seconds
  readonly assignments: number
}

/** Adds assignments up by team, in the order in which the teams first had the record; open ones until an instant. */
export function teamTimes(stretches: readonly Assignment[], asOf: Instant): readonly TeamTime[] {
  const times = new Map<string, TeamTime>()
  for (const { team, from, until } of stretches) {
    const known = times.get(team) ?? { team, seconds: 0, assignments: 0 }
    const seconds = known.seconds + Math.max(0, (until ?? asOf) - from)
    times.set(team, { team, seconds, assignments: known.assignments + 1 })
  }
  return [...times.values()]
}
