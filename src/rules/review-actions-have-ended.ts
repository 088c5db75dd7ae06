import { isData, isFilled, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A review closes when each of its actions is done or was dropped for a reason, and says so where there is nothing to
 * do.
 *
 * Reviews fail by their actions being forgotten, not by being held badly.
 */
export const reviewActionsHaveEnded: Rule = {
  id: 'review-actions-have-ended',
  severity: 'error',
  summary: 'A closed review has no open action; dropped ones say why',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('review')) {
      const state = textAt(data, 'state')
      const held = state === 'held' || state === 'closed'
      if (held && !isFilled(data['actions']) && !isFilled(data['no_actions_reason'])) {
        yield {
          message: `${id} was held, but has neither actions nor no_actions_reason`,
          place: { file, route: ['state'] },
          hint: 'List what is done about it in actions, or say in no_actions_reason why nothing is',
        }
      }
      for (const [index, action] of listAt(data, 'actions').entries()) {
        if (!isData(action)) continue
        const place = { file, route: ['actions', index, 'state'] }
        const title = textAt(action, 'title') ?? ''
        if (action['state'] === 'dropped' && !isFilled(action['because'])) {
          yield { message: `"${title}" was dropped without a reason`, place, hint: 'Say why in because' }
        }
        if (action['state'] === 'done' && !isFilled(action['done_on'])) {
          yield { message: `"${title}" is done without a day`, place, hint: 'Add done_on, the day it was finished' }
        }
        if (state === 'closed' && action['state'] === 'open') {
          yield {
            message: `${id} is closed, but "${title}" is open`,
            place,
            hint: 'Finish it or drop it with a reason before the review is closed',
          }
        }
      }
    }
  },
}
