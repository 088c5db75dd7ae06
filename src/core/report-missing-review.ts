import { compare } from './diagnostic.ts'
import { isWithin } from './period.ts'
import { textAt, textsAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { changeLives } from './report-change.ts'
import { type RecordLink, recordLink, words } from './report-page.ts'
import { firstEntry, type Standing, standing } from './report-standing.ts'

/** A record that is over, should have been reviewed, and was not. */
export interface MissingReview extends RecordLink {
  /** Why a review is wanted. */
  readonly because: string
  /** The state of the review that it has; `null` where it has none. */
  readonly review: string | null
}

const held: readonly string[] = ['held', 'closed']

/**
 * The major incidents and the emergency, unauthorised, failed or troubled changes that were closed in the period
 * without a review that was held by the end of it.
 */
export function missingReviews(facts: ReportFacts, page: string): readonly MissingReview[] {
  const reviews = standing(facts, 'review', facts.period)
  const reviewOf = (id: string, named: string | undefined): Standing | undefined =>
    reviews.find((review) => review.id === named) ?? reviews.find(({ data }) => textsAt(data, 'of').includes(id))
  const isClosedNow = (at: number | null | undefined): boolean => at != null && isWithin(facts.period, at)
  const incidents = standing(facts, 'incident', facts.period)
    .filter((incident) => incident.data['major'] === true && isClosedNow(firstEntry(incident, ['closed'])))
    .map((incident) => ({ record: incident, because: 'major incident' }))
  const changes = changeLives(facts)
    .filter(({ closedAt }) => isClosedNow(closedAt))
    .flatMap((change) => {
      const outcome = textAt(change.data, 'outcome') ?? 'successful'
      const troubled = outcome === 'successful' ? undefined : words(outcome)
      const because = change.data['unauthorised'] === true ? 'unauthorised' : troubled
      const reason = because ?? (change.changeType === 'emergency' ? 'emergency' : undefined)
      return reason === undefined ? [] : [{ record: change, because: `change: ${reason}` }]
    })
  return [...incidents, ...changes]
    .flatMap(({ record, because }): readonly MissingReview[] => {
      const review = reviewOf(record.id, textAt(record.data, 'review'))
      if (review && held.includes(review.state)) return []
      return [{ ...recordLink(facts, page, record), because, review: review ? words(review.state) : null }]
    })
    .toSorted((a, b) => compare(a.id, b.id))
}
