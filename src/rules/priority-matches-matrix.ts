import { isFilled, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Priority follows from impact and urgency, unless the record says why not.
 *
 * SLA targets hang on priority: set by hand it would be a way to choose one's own target.
 */
export const priorityMatchesMatrix: Rule = {
  id: 'priority-matches-matrix',
  severity: 'error',
  summary: 'Priority equals the matrix of impact and urgency, or priority_override_reason says why not',
  local: true,
  *check({ records, rulebook }) {
    const { matrix } = rulebook.config
    if (!matrix) return
    for (const { file, data } of records.all) {
      const [impact, urgency] = [textAt(data, 'impact'), textAt(data, 'urgency')]
      if (impact === undefined || urgency === undefined) continue
      const expected = matrix[impact]?.[urgency]
      const priority = textAt(data, 'priority')
      const overridden = isFilled(data['priority_override_reason'])
      if (expected === undefined || priority === expected || (priority !== undefined && overridden)) continue
      yield {
        message:
          priority === undefined
            ? `priority is missing: impact ${impact} and urgency ${urgency} make ${expected}`
            : `priority ${priority} does not fit impact ${impact} and urgency ${urgency}, which make ${expected}`,
        place: { file, route: ['priority'] },
        hint: `Write priority: ${expected}, or give priority_override_reason`,
      }
    }
  },
}
