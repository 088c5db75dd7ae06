import { exit } from '../core/exit.ts'
import { findByName } from '../core/find-record.ts'
import { impactAccount } from '../core/impact-account.ts'
import { impactJson, impactMarkdown, impactText } from '../render/impact.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** Tells what the failure of an item, or of the items that a change touches, reaches in the working tree. */
export async function impact(world: World, name: string, depth?: number): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const record = findByName(name, snapshot.records.all)
  const account = impactAccount(snapshot, record, depth)
  const unread = [...snapshot.unreadable].filter((key) => /^(ci|service)\//.test(key)).length
  if (unread > 0) world.say(`${unread} services or items cannot be read and are left out: gitsm validate tells why`)
  switch (world.format) {
    case 'json':
      return { code: exit.pass, out: impactJson(account, snapshot.records) }
    case 'markdown':
      return { code: exit.pass, out: impactMarkdown(account, snapshot.records) }
    default:
      return { code: exit.pass, out: impactText(account, snapshot.records, world.colour) }
  }
}
