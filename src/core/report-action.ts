import { isPast } from './article.ts'
import { compare } from './diagnostic.ts'
import { isWithin, startOfDay } from './period.ts'
import { isData, listAt, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink } from './report-page.ts'
import { endOf, standing } from './report-standing.ts'

/** Something that a review decided to do and that has not ended. */
export interface OpenAction {
  readonly title: string
  /** The team or person who does it. */
  readonly owner: string | null
  /** The last day for it. */
  readonly due: string | null
  readonly isOverdue: boolean
  /** The change, problem or improvement that carries it, by its id. */
  readonly record: string | null
  readonly review: RecordLink
}

/** The actions of reviews: what is open at the end of a period, and what ended in it. */
export interface ReviewActions {
  /** The soonest due first. */
  readonly open: readonly OpenAction[]
  readonly done: number
  readonly dropped: number
  /** Reviews that have been held by the end of the period. */
  readonly reviews: number
}

/** The actions that reviews asked for. A dropped one counts in the period in which its review was last changed. */
export function reviewActions(facts: ReportFacts, page: string): ReviewActions {
  const { period, config } = facts
  const end = endOf(facts, period)
  const reviews = standing(facts, 'review', period).filter(({ state }) => state !== 'planned')
  const actions = reviews.flatMap((review) =>
    listAt(review.data, 'actions')
      .filter(isData)
      .map((action) => ({ action, review })),
  )
  const open = actions
    .filter(({ action }) => (textAt(action, 'state') ?? 'open') === 'open')
    .map(({ action, review }): OpenAction => {
      const due = textAt(action, 'due') ?? null
      return {
        title: textAt(action, 'title') ?? '',
        owner: nameOf(facts, 'team', textAt(action, 'owner') ?? null),
        due,
        isOverdue: due !== null && isPast(due, end),
        record: textAt(action, 'record') ?? null,
        review: recordLink(facts, page, review),
      }
    })
    .toSorted((a, b) => compare(a.due ?? '9', b.due ?? '9') || compare(a.review.id, b.review.id))
  const within = (day: string | undefined): boolean => {
    const at = day === undefined ? undefined : startOfDay(day, config.timezone)
    return at !== undefined && isWithin(period, at)
  }
  return {
    open,
    done: actions.filter(({ action }) => textAt(action, 'state') === 'done' && within(textAt(action, 'done_on')))
      .length,
    dropped: actions.filter(
      ({ action, review: { moments } }) =>
        textAt(action, 'state') === 'dropped' && isWithin(period, moments.at(-1)?.recorded ?? 0),
    ).length,
    reviews: reviews.length,
  }
}
