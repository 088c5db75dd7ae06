import type { ClockAccount } from './clock-account.ts'
import type { MainlineCommit } from './history.ts'
import type { Instant } from './instant.ts'
import type { Moment } from './timeline.ts'

/** A stretch of a record's life after a clock had ended, in one state. */
export interface AfterStretch {
  readonly from: Instant
  readonly until: Instant
  /** The state, with its hold reason. */
  readonly state: string
  readonly commit: MainlineCommit
}

/**
 * What became of a record between the end of a clock and an instant: stretches that tile that time, by when the mainline
 * learnt of each state. Empty for a clock that goes on.
 */
export function afterStop(
  { outcome, end, terms }: ClockAccount,
  moments: readonly Moment[],
  asOf: Instant,
): readonly AfterStretch[] {
  if (outcome === 'running' || outcome === 'paused' || end >= asOf) return []
  const known = moments.filter(({ recorded }) => recorded <= asOf)
  const stopped = known.indexOf(terms.event.moment)
  const ending =
    outcome === 'stopped' && stopped >= 0 ? stopped : known.findLastIndex(({ recorded }) => recorded <= end)
  const starts = known
    .slice(Math.max(0, ending))
    .filter((moment, index, later) => index === 0 || nameOf(moment) !== nameOf(later[index - 1]))
    .map((moment, index) => ({ moment, from: index === 0 ? end : Math.max(end, moment.recorded) }))
  return starts.flatMap(({ moment, from }, index) => {
    const until = starts[index + 1]?.from ?? asOf
    return until === from ? [] : [{ from, until, state: nameOf(moment), commit: moment.commit }]
  })
}

function nameOf(moment: Moment | undefined): string {
  if (!moment) return ''
  return moment.holdReason === undefined ? moment.state : `${moment.state}:${moment.holdReason}`
}
