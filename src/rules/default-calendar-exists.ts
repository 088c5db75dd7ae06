import { nearest } from '../core/nearest.ts'
import type { Rule } from '../core/rule.ts'

/**
 * The calendar that `gitsm.yaml` names exists.
 *
 * SLA targets without a calendar of their own are measured by it.
 */
export const defaultCalendarExists: Rule = {
  id: 'default-calendar-exists',
  severity: 'error',
  summary: 'The default calendar that gitsm.yaml names exists',
  *check({ records, rulebook, unreadable }) {
    const { calendar } = rulebook.config
    const there = records.find('calendar', calendar) ?? unreadable.has(`calendar/${calendar}`)
    if (calendar === 'always' || there) return
    const guess = nearest(calendar, ['always', ...records.ofType('calendar').map(({ id }) => id)])
    yield {
      message: `There is no calendar ${calendar}`,
      place: { file: 'gitsm.yaml', route: ['calendar'] },
      hint: guess ? `Did you mean ${guess}?` : `Add records/calendar/${calendar}.yaml, or write calendar: always`,
    }
  },
}
