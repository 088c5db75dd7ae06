import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Instant, Seconds } from '../core/instant.ts'
import { nearest } from '../core/nearest.ts'
import type { RecordDoc } from '../core/record.ts'
import { coversItem, type Window, windowsOf } from '../core/window.ts'
import { concernsService, windowTimes } from '../core/window-schedule.ts'
import { windowTimesJson, windowTimesText } from '../render/windows.ts'
import type { Snapshot } from './load.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm windows` is asked: from when, how far ahead, and for what. */
export interface WindowsOptions {
  readonly asOf: Instant
  readonly ahead: Seconds
  readonly service?: string
  readonly ci?: string
}

/** The times of every window from an instant on: those that last then, and those that begin before the stretch ends. */
export async function windows(world: World, { asOf, ahead, service, ci }: WindowsOptions): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const all = windowsOf(snapshot.records.ofType('window'))
  const items = snapshot.records.ofType('ci')
  let shown: readonly Window[] = all
  if (service !== undefined) {
    known(snapshot, 'service', service)
    shown = shown.filter((window) => concernsService(window, service, items))
  }
  if (ci !== undefined) {
    const item = known(snapshot, 'ci', ci)
    shown = shown.filter((window) => coversItem(window, item))
  }
  sayUnread(world, snapshot, all.length)
  const span = { from: asOf, until: asOf + ahead }
  const schedule = { span, zone: snapshot.rulebook.config.timezone, times: windowTimes(shown, span) }
  const out = world.format === 'json' ? windowTimesJson(schedule) : windowTimesText(schedule, world.colour, world.width)
  return { code: exit.pass, out }
}

function known({ records }: Snapshot, type: 'service' | 'ci', id: string): RecordDoc {
  const record = records.find(type, id)
  if (record) return record
  const guess = nearest(
    id,
    records.ofType(type).map((other) => other.id),
  )
  throw new Fault(`There is no ${type} ${JSON.stringify(id)}`, {
    cure: guess ? `Did you mean ${guess}?` : `gitsm list ${type} shows what there is`,
  })
}

function sayUnread(world: World, { records, unreadable }: Snapshot, read: number): void {
  const broken = [...unreadable].filter((key) => key.startsWith('window/')).length
  const unread = records.ofType('window').length - read + broken
  if (unread > 0) world.say(`${unread} more cannot be read: gitsm validate tells why`)
}
