import { always, type Calendar, calendarOf } from '../core/calendar.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant, humanHours, type Instant, type Seconds } from '../core/instant.ts'
import { nearest } from '../core/nearest.ts'
import { json } from '../render/json.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** The open seconds of a calendar between two instants. */
export async function calendarElapsed(world: World, id: string, from: Instant, to: Instant): Promise<Outcome> {
  const seconds = (await calendarNamed(world, id)).elapsed(from, to)
  const out = world.format === 'json' ? json({ seconds }) : `${seconds} s (${humanHours(seconds)})\n`
  return { code: exit.pass, out }
}

/** The instant at which a target is used up on a calendar, counting from a start. */
export async function calendarDue(world: World, id: string, start: Instant, target: Seconds): Promise<Outcome> {
  const due = (await calendarNamed(world, id)).due(start, target)
  if (due === undefined) {
    throw new Fault(`Calendar ${id} is not open long enough for that`, { cure: 'Check its hours and holidays' })
  }
  const out = world.format === 'json' ? json({ due: formatInstant(due) }) : `${formatInstant(due)}\n`
  return { code: exit.pass, out }
}

async function calendarNamed(world: World, id: string): Promise<Calendar> {
  if (id === 'always') return always
  const { snapshot } = await openRepository(world)
  const record = snapshot.records.find('calendar', id)
  const calendar = record && calendarOf(record.data)
  if (calendar) return calendar
  if (record || snapshot.unreadable.has(`calendar/${id}`)) {
    throw new Fault(`Calendar ${id} cannot be used as it stands`, {
      cure: 'gitsm validate tells what is wrong with it',
    })
  }
  const known = ['always', ...snapshot.records.ofType('calendar').map((other) => other.id)]
  const guess = nearest(id, known)
  throw new Fault(`There is no calendar ${JSON.stringify(id)}`, {
    cure: guess ? `Did you mean ${guess}?` : `Calendars here: ${known.join(', ')}`,
  })
}
