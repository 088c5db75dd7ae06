import type { MainlineCommit, RecordHistory } from './history.ts'
import type { Instant } from './instant.ts'

/** A stretch of time in which a record cannot be known, because its file was unreadable or gone; half-open. */
export interface RecordGap {
  readonly from: Instant
  /** `null` while it lasts. */
  readonly until: Instant | null
  readonly reason: string
  /** The commit that it began with. */
  readonly commit: MainlineCommit
}

/** The gaps of a record, oldest first. Where the reason changes, another one begins. */
export function recordGaps({ revisions }: RecordHistory): readonly RecordGap[] {
  return revisions.flatMap((revision, index): readonly RecordGap[] => {
    if (revision.kind === 'written') return []
    const { commit } = revision
    const reason = revision.kind === 'unreadable' ? revision.reason : 'the record was removed'
    return [{ from: commit.at, until: revisions[index + 1]?.commit.at ?? null, reason, commit }]
  })
}

/** The parts of gaps that lie within a stretch of time, without those that last for no time there. */
export function gapsWithin(gaps: readonly RecordGap[], from: Instant, until: Instant): readonly RecordGap[] {
  return gaps
    .map((gap) => ({ ...gap, from: Math.max(gap.from, from), until: Math.min(gap.until ?? until, until) }))
    .filter((gap) => gap.from < gap.until)
}
