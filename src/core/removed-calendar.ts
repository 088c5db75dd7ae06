import { humanInstant, type Instant } from './instant.ts'
import type { ServiceLevels } from './service-levels.ts'
import { type SlaTarget, valueFor } from './sla.ts'

/** What readers of clocks are warned of: a finding about what judges them. */
export interface ClockWarning {
  readonly rule: 'calendar-removed'
  readonly message: string
  readonly hint: string
  /** The commit that did it. */
  readonly commit: string
}

/**
 * Warnings of agreements in force at an instant, all or some, that name a calendar which is gone by then, or leave it
 * to the default calendar where that is gone: clocks go on by its last hours, also those that begin now.
 */
export function removedCalendars(
  { editions, calendars }: ServiceLevels,
  asOf: Instant,
  wanted: (agreement: string) => boolean = () => true,
): readonly ClockWarning[] {
  const edition = editions.findLast(({ commit }) => commit === undefined || commit.at <= asOf)
  if (!edition) return []
  return [...calendars].flatMap(([id, versions]): readonly ClockWarning[] => {
    const removed = versions.findLast(({ since }) => since <= asOf)?.removed
    if (!removed || removed.at > asOf) return []
    const naming = [...edition.slas.values()].filter(
      (sla) =>
        wanted(sla.id) &&
        [...sla.targets.values()].some((target) => namesCalendar(target, id, edition.config.calendar)),
    )
    if (naming.length === 0) return []
    const agreements = naming.map((sla) => sla.id).join(', ')
    const [names, clocks] = naming.length === 1 ? ['names', 'its clocks go on'] : ['name', 'their clocks go on']
    return [
      {
        rule: 'calendar-removed',
        message: `${agreements} ${names} the calendar ${id}, which ${removed.by} removed at ${humanInstant(removed.at)} UTC in ${removed.commit.slice(0, 10)}; ${clocks} by its last hours`,
        hint: `Write records/calendar/${id}.yaml again, or let ${agreements} name another calendar`,
        commit: removed.commit,
      },
    ]
  })
}

/** Whether some priority of a target is measured by a calendar: one without its own takes the default one. */
function namesCalendar({ calendar, allowed }: SlaTarget, id: string, byDefault: string): boolean {
  return [...allowed.keys(), ...calendar.keys()].some((priority) => (valueFor(calendar, priority) ?? byDefault) === id)
}
