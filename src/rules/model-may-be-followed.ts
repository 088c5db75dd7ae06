import { modelStanding } from '../core/change-model.ts'
import type { TimedFacts } from '../core/facts.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A published change model may be followed now: it has not expired and has not suspended itself.
 *
 * Otherwise the next standard change by it is refused, which its owner had better know before whoever needs it tonight.
 */
export const modelMayBeFollowed: Rule<TimedFacts> = {
  id: 'model-may-be-followed',
  severity: 'warning',
  summary: 'Published change models have neither expired nor suspended themselves',
  *check({ records, asOf }) {
    if (asOf === undefined) return
    for (const model of records.ofType('change-model')) {
      if (model.data['state'] !== 'published') continue
      const { met, because } = modelStanding(model, records, asOf)
      if (met) continue
      yield {
        message: `No standard change may follow ${model.id}: ${because}`,
        place: { file: model.file, route: ['state'] },
        hint: 'Correct it and have it published anew with a new published_at and expires, or retire it',
      }
    }
  },
}
