import { listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * The review that a change names is a review of it; and a change closes only after it was held.
 *
 * Which changes need one is said by the lifecycle: emergencies, unauthorised ones, and those that did not go well.
 */
export const changeIsReviewed: Rule = {
  id: 'change-is-reviewed',
  severity: 'error',
  summary: 'The review that a change names is about it, and was held when the change closes',
  local: true,
  consults: { change: ['review'] },
  *check({ records }) {
    for (const { id, file, data } of records.ofType('change')) {
      const review = records.find('review', textAt(data, 'review') ?? '')
      if (!review) continue
      const place = { file, route: ['review'] }
      const related = [{ place: { file: review.file, route: ['state'] }, message: 'the review' }]
      if (!listAt(review.data, 'of').includes(id)) {
        yield { message: `${review.id} is no review of ${id}`, place, hint: `Add ${id} to its \`of\``, related }
      }
      const state = textAt(review.data, 'state')
      if (textAt(data, 'state') !== 'closed' || state === 'held' || state === 'closed') continue
      yield { message: `${id} closes, but ${review.id} is ${state}`, place, hint: 'Hold the review first', related }
    }
  },
}
