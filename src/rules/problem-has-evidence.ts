import { isFilled } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A problem rests on something: incidents that it causes, or a trend that announces them.
 *
 * Without evidence nobody could tell later whether it is gone.
 */
export const problemHasEvidence: Rule = {
  id: 'problem-has-evidence',
  severity: 'error',
  summary: 'Problems name incidents, or say what trend points to them',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('problem')) {
      if (isFilled(data['incidents']) || isFilled(data['trend_evidence'])) continue
      yield {
        message: `${id} names neither incidents nor trend_evidence`,
        place: { file, route: ['incidents'] },
        hint: 'Write incidents: [INC-…], or say in trend_evidence what points to the problem',
      }
    }
  },
}
