import { humanInstant, type Instant, parseInstant } from '../core/instant.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/** By how many seconds the clock of whoever writes may be ahead of the one that dates the commit. */
const skew = 300

/** Fields that tell of something that has happened. */
const pastFields = [
  'acknowledged_at',
  'actual_end',
  'actual_start',
  'approved_at',
  'deployed_at',
  'detected_at',
  'fulfilled_at',
  'held_at',
  'implemented_at',
  'opened_at',
  'published_at',
  'resolved_at',
  'restored_at',
  'rolled_back_at',
  'verified_at',
]

/**
 * Nothing is told as done before it was: no instant that a commit declares lies after the commit itself.
 *
 * Clocks count such an instant as the recorded one; but whoever writes the log ahead of time says what nobody can know.
 */
export const declaredNotAhead: Rule = {
  id: 'declared-not-ahead',
  severity: 'error',
  summary: 'What a record tells as past is not later than the commit that tells it',
  *check({ changes, asOf }) {
    if (asOf === undefined) return
    for (const change of changes) {
      if (change.kind === 'removed') continue
      const { id, file, data } = change.after
      for (const { route, what, at } of declaredIn(change.kind === 'edited' ? change.before.data : {}, data)) {
        if (at <= asOf + skew) continue
        yield {
          message: `${id} says of ${humanInstant(at)} UTC that ${what}, and was written at ${humanInstant(asOf)} UTC`,
          place: { file, route },
          hint: 'Write down what has happened, when it has happened',
        }
      }
    }
  },
}

/** The past instants that an edit declares anew. */
function* declaredIn(
  before: Data,
  after: Data,
): Generator<{ readonly route: Route; readonly what: string; readonly at: Instant }> {
  for (const field of pastFields) {
    const at = before[field] === after[field] ? undefined : parseInstant(textAt(after, field) ?? '')
    if (at !== undefined) yield { route: [field], what: `it is ${field}`, at }
  }
  const known = listAt(before, 'log').length
  for (const [index, entry] of listAt(after, 'log').entries()) {
    const at = index >= known && isData(entry) ? parseInstant(textAt(entry, 'at') ?? '') : undefined
    if (at !== undefined) yield { route: ['log', index, 'at'], what: 'its log has an entry', at }
  }
}
