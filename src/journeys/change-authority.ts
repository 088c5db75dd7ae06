import { type FileCommit, fileHistory } from '../adapters/git/file-history.ts'
import { contentAt } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { listTree, readTree } from '../adapters/git/tree.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import { type Authority, type AuthorityStep, authorityOf, restsOnComputed } from '../core/deployment/authority.ts'
import { indexRecords } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import { isData, type RecordDoc, textsAt } from '../core/record.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import type { DecisionLedger } from './decision-ledger.ts'
import { deploymentFolders } from './deployment-records.ts'
import { load } from './load.ts'
import type { TreeReader } from './tree-reader.ts'

/** What the authority of a change is looked for with. */
export interface AuthoritySearch {
  readonly git: GitDir
  /** The mainline's end. */
  readonly tip: string
  readonly reader: TreeReader
  readonly ledger: DecisionLedger
  readonly trustMainline: boolean
  readonly at: Instant
  /** The moment of the call: nothing can have been committed later. */
  readonly now: Instant
}

/** Whether all that needed approval in the life of a change was approved, from the mainline and the ledger. */
export async function changeAuthority(search: AuthoritySearch, change: RecordDoc): Promise<Authority> {
  const { ledger, trustMainline, at } = search
  const steps = await stepsIn(search, change)
  const decisions = await ledger.decisionsOn(`${change.type}/${change.id}`)
  return authorityOf(steps, { decisions, trustMainline, at })
}

/** Every commit that touched a record, oldest first, also where its file was moved. */
async function stepsIn(search: AuthoritySearch, change: RecordDoc): Promise<readonly AuthorityStep[]> {
  const { git, tip } = search
  const commits = await fileHistory(git, tip, change.file)
  const parent = commits[0]?.parent
  const moved = parent === undefined ? undefined : await earlierFile(git, parent, change.file)
  const steps = await Promise.all(
    commits.map((commit, index) => stepOf(search, change, commit, (index === 0 && moved) || change.file)),
  )
  if (parent === undefined || moved === undefined) return steps.flat()
  return [...(await stepsIn({ ...search, tip: parent }, { ...change, file: moved })), ...steps.flat()]
}

/** Where a record lay that a commit brought to another place; `undefined` where it was not there before. */
async function earlierFile(git: GitDir, commit: string, file: string): Promise<string | undefined> {
  const wanted = recordPath(file)
  const all = await listTree(git, commit, [`${recordsFolder}/${wanted?.type}`])
  return all.find(({ path }) => path !== file && recordPath(path)?.basename === wanted?.basename)?.path
}

async function stepOf(
  search: AuthoritySearch,
  change: RecordDoc,
  { commit, parent, claimed }: FileCommit,
  fileBefore: string,
): Promise<readonly AuthorityStep[]> {
  const { git, ledger, now } = search
  const after = await documentAt(git, commit, change)
  // What was removed and came again is judged as born then.
  if (!after) return []
  const before = parent === undefined ? undefined : await documentAt(git, parent, { ...change, file: fileBefore })
  const seen = await ledger.sightOf(commit)
  const at = Math.min(claimed > now ? 0 : claimed, seen ?? claimed)
  const watched = await ledger.watched(commit)
  const found = parent === undefined ? undefined : await rulesAt(search, parent, after, before)
  return [{ commit, at, watched, after, ...(before && { before }), ...(found && { found }) }]
}

async function documentAt(git: GitDir, commit: string, change: RecordDoc): Promise<RecordDoc | undefined> {
  const bytes = await contentAt(git, commit, change.file)
  const data = bytes && readYaml(change.file, bytes).data
  return isData(data) ? { ...change, data } : undefined
}

/** The rules that a commit found, with as many records as policies may ask for. */
async function rulesAt(
  { git, reader }: AuthoritySearch,
  parent: string,
  after: RecordDoc,
  before: RecordDoc | undefined,
): Promise<AuthorityStep['found']> {
  const named = new Set([after, ...(before ? [before] : [])].flatMap(({ data }) => textsAt(data, 'cis')))
  const items = (await listTree(git, parent, [`${recordsFolder}/ci`])).filter(({ path }) =>
    named.has(recordPath(path)?.basename ?? ''),
  )
  const folders = ['policy', 'service', 'team'].map((type) => `${recordsFolder}/${type}`)
  const files = await readTree(git, parent, ['gitsm.yaml', 'schemas', ...folders, ...items.map(({ path }) => path)])
  const { rulebook, records } = load(files, reader.registry(files), reader)
  if (!restsOnComputed(records)) return { rulebook, base: records, computed: new Map() }
  const all = await readTree(git, parent, ['gitsm.yaml', 'schemas', ...deploymentFolders])
  const whole = load(all, reader.registry(all), reader)
  const others = whole.records.all.filter(({ type, id }) => type !== after.type || id !== after.id)
  const change = before ? ({ kind: 'edited', before, after } as const) : ({ kind: 'added', after } as const)
  const assessed = assessmentsOf({ ...whole, records: indexRecords([...others, after]), changes: [change] })
  return { rulebook, base: records, computed: computedOf(assessed) }
}
