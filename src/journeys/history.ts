import { ledgerRefs } from '../adapters/git/ledger-branch.ts'
import { type BranchTip, pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { type CommitRevisions, compileHistory, type FileRevision } from '../core/compile-history.ts'
import type { MainlineCommit, RecordHistory } from '../core/history.ts'
import { readLedger } from './ledger-reading.ts'
import { configurationFile, type MainlineContents, mainlineContents } from './mainline-contents.ts'
import { type Evidence, weighTimes } from './time-evidence.ts'

/** What the mainline up to a commit tells: its commits, and what they made of every record. */
export interface History {
  readonly commits: readonly MainlineCommit[]
  /** Keyed `<type>/<id>`. */
  readonly records: ReadonlyMap<string, RecordHistory>
  /** The versions of `gitsm.yaml`, oldest first. */
  readonly configurations: readonly { readonly commit: MainlineCommit; readonly content: FileContent }[]
  /** What the times of the commits rest on. */
  readonly evidence: Evidence
}

type FileContent = FileRevision['content']

/** The history that was read last: what commit ids name never changes, and one run may ask for it several times. */
let last: { readonly key: string; readonly history: Promise<History> } | undefined

/** Reads the history of all records up to a commit: one walk of the mainline and one stream of blobs. */
export async function gatherHistory(git: GitDir, tip: string): Promise<History> {
  const refs = await ledgerRefs(git)
  const key = [tip, ...refs.map((each) => each.tip)].join(' ')
  if (last?.key !== key) last = { key, history: readHistory(git, tip, refs) }
  try {
    return await last.history
  } catch (error) {
    last = undefined
    throw error
  }
}

async function readHistory(git: GitDir, tip: string, ledgers: readonly BranchTip[]): Promise<History> {
  const told: MainlineContents[] = []
  for await (const some of mainlineContents(await pathRoot(git), { tip })) for (const each of some) told.push(each)
  const versions = told.flatMap(({ files }, position) =>
    files.flatMap(({ path, content }) =>
      path === configurationFile && content && 'data' in content ? [{ position, data: content.data }] : [],
    ),
  )
  const steps = told.map(({ step }) => step)
  const mainline = { commits: steps, configurations: versions }
  const { times, evidence } = await weighTimes(git, mainline, await readLedger(git, ledgers))
  const revisions = told.map(({ step: { commit, claimed, by }, files }, position): CommitRevisions => {
    const { at, provenance } = times[position] ?? { at: claimed, provenance: 'claimed' }
    return { commit: { commit, position, at, provenance, by }, files }
  })
  return {
    evidence,
    commits: revisions.map(({ commit }) => commit),
    records: compileHistory(revisions),
    configurations: revisions.flatMap(({ commit, files }) =>
      files.filter(({ path }) => path === configurationFile).map(({ content }) => ({ commit, content })),
    ),
  }
}
