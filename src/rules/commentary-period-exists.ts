import { parsePeriod, periodHint } from '../core/period.ts'
import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/** A commentary speaks of a period that the calendar knows: no report would quote one of `2026-13`. */
export const commentaryPeriodExists: Rule = {
  id: 'commentary-period-exists',
  severity: 'error',
  summary: 'A commentary speaks of a period that exists',
  local: true,
  *check({ records, rulebook }) {
    for (const { file, data } of records.ofType('commentary')) {
      const period = textAt(data, 'period')
      if (period === undefined || parsePeriod(period, rulebook.config.timezone)) continue
      yield { message: `There is no period ${period}`, place: { file, route: ['period'] }, hint: periodHint }
    }
  },
}
