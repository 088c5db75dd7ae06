import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { treeRules } from '../rules/index.ts'
import { settledFindings, withClosedRecords } from './closed-records.ts'
import type { FindClosingRules } from './closing-rules.ts'
import { formFindings } from './form-facts.ts'
import type { Judged } from './judged-before.ts'
import { load } from './load.ts'
import { plainReader, tellingReader } from './tree-reader.ts'
import type { World } from './world.ts'

/** Judges a tree as it stands, by its own rules, closed records by those of their time, and whatever the day. */
export async function judgeTree(
  tree: readonly TreeFile[],
  closing: FindClosingRules,
  { progress, reader: plain = plainReader }: Pick<World, 'progress' | 'reader'> = {},
): Promise<Judged> {
  const reader = tellingReader(plain, tree.length, progress)
  let restsOnHistory = false
  const find: FindClosingRules = (records) => {
    restsOnHistory = true
    return closing(records)
  }
  const snapshot = await withClosedRecords(load(tree, reader.registry(tree), reader), find, reader)
  const { rulebook, records, unreadable, series, files, count } = snapshot
  const facts = { rulebook, records, unreadable, series, forms: formFindings(records, rulebook) }
  const found = [...snapshot.diagnostics, ...judge(treeRules, { ...facts, changes: [] })]
  const diagnostics = await settledFindings(found, snapshot, find)
  return { diagnostics, files, count, facts, restsOnHistory }
}
