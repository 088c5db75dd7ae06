import { search } from '../adapters/search-index.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { nearest } from '../core/nearest.ts'
import { searchables } from '../core/searchable.ts'
import { searchJson, searchText } from '../render/search.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm search` is asked. */
export interface SearchOptions {
  readonly words: readonly string[]
  readonly limit: number
  readonly service?: string
  readonly all: boolean
}

/** Looks for words in articles, known errors and solved incidents of the working tree. */
export async function searchRecords(world: World, { words, limit, service, all }: SearchOptions): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const { records } = snapshot
  if (service !== undefined && !records.find('service', service)) {
    const names = records.ofType('service').map(({ id }) => id)
    const guess = nearest(service, names)
    throw new Fault(`There is no service ${JSON.stringify(service)}`, {
      cure: guess ? `Did you mean ${guess}?` : `Services here: ${names.join(', ')}`,
    })
  }
  const asOf = world.asOf ?? world.now
  const query = words.join(' ')
  const hits = search(searchables(records, { asOf, all, ...(service !== undefined && { service }) }), query, limit)
  return {
    code: exit.pass,
    out: world.format === 'json' ? searchJson(query, hits) : searchText(hits, world.colour, world.width),
  }
}
