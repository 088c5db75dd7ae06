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
 * What became of a record between the end of a clock and an instant: stretches that tile that time, by when the
 * mainline learnt of each state. Empty for a clock that goes on.
 */
export function afterStop(account: ClockAccount, moments: readonly Moment[], asOf: Instant): readonly AfterStretch[] {
  const { outcome, end } = account
  if (outcome === 'running' || outcome === 'paused' || end >= asOf) return []
  const known = moments.filter(({ recorded }) => recorded <= asOf)
  const starts = known
    .slice(Math.max(0, endingMoment(account, known)))
    .filter((moment, index, later) => index === 0 || nameOf(moment) !== nameOf(later[index - 1]))
    .map((moment, index) => ({ moment, from: index === 0 ? end : Math.max(end, moment.recorded) }))
  return starts.flatMap(({ moment, from }, index) => {
    const until = starts[index + 1]?.from ?? asOf
    return until === from ? [] : [{ from, until, state: nameOf(moment), commit: moment.commit }]
  })
}

/** The moment that ended a clock: the step that stopped it, else what its commit left, else what stood there. */
function endingMoment({ outcome, end, endEdge, terms }: ClockAccount, known: readonly Moment[]): number {
  const stopping = outcome === 'stopped' ? known.indexOf(terms.event.moment) : -1
  if (stopping >= 0 && known[stopping]?.commit === endEdge?.commit) return stopping
  const left = known.findLastIndex(({ commit }) => commit === endEdge?.commit)
  return left >= 0 ? left : known.findLastIndex(({ recorded }) => recorded <= end)
}

function nameOf(moment: Moment | undefined): string {
  if (!moment) return ''
  return moment.holdReason === undefined ? moment.state : `${moment.state}:${moment.holdReason}`
}
