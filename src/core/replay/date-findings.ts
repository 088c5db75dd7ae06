import { clockTolerance, type ImplausibleDate } from '../commit-dates.ts'
import type { MainlineCommit } from '../history.ts'
import { humanDuration, humanInstant, type Instant } from '../instant.ts'
import type { ClaimedCommit } from '../provenance.ts'
import type { HistoryFinding } from './history-finding.ts'

/**
 * The findings about committer dates that cannot be right, in the order of the mainline: those that others contradict,
 * and those that lie after `now`, the instant of asking.
 */
export function dateFindings(
  commits: readonly MainlineCommit[],
  claims: readonly ClaimedCommit[],
  implausible: readonly ImplausibleDate[],
  now: Instant,
): readonly HistoryFinding[] {
  return [...implausible, ...inFuture(claims, implausible, now)]
    .toSorted((a, b) => a.position - b.position)
    .flatMap((each) => {
      const commit = commits[each.position]
      return commit ? [dateFinding(commit, each)] : []
    })
}

/**
 * The newest dates that lie after an instant of asking. Where that is all of them, or more than majorities of later
 * commits leave open, it is rather the asking clock that is wrong.
 */
function inFuture(
  claims: readonly ClaimedCommit[],
  implausible: readonly ImplausibleDate[],
  now: Instant,
): readonly ImplausibleDate[] {
  const known = new Set(implausible.map(({ position }) => position))
  const found = claims.flatMap(({ claimed }, position): readonly ImplausibleDate[] =>
    claimed > now + clockTolerance && !known.has(position)
      ? [{ position, kind: 'ahead', claimed, against: now, witness: 'clock' }]
      : [],
  )
  return found.length > undecided || (claims[0]?.claimed ?? now) > now ? [] : found
}

/** How many commits at the end of a mainline too few others follow to contradict them. */
const undecided = 5

function dateFinding(commit: MainlineCommit, { kind, claimed, against, witness }: ImplausibleDate): HistoryFinding {
  const far = `${humanDuration(Math.abs(claimed - against))} ${kind === 'ahead' ? 'after' : 'before'}`
  // The distance from now changes with the hour, and the finding does not.
  const amiss = witness === 'clock' ? 'which is still to come' : `${far} ${witnessText[witness](against)}`
  const counts =
    commit.at === claimed ? 'It counts until then as not made yet' : `It counts as made ${humanInstant(commit.at)} UTC`
  return {
    commit,
    rule: kind === 'ahead' ? 'commit-date-ahead' : 'commit-date-behind',
    type: '',
    id: '',
    file: '',
    message: `It is dated ${humanInstant(claimed)} UTC, ${amiss}`,
    hint: `${counts}; find out whether a clock was wrong or the date was chosen, and let the ledger attest times`,
  }
}

const witnessText: Readonly<Record<Exclude<ImplausibleDate['witness'], 'clock'>, (at: Instant) => string>> = {
  ledger: (at) => `the ledger knew it (${humanInstant(at)})`,
  'later commits': (at) => `a commit that came later (${humanInstant(at)})`,
  'earlier commit': (at) => `a commit that it followed (${humanInstant(at)})`,
}
