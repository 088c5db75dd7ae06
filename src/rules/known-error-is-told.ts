import { isFilled, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A known error has a root cause, a workaround, and an article in use that tells both.
 *
 * Those who answer incidents find articles, not problems: an error that no article tells is known to nobody who needs
 * it.
 */
export const knownErrorIsTold: Rule = {
  id: 'known-error-is-told',
  severity: 'error',
  summary: 'A known error has a root cause, a workaround and an article',
  local: true,
  consults: { problem: ['knowledge'] },
  *check({ records }) {
    for (const { id, file, data } of records.ofType('problem')) {
      if (data['known_error'] !== true) continue
      for (const field of ['root_cause', 'workaround', 'article']) {
        if (isFilled(data[field])) continue
        yield {
          message: `${id} is a known error without ${field}`,
          place: { file, route: ['known_error'] },
          hint: `Add ${field}, or leave known_error out until it is known`,
        }
      }
      const article = records.find('knowledge', textAt(data, 'article') ?? '')
      if (article?.data['state'] !== 'retired' || isEnded(textAt(data, 'state'))) continue
      yield {
        message: `The article ${article.id} of the known error ${id} is retired`,
        place: { file, route: ['article'] },
        hint: 'Name the article that tells it now',
      }
    }
  },
}

function isEnded(state: string | undefined): boolean {
  return state === 'resolved' || state === 'closed' || state === 'cancelled'
}
