import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { readYaml } from '../adapters/yaml/read.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { parseInstant } from '../core/instant.ts'
import { isData, textAt } from '../core/record.ts'
import { fileOf } from '../core/record-id.ts'
import { json } from '../render/json.ts'
import { conclude } from './conclude.ts'
import { landOnMainline, onlyOnBranch } from './land.ts'
import { inRepository, worldIn } from './other-repository.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm change land` is asked: the file of a change that was carried out and could not be recorded. */
export interface ChangeLandOptions {
  readonly file: string
  readonly repo?: string
  readonly remote: string
  readonly branch?: string
}

/** Lands the record of a change that was kept in a file. One that the mainline has already is left as it is. */
export async function changeLand(world: World, options: ChangeLandOptions): Promise<Outcome> {
  const kept = resolve(world.dir, options.file)
  const text = contentOf(kept)
  const { data } = readYaml(basename(kept), Buffer.from(text))
  const [id, opened] = isData(data) ? [textAt(data, 'id'), parseInstant(textAt(data, 'opened_at') ?? '')] : []
  if (id === undefined || opened === undefined || !/^[A-Z]{2,5}-[0-9A-Z-]+$/.test(id)) {
    throw new Fault(`${options.file} is no record of a change`, { cure: 'Name the file that gitsm change run kept' })
  }
  return inRepository(world, options.repo, async (git) => {
    const { remote, branch } = options
    const landing = { remote, ...(branch !== undefined && { branch }), lane: 'either' } as const
    const landed = await landOnMainline(worldIn(world, git, options.repo), {
      ...landing,
      make: async ({ snapshot: { records, rulebook } }) => {
        const file = fileOf('change', id, opened, true, rulebook.config.shard)
        const isThere = records.find('change', id) !== undefined
        return {
          files: isThere ? [] : [{ path: file, text }],
          message: `Record ${id}, which was carried out before`,
          made: file,
        }
      },
    })
    if (landed.kind === 'proposed' && !landed.pull) throw onlyOnBranch(landed)
    if (landed.kind === 'refused') return conclude(world, landed.found)
    const told = { id, file: landed.made, recorded: landed.kind === 'nothing' ? 'before' : landed.kind }
    const out = world.format === 'json' ? json(told) : `${id}  ${told.recorded}\n${told.file}\n`
    return { code: exit.pass, out }
  })
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Fault(`${file} cannot be read`, { cure: 'Name the file that gitsm change run kept', cause })
  }
}
