import { textAt, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import { takenSteps } from '../core/taken-step.ts'

const held: readonly (string | undefined)[] = ['held', 'closed']

/**
 * A major incident closes only when a review of it was held.
 *
 * Afterwards nobody has time, and what it could have taught is lost. Where an organisation keeps no reviews, nothing is
 * asked.
 */
export const majorIncidentIsReviewed: Rule = {
  id: 'major-incident-is-reviewed',
  severity: 'error',
  summary: 'A major incident closes only with a review of it that was held',
  *check({ changes, records, rulebook, unreadable }) {
    if (!rulebook.types.has('review')) return
    for (const { record, before, step } of takenSteps(changes)) {
      const { type, id, file, data } = record
      // Whoever closes it cannot at once say that it was none.
      const major = data['major'] === true || before?.['major'] === true
      if (type !== 'incident' || step.state !== 'closed' || !major) continue
      const name = textAt(data, 'review')
      if (name === undefined) {
        yield {
          message: `${id} cannot be closed: it is a major incident without a review`,
          place: { file, route: stepRoute(step) },
          hint: `gitsm new review --set of=[${id}], hold it, and name it in review`,
        }
        continue
      }
      const review = records.find('review', name)
      // A name that leads nowhere is told by reference-exists.
      if (!review || unreadable.has(`review/${name}`)) continue
      const state = textAt(review.data, 'state')
      if (!textsAt(review.data, 'of').includes(id)) {
        yield {
          message: `${name} is no review of ${id}`,
          place: { file, route: ['review'] },
          hint: `Name the review that looks back on ${id}, or add it to of there`,
        }
      } else if (!held.includes(state)) {
        yield {
          message: `${id} cannot be closed: its review ${name} is ${state}`,
          place: { file, route: ['review'] },
          hint: 'Hold the review first',
          related: [{ place: { file: review.file, route: ['state'] }, message: `${name} is here` }],
        }
      }
    }
  },
}
