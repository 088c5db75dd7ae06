import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import { textAt } from '../record.ts'
import type { ForwardSchedule, PlannedWork } from '../report-change-schedule.ts'
import { words } from '../report-page.ts'
import { isLockdown } from '../window.ts'
import type { WindowTime } from '../window-schedule.ts'
import type { CalendarEvent } from './calendar-file.ts'

/** How far ahead the calendar looks. */
export const calendarDays = 90

/** What was said of a record last: when it was recorded, and how often something else had been said before. */
export interface Edition {
  readonly at: Instant
  readonly count: number
}

/** Finds the last edition of a record; `undefined` where its history is not known. */
export type EditionOf = (type: string, id: string) => Edition | undefined

/**
 * A forward schedule as events, in order of their begin: planned changes, freezes and maintenance windows. `origin`
 * names the repository, so that events of two repositories are told apart.
 */
export function scheduleEvents(
  { span, work, freezes, maintenance }: ForwardSchedule,
  origin: string,
  editionOf: EditionOf,
): readonly CalendarEvent[] {
  const stamped = (type: string, id: string): Pick<CalendarEvent, 'stamp' | 'sequence'> => {
    const edition = editionOf(type, id)
    return { stamp: edition?.at ?? span.from, sequence: edition ? edition.count - 1 : 0 }
  }
  return [
    ...work.map((planned) => ({
      uid: `${planned.record.id}.change@${origin}`,
      ...stamped('change', planned.record.id),
      ...changeEvent(planned),
    })),
    ...[...freezes, ...maintenance].map((time) => ({
      uid: `${time.window.id}.${time.from}.window@${origin}`,
      ...stamped('window', time.window.id),
      ...windowEvent(time),
    })),
  ].toSorted((a, b) => a.from - b.from || a.until - b.until || compare(a.uid, b.uid))
}

type Event = Omit<CalendarEvent, 'uid' | 'stamp' | 'sequence'>

function changeEvent({
  record,
  changeType,
  state,
  authorised,
  outage,
  services,
  open,
  from,
  until,
}: PlannedWork): Event {
  const { id, data } = record
  const said = [
    `${words(changeType)} change ${id}, ${words(state)}${authorised ? '' : ', not authorised yet'}.`,
    ...(services.length > 0 ? [`Services: ${services.join(', ')}${outage ? '; they go down' : ''}.`] : []),
    ...(open.length > 0
      ? [`Collides with ${open.length === 1 ? '1 other thing' : `${open.length} other things`}.`]
      : []),
    ...(textAt(data, 'implementer') === undefined ? [] : [`Carried out by ${textAt(data, 'implementer')}.`]),
  ]
  return {
    from,
    until,
    summary: `${id}: ${textAt(data, 'title') ?? ''}`,
    description: said.map(sentence).join('\n'),
    categories: ['Change', words(changeType)],
    status: authorised ? 'CONFIRMED' : 'TENTATIVE',
    busy: true,
  }
}

function windowEvent({ window, from, until }: WindowTime): Event {
  const { kind, title, allows } = window
  const free = allows.length > 0 ? `, but for changes that are ${allows.map(words).join(' or ')}` : ''
  const freeze = isLockdown(window) ? 'Nothing may be changed, in emergencies neither.' : `Nothing is changed${free}.`
  return {
    from,
    until,
    summary: `${kind === 'freeze' ? 'Freeze' : 'Maintenance window'}: ${title}`,
    description: kind === 'freeze' ? freeze : `The time for changes of what it covers (${window.id}).`,
    categories: [kind === 'freeze' ? 'Freeze' : 'Maintenance window'],
    status: 'CONFIRMED',
    busy: false,
  }
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
