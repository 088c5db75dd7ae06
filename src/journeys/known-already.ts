import { search } from '../adapters/search-index.ts'
import { type Data, textAt } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import { searchables } from '../core/searchable.ts'
import { oneLine } from '../render/terminal.ts'
import type { Snapshot } from './load.ts'
import type { World } from './world.ts'

/** How many articles and known errors are offered, and how much of a title they must have in common with it. */
const most = 3
const enough = 0.5

/**
 * Tells whoever opens an incident which known errors and articles fit its title, so that what is known is not looked
 * for again. Says nothing for other types, and where nothing fits.
 */
export function tellWhatIsKnown(world: World, { records }: Snapshot, { name }: RecordType, data: Data): void {
  const title = textAt(data, 'title')
  if (name !== 'incident' || title === undefined) return
  const among = searchables(records, { asOf: world.asOf ?? world.now }).filter(({ kind }) => kind !== 'incident')
  const fitting = search(among, title, most).filter(({ share }) => share >= enough)
  if (fitting.length === 0) return
  world.say('Known already? gitsm show <ID> tells more')
  for (const { found } of fitting) world.say(`  ${found.record.id}  ${found.kind}: ${oneLine(found.title)}`)
}
