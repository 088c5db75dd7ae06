import type { Instant } from '../instant.ts'
import type { Person } from './person.ts'

/** A review of a pull request, as GitHub tells it. */
export interface Review {
  /** Its number at the forge, where it has one. */
  readonly id?: number
  /** `null` for an account that is gone. */
  readonly user: (Person & { readonly program: boolean }) | null
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  /** The commit that GitHub says it was given on; `null` where it is gone. */
  readonly commit: string | null
  /** Absent while it is pending. */
  readonly submittedAt?: Instant
}

/** A commit that became the head or the base of a pull request at an instant that a server observed. */
export interface Observed {
  readonly sha: string
  readonly since: Instant
}

/** A push or force-push that brought a new head. */
export interface Push extends Observed {
  /** Whoever pushed; absent where nobody said, `null` for an account that is gone. */
  readonly by?: Person | null
}

/** What is known of a pull request, on GitHub or from a file that says the same. */
export interface PullRequest {
  readonly number: number
  /** Whoever opened it; `null` for an account that is gone. */
  readonly author: Person | null
  /** Name of the branch that it is to be merged into. */
  readonly base: string
  /** When it was last given another base; absent where it never was. */
  readonly retargetedAt?: Instant
  readonly head: string
  /** Everybody who wrote or committed a commit of it; `null` where GitHub knows no account for one. */
  readonly committers: readonly (Person | null)[]
  /** The commits that were its head, oldest first, by pushes and force-pushes. */
  readonly heads: readonly Push[]
  /**
   * Set where nobody told of ordinary pushes: then `heads` has only those after which a review may name a commit that
   * it was not given on, and a review after the last of them is taken at its word.
   */
  readonly onlyMoves?: true
  /** Why nobody can say who pushed to it, in words; absent where everybody who may have is known, or is its author. */
  readonly unknownPushers?: string
  /** The commits that were the tip of the base, oldest first, where these are known. */
  readonly bases: readonly Observed[]
  readonly reviews: readonly Review[]
  readonly now: Instant
}
