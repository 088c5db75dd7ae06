import { resolve } from 'node:path'
import { jsonLines } from '../adapters/ndjson-file.ts'
import { writeTogether } from '../adapters/write-together.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { driftOf } from '../core/cmdb/drift.ts'
import { type Observation, observationOf } from '../core/cmdb/observation.ts'
import { unauthorisedChange } from '../core/cmdb/unauthorised-change.ts'
import { inSchemaOrder, withBirthLogged } from '../core/draft.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant } from '../core/instant.ts'
import { fileOf, processId } from '../core/record-id.ts'
import { driftJson, driftText, type Proposal } from '../render/cmdb-drift.ts'
import { conclude } from './conclude.ts'
import { judgeTogether } from './judge-written.ts'
import { personActing } from './person.ts'
import { treeFileOf } from './tree-file.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm cmdb drift` is asked: the file of observations, and whether to write the changes that it proposes. */
export interface DriftOptions {
  readonly file: string
  readonly write: boolean
}

/**
 * Compares observations with the records of the working tree and proposes an unauthorised change for each item that
 * differs, unless a change explains it already. Nothing is written unless asked for.
 */
export async function drift(world: World, { file, write }: DriftOptions): Promise<Outcome> {
  const repository = await openRepository(world)
  const { snapshot, root, git } = repository
  const refused: { line: number; reason: string }[] = []
  const observations = jsonLines(resolve(world.dir, file)).flatMap(
    ({ line, value, problem }): readonly Observation[] => {
      const read = problem ?? observationOf(value, world.asOf ?? world.now)
      if (typeof read !== 'string') return [read]
      refused.push({ line, reason: read })
      return []
    },
  )
  const report = driftOf(snapshot, observations)
  const type = snapshot.rulebook.types.get('change')
  const me = await personActing(git, snapshot.records)
  const open = report.drifts.filter(({ change }) => change === undefined)
  const proposals = open.flatMap((each): readonly Proposal[] => {
    const id = processId('CHG', world.now, world.random(4))
    const data = unauthorisedChange(each, { id, me, now: world.now })
    if (!type || !data) return []
    const path = fileOf('change', id, world.now, true, snapshot.rulebook.config.shard)
    const schema = `${'../'.repeat(path.split('/').length - 1)}schemas/change/schema.json`
    const text = `# yaml-language-server: $schema=${schema}\n${formatYaml(inSchemaOrder(type, withBirthLogged(type, data, { now: formatInstant(world.now), me })))}`
    return [{ id, ci: each.record.id, file: path, text }]
  })
  if (write) {
    if (!type)
      throw new Fault('There is no record type change here', {
        cure: 'Copy schemas/change from a repository that has it',
      })
    const written = proposals.map(({ file: path, text }) => ({ file: path, text }))
    const found = await judgeTogether(world, repository, written)
    if (found.length > 0) {
      world.say('Nothing was written')
      const files = new Map(written.map((each) => [each.file, treeFileOf(each)]))
      return conclude(world, { diagnostics: found, files, records: written.length })
    }
    writeTogether(
      root,
      written.map(({ file: path, text }) => ({ path, text })),
    )
  }
  const told = { ...report, refused, proposals, written: write }
  return {
    code: refused.length > 0 ? exit.findings : exit.pass,
    out: world.format === 'json' ? driftJson(told) : driftText(told, world.colour),
  }
}
