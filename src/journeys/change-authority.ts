import { type FileCommit, fileHistory } from '../adapters/git/file-history.ts'
import { firstParents, hasCommit } from '../adapters/git/first-parent.ts'
import { digestOf } from '../adapters/git/ledger-branch.ts'
import { contentAt } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { listTree, readTree } from '../adapters/git/tree.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import {
  type Authority,
  type AuthorityEvidence,
  type AuthorityStep,
  asksComputed,
  authorityOf,
  lenientByComputed,
} from '../core/deployment/authority.ts'
import { indexRecords, type RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import { decisionSubject } from '../core/ledger/decision-file.ts'
import { isData, type RecordDoc, textsAt } from '../core/record.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import { decisionsByCommit, denialsIn, type KnownDecisions } from '../core/replay/known-decisions.ts'
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
  /** Whether an approval that may still follow counts as given until it is due. */
  readonly acceptPending: boolean
  readonly at: Instant
  /** Whether what is computed of the change is worked out at every step. */
  readonly inFull?: boolean
  /** The moment of the call: nothing can have been committed later. */
  readonly now: Instant
}

/**
 * Whether all that needed approval in the life of a change was approved, from the mainline and the ledger. What is
 * computed of it is worked out only where the answer may rest on that: it takes as long as reading all changes.
 */
export async function changeAuthority(search: AuthoritySearch, change: RecordDoc): Promise<Authority> {
  const evidence = await evidenceOn(search, `${change.type}/${change.id}`)
  const steps = await stepsIn(search, change)
  const authority = authorityOf(steps, evidence)
  if (authority.met || !steps.some(({ found }) => found && asksComputed(found.base))) return authority
  return authorityOf(await stepsIn({ ...search, inFull: true }, change), evidence)
}

async function evidenceOn(
  { git, tip, reader, ledger, trustMainline, acceptPending, at }: AuthoritySearch,
  key: string,
): Promise<AuthorityEvidence> {
  const decisions = await ledger.decisionsOn(decisionSubject(key))
  const teamsAt = new Map<string, RecordIndex>()
  for (const commit of new Set(decisions.map(({ policyCommit }) => policyCommit))) {
    if (!(await hasCommit(git, commit))) continue
    const files = await readTree(git, commit, ['gitsm.yaml', 'schemas', `${recordsFolder}/team`])
    teamsAt.set(commit, load(files, reader.registry(files), reader).records)
  }
  const commits = decisions.length === 0 ? [] : await firstParents(git, tip)
  const known: KnownDecisions = {
    ...{
      decisions,
      byCommit: decisionsByCommit(decisions),
      denials: denialsIn(decisions),
      asOf: at,
      strict: false,
      sha256: digestOf,
    },
    // Where the ledger was changed anywhere, or lacks what it saw, nothing passes at all.
    ...{ altered: new Map(), whole: true },
    positions: new Map(commits.map((commit, position) => [commit, position])),
    // Of no version: what is computed is not compared, only what was written and the rule.
    engine: '',
  }
  return { known, teamsAt, trustMainline, acceptPending, at }
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
  { git, reader, inFull }: AuthoritySearch,
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
  if (!(inFull ? asksComputed(records) : lenientByComputed(records)))
    return { rulebook, base: records, computed: new Map() }
  const all = await readTree(git, parent, ['gitsm.yaml', 'schemas', ...deploymentFolders])
  const whole = load(all, reader.registry(all), reader)
  const others = whole.records.all.filter(({ type, id }) => type !== after.type || id !== after.id)
  const change = before ? ({ kind: 'edited', before, after } as const) : ({ kind: 'added', after } as const)
  const assessed = assessmentsOf({ ...whole, records: indexRecords([...others, after]), changes: [change] })
  return { rulebook, base: records, computed: computedOf(assessed) }
}
