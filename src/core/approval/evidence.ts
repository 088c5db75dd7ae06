import type { RecordIndex } from '../facts.ts'
import type { Instant } from '../instant.ts'
import type { PullRequest } from './pull-request.ts'
import type { Sight } from './sight.ts'

/** What a decision rests on beside the demand itself. */
export interface Evidence {
  /** Absent where nothing is known of a pull request. */
  readonly pull?: PullRequest
  /** What each commit that somebody may have reviewed showed, by `sightKey`. */
  readonly sights: ReadonlyMap<string, Sight>
  /** Teams as the base has them. */
  readonly base: RecordIndex
  /** Records of the merge result, where people may go by another name. */
  readonly result: RecordIndex
  readonly now: Instant
}
