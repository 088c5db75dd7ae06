import type { Instant } from './instant.ts'
import type { Data } from './record.ts'

/** How much an instant can be trusted, best first (reference/github-and-git.md §4.3 B). */
export type Provenance = 'attested' | 'signed' | 'observed' | 'claimed'

/** One commit of the mainline, that is of the first-parent chain. */
export interface MainlineCommit {
  readonly commit: string
  /** 0 for the root, counting up along the mainline. */
  readonly position: number
  /** The time the commit counts as made: its committer date, unless that date is invalid or runs backwards. */
  readonly at: Instant
  readonly provenance: Provenance
  /** Why the committer date did not stand, where nothing better took its place: the time is a guess. */
  readonly doubt?: DoubtfulDate
  /** The commit author's name. Author dates are never used. */
  readonly by: string
}

/** A committer date that ran ahead of others, or behind them. */
export interface DoubtfulDate {
  readonly kind: 'ahead' | 'behind'
  readonly claimed: Instant
}

/** What one mainline commit made of one record. */
export type Revision =
  | { readonly kind: 'written'; readonly commit: MainlineCommit; readonly file: string; readonly data: Data }
  | { readonly kind: 'removed'; readonly commit: MainlineCommit; readonly file: string }
  | { readonly kind: 'unreadable'; readonly commit: MainlineCommit; readonly file: string; readonly reason: string }

/** The revisions of one record, oldest first. A moved file stays the same record, because identity is the id. */
export interface RecordHistory {
  readonly type: string
  readonly id: string
  readonly revisions: readonly Revision[]
}
