import { isPast, outdatedBecause } from '../core/article.ts'
import type { RecordIndex, TimedFacts } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import { isData, listAt, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/**
 * What was to be looked at again by a day has been: accepted risks, articles, actions of reviews, agreements.
 *
 * Nothing is wrong with such a record; time alone has passed, so `validate` warns and `check` does not ask the author
 * of something else for it. A day is over when it has ended everywhere.
 */
export const reviewIsNotOverdue: Rule<TimedFacts> = {
  id: 'review-is-not-overdue',
  severity: 'warning',
  summary: 'Accepted risks, articles, actions of reviews and agreements are looked at by their day',
  *check({ records, asOf }) {
    if (asOf === undefined) return
    yield* acceptedRisks(records, asOf)
    yield* articles(records, asOf)
    yield* actions(records, asOf)
    yield* agreements(records, asOf)
  },
}

function* acceptedRisks(records: RecordIndex, asOf: Instant): Generator<Finding> {
  for (const { id, file, data } of records.ofType('problem')) {
    const until = textAt(data, 'review_by')
    const accepted = data['state'] === 'resolved' && data['resolution_code'] === 'risk_accepted'
    if (!accepted || until === undefined || !isPast(until, asOf)) continue
    yield {
      message: `The risk of ${id} was accepted until ${until}, and nobody has accepted it since`,
      place: { file, route: ['review_by'] },
      hint: `gitsm move ${id} root_cause_analysis --set reanalyse_reason=…, or let the risk owner extend review_by`,
    }
  }
}

function* articles(records: RecordIndex, asOf: Instant): Generator<Finding> {
  for (const article of records.ofType('knowledge')) {
    const { id, file, data } = article
    const reviewBy = textAt(data, 'review_by')
    const because = outdatedBecause(article, records, asOf)
    if (because !== undefined) {
      yield {
        message: `${id} is outdated: ${because}`,
        place: { file, route: [textAt(data, 'valid_until') === undefined ? 'state' : 'valid_until'] },
        hint: `Say until when it holds, or retire it: gitsm move ${id} pending_retirement --set retire_reason=…`,
      }
    } else if (data['state'] === 'published' && reviewBy !== undefined && isPast(reviewBy, asOf)) {
      yield {
        message: `${id} was to be read again by ${reviewBy}`,
        place: { file, route: ['review_by'] },
        hint: 'Read it, correct what no longer holds, and set the next day as review_by',
      }
    }
  }
}

function* actions(records: RecordIndex, asOf: Instant): Generator<Finding> {
  for (const { id, file, data } of records.ofType('review')) {
    for (const [index, action] of listAt(data, 'actions').entries()) {
      if (!isData(action) || action['state'] !== 'open') continue
      const due = textAt(action, 'due')
      if (due === undefined || !isPast(due, asOf)) continue
      yield {
        message: `"${textAt(action, 'title') ?? ''}" of ${id} was due on ${due}`,
        place: { file, route: ['actions', index, 'due'] },
        hint: `Ask ${textAt(action, 'owner') ?? 'its owner'}: done, dropped for a reason, or a new day`,
      }
    }
  }
}

function* agreements(records: RecordIndex, asOf: Instant): Generator<Finding> {
  for (const { id, file, data } of records.ofType('sla')) {
    const day = textAt(data, 'review_on')
    if (data['state'] !== 'active' || day === undefined || !isPast(day, asOf)) continue
    yield {
      message: `${id} was to be reviewed by both sides on ${day}`,
      place: { file, route: ['review_on'] },
      hint: 'Review it with those who signed it, and set the next day as review_on; or let it be superseded',
    }
  }
}
