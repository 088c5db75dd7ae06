import type { Provenance } from './history.ts'
import type { Instant, Seconds } from './instant.ts'
import type { Sightings } from './ledger/sightings.ts'

/** A mainline commit before anything is known of its time but what it claims. */
export interface ClaimedCommit {
  readonly commit: string
  /** Its committer date. Author dates are never used. */
  readonly claimed: Instant
}

/** What vouches for the times of a mainline. */
export interface TimeEvidence {
  /** What the ledger saw; absent where there is none. */
  readonly sightings?: Sightings
  /** Whether a commit bears a signature of a key whose dates are believed. */
  readonly isSigned?: (commit: string) => boolean
  /** By how much a committer date may lie before the first sight of the commit and still stand, by position. */
  readonly tolerance?: (position: number) => Seconds
}

/** When a commit counts as made, and what that rests on. */
export interface ProvenTime {
  readonly at: Instant
  readonly provenance: Provenance
  /** Why the committer date does not stand, where nothing better took its place: it ran ahead of, or behind, others. */
  readonly doubt?: 'ahead' | 'behind'
}

/** How many later commits are asked whether a claim can be right. */
const witnesses = 5

/** What one commit has to say for itself. */
interface Testimony {
  readonly time: Instant
  readonly provenance: Provenance
}

const nobody: Testimony = { time: 0, provenance: 'claimed' }

/**
 * The times at which the commits of a mainline count as made, oldest first (DESIGN.md §9, "Time and SLA";
 * reference/github-and-git.md §4.3 B and C).
 *
 * The best evidence decides: the ledger's first sight (`attested`), or the committer date itself where it lies within
 * the tolerance of that (`observed`), or where a believed key signed it (`signed`); else the date is `claimed`. A claim
 * later than a better time that follows it is invalid, and so is one later than most of the next five times (or of as
 * many as there are, not counting those that lie even before its parent: they are wrong themselves); it gives way to
 * its parent's, so that one bad clock cannot poison all that follows. A time that runs backwards counts as its
 * parent's. The order stays that of the mainline, and the wall clock plays no part.
 */
export function provenTimes(commits: readonly ClaimedCommit[], evidence: TimeEvidence = {}): readonly ProvenTime[] {
  const testimonies = commits.map((commit, position) => testimonyOf(commit, position, evidence))
  const limits = limitsOf(testimonies, evidence)
  const proven: ProvenTime[] = []
  let parent: Instant | undefined
  for (let position = 0; position < testimonies.length; position++) {
    const { time, provenance } = testimonies[position] ?? nobody
    const limit = limits[position] ?? Number.POSITIVE_INFINITY
    const ahead = time > limit || (provenance === 'claimed' && isContradicted(testimonies, position, parent))
    const earliest = Math.max(parent ?? 0, evidence.sightings?.notBefore(position) ?? 0)
    if (ahead) {
      const standIn = parent ?? Math.min(limit, ...following(testimonies, position).map((each) => each.time))
      proven.push({ at: Math.max(standIn, earliest), provenance: 'claimed', doubt: 'ahead' })
    } else if (time < earliest) proven.push({ at: earliest, provenance, doubt: 'behind' })
    else proven.push({ at: time, provenance })
    parent = proven[position]?.at
  }
  return proven
}

function testimonyOf(commit: ClaimedCommit, position: number, evidence: TimeEvidence): Testimony {
  const { claimed } = commit
  const seen = evidence.sightings?.firstSeen(position)
  if (seen !== undefined) {
    const before = seen - claimed
    const tolerance = evidence.tolerance?.(position) ?? 0
    if (before > 0 && before <= tolerance) return { time: claimed, provenance: 'observed' }
    return { time: seen, provenance: 'attested' }
  }
  return { time: claimed, provenance: evidence.isSigned?.(commit.commit) ? 'signed' : 'claimed' }
}

/** For each commit the earliest better time that follows it, which bounds what it may say; none bounds the ledger. */
function limitsOf(testimonies: readonly Testimony[], { sightings }: TimeEvidence): Float64Array {
  const limits = new Float64Array(testimonies.length)
  let [seen, vouched] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let position = testimonies.length - 1; position >= 0; position--) {
    const { time, provenance } = testimonies[position] ?? nobody
    seen = Math.min(seen, sightings?.thereBy(position) ?? seen)
    vouched = Math.min(vouched, seen)
    limits[position] = provenance === 'claimed' ? vouched : provenance === 'signed' ? seen : Number.POSITIVE_INFINITY
    if (provenance === 'signed' && time <= seen) vouched = Math.min(vouched, time)
  }
  return limits
}

function following(testimonies: readonly Testimony[], position: number): readonly Testimony[] {
  return testimonies.slice(position + 1, position + 1 + witnesses)
}

function isContradicted(testimonies: readonly Testimony[], position: number, parent: Instant = 0): boolean {
  const time = testimonies[position]?.time ?? 0
  const end = Math.min(position + 1 + witnesses, testimonies.length)
  let [asked, contradicting] = [0, 0]
  for (let at = position + 1; at < end; at++) {
    const other = testimonies[at]?.time ?? 0
    if (other < parent) continue
    asked += 1
    if (other < time) contradicting += 1
  }
  return contradicting * 2 > asked
}
