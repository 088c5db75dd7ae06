import { changesBetween } from '../core/changes.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { indexRecords } from '../core/facts.ts'
import type { RecordDoc } from '../core/record.ts'
import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { changeRules, treeRules } from '../rules/index.ts'
import { conclude } from './conclude.ts'
import { formFindings } from './form-facts.ts'
import { load } from './load.ts'
import { gatherProofs } from './proofs.ts'
import { treeFileOf } from './tree-file.ts'
import type { OpenRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** A record file as it would be written, and the record that it replaces. */
export interface Written {
  readonly file: string
  readonly text: string
  readonly before?: RecordDoc
}

/**
 * Judges a record before it is written, as `validate` and `check` would afterwards. `undefined` when nothing stands
 * against it, else the findings as the outcome of the command; the file stays as it is.
 */
export async function judgeWritten(
  world: World,
  repository: OpenRepository,
  written: Written,
): Promise<Outcome | undefined> {
  const found = await judgeTogether(world, repository, [written])
  if (found.length === 0) return undefined
  world.say('Nothing was written; fields are given with --set path=value')
  return conclude(world, { diagnostics: found, files: filesWith(repository, [written]), records: 1 })
}

/** The files as they would stand, so that what a finding points at is found in those that stay as they are, too. */
export function filesWith({ snapshot }: OpenRepository, written: readonly Written[]): ReadonlyMap<string, TreeFile> {
  return new Map([...snapshot.files, ...written.map((each) => [each.file, treeFileOf(each)] as const)])
}

/** What stands against records that would be written together: the errors that are found in their files. */
export async function judgeTogether(
  world: World,
  { git, snapshot, registry }: OpenRepository,
  written: readonly Written[],
): Promise<readonly Diagnostic[]> {
  const files = new Set(written.map(({ file }) => file))
  const data = [...snapshot.files.values()].filter(({ path }) => path.endsWith('.csv'))
  const alone = load([...written.map(treeFileOf), ...data], registry)
  const others = snapshot.records.all.filter((record) => !files.has(record.file))
  const records = indexRecords([...others, ...alone.records.all])
  const changes = changesBetween(
    { records: indexRecords(written.flatMap(({ before }) => before ?? [])), unreadable: new Set() },
    { records: alone.records, unreadable: alone.unreadable },
  )
  const { rulebook, unreadable } = snapshot
  const series = new Map([...snapshot.series, ...alone.series])
  const asOf = world.asOf ?? world.now
  const proofs = await gatherProofs(
    {
      git,
      asOf,
      result: { rulebook, records, series },
      judging: snapshot.records,
    },
    changes,
  )
  const forms = formFindings(records, rulebook)
  const facts = { rulebook, records, unreadable, series, changes, proofs, forms, asOf }
  return [...alone.diagnostics, ...judge([...treeRules, ...changeRules], facts)].filter(
    ({ place, severity }) => files.has(place.file) && severity === 'error',
  )
}
