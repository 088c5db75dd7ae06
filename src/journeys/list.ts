import { exit } from '../core/exit.ts'
import { findType } from '../core/find-type.ts'
import { conditionOf, meets } from '../core/where.ts'
import { recordsJson, recordsText } from '../render/records.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** Lists the records of one type in the working tree, in the order of their files. */
export async function list(world: World, name: string, where: readonly string[]): Promise<Outcome> {
  const { snapshot, registry } = await openRepository(world)
  const type = findType(name, snapshot.rulebook.types)
  const conditions = where.map((text) => conditionOf(text, type, (field) => registry.fieldSchema(name, field)))
  const records = snapshot.records.ofType(name).filter(({ data }) => conditions.every((each) => meets(data, each)))
  const unread = [...snapshot.unreadable].filter((key) => key.startsWith(`${name}/`)).length
  if (unread > 0) world.say(`${unread} more cannot be read: gitsm validate tells why`)
  return {
    code: exit.pass,
    out: world.format === 'json' ? recordsJson(records) : recordsText(records, world.colour, world.width),
  }
}
