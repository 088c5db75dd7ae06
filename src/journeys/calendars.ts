import { type Calendar, calendarOf } from '../core/calendar.ts'
import type { RecordIndex } from '../core/facts.ts'

/** The calendars of a tree by id, those left out whose hours make no sense. */
export function calendarsOf(records: RecordIndex): ReadonlyMap<string, Calendar> {
  return new Map(
    records.ofType('calendar').flatMap(({ id, data }) => {
      const calendar = calendarOf(data)
      return calendar ? [[id, calendar] as const] : []
    }),
  )
}
