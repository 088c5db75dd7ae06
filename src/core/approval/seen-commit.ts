import { humanInstant, type Instant } from '../instant.ts'
import type { Observed, PullRequest, Review } from './pull-request.ts'

/**
 * The commits that a review may have been given on, all of which must show what would be merged; or why nobody can say.
 *
 * What the server observed comes first: the commit that was the head when the review was submitted, or each of several
 * where a push came in the same second. The commit that the review itself names counts as well, because a page may have
 * been open for a while, unless it became the head only later: GitHub moves reviews to a new head after a force-push.
 * Where pushes are not known, the commit that the review names is believed, unless the branch was forced or made anew
 * since. Dates of commits are no evidence, nor is when we first looked: what is known must not depend on it.
 */
export function seenCommits(
  { commit, submittedAt }: Review,
  { heads, onlyMoves }: Heads,
): readonly string[] | { readonly unknown: string } {
  if (commit === null) return { unknown: 'the commit that it was given on is gone' }
  if (submittedAt === undefined) return { unknown: 'nobody can say when it was submitted' }
  if (onlyMoves) {
    const last = heads.at(-1)
    if (last === undefined || submittedAt > last.since) return [commit]
    const when = `${humanInstant(last.since)} UTC`
    return { unknown: `the branch was forced or made anew at ${when}, so nobody can say what was seen: approve again` }
  }
  const standing = standingDuring(heads, submittedAt)
  const since = heads.filter(({ sha }) => sha === commit).map((each) => each.since)
  const movedLater = since.length > 0 && since.every((at) => at > submittedAt)
  if (movedLater && standing.length === 0) return { unknown: 'it names a commit that was pushed only after it' }
  return [...new Set(movedLater ? standing : [...standing, commit])]
}

/** What is known of the commits that were the head. */
export type Heads = Pick<PullRequest, 'heads' | 'onlyMoves'>

/** Every commit that stood at some time in the second that an instant names. */
function standingDuring(observed: readonly Observed[], second: Instant): readonly string[] {
  const before = observedAt(observed, second - 1)
  const within = observed.filter(({ since }) => since === second).map(({ sha }) => sha)
  return before === undefined ? within : [before, ...within]
}

/** The commit that stood at an instant; `undefined` before the first that was observed. */
export function observedAt(observed: readonly Observed[], at: Instant): string | undefined {
  return observed.filter(({ since }) => since <= at).at(-1)?.sha
}

/**
 * The name under which what a commit showed is kept: the commit, and the tip that the base had when the review was
 * submitted, where that was observed.
 */
export function sightKey(commit: string, at: Instant | undefined, { bases }: Pick<PullRequest, 'bases'>): string {
  const base = at === undefined ? undefined : observedAt(bases, at)
  return base === undefined ? commit : `${commit} ${base}`
}
