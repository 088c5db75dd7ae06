import { type LedgerRef, ledgerRefs } from '../adapters/git/ledger-branch.ts'
import { readBlobs } from '../adapters/git/objects.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { type MainlineStep, type Touch, walkMainline } from '../adapters/git/walk.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { type CommitRevisions, compileHistory, type FileRevision } from '../core/compile-history.ts'
import type { MainlineCommit, RecordHistory } from '../core/history.ts'
import { isData } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'
import { readLedger } from './ledger-reading.ts'
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

const configuration = 'gitsm.yaml'

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

async function readHistory(git: GitDir, tip: string, ledgers: readonly LedgerRef[]): Promise<History> {
  const steps = await walkMainline(await pathRoot(git), tip, ['records', configuration])
  const contents = await readContents(git, steps)
  const versions = steps.flatMap(({ touches }, position) => {
    const content = touches.filter(({ path }) => path === configuration).map((touch) => contentOf(touch, contents))
    return content.flatMap((each) => (each && 'data' in each ? [{ position, data: each.data }] : []))
  })
  const { times, evidence } = weighTimes({ commits: steps, configurations: versions }, await readLedger(git, ledgers))
  const revisions = steps.map(({ commit, claimed, by, touches }, position): CommitRevisions => {
    const { at, provenance } = times[position] ?? { at: claimed, provenance: 'claimed' }
    return {
      commit: { commit, position, at, provenance, by },
      files: touches.map((touch) => ({ path: touch.path, content: contentOf(touch, contents) })),
    }
  })
  return {
    evidence,
    commits: revisions.map(({ commit }) => commit),
    records: compileHistory(revisions),
    configurations: revisions.flatMap(({ commit, files }) =>
      files.filter(({ path }) => path === configuration).map(({ content }) => ({ commit, content })),
    ),
  }
}

function contentOf({ blob, unreadable }: Touch, contents: ReadonlyMap<string, FileContent>): FileContent {
  if (unreadable) return { reason: 'it was a symbolic link or a submodule' }
  return blob === null ? null : (contents.get(blob) ?? null)
}

/** Every distinct blob is read once, however many commits or files share it. */
async function readContents(git: GitDir, steps: readonly MainlineStep[]): Promise<ReadonlyMap<string, FileContent>> {
  const paths = new Map<string, string>()
  for (const { touches } of steps) {
    for (const { path, blob } of touches) {
      if (blob !== null && (path === configuration || recordPath(path))) paths.set(blob, path)
    }
  }
  const contents = new Map<string, FileContent>()
  for await (const { id, bytes } of readBlobs(git, paths.keys())) {
    contents.set(id, readContent(paths.get(id) ?? '', bytes))
  }
  return contents
}

function readContent(path: string, bytes: Uint8Array): FileContent {
  const { data, diagnostics } = readYaml(path, bytes)
  if (isData(data)) return { data }
  const [first] = diagnostics
  if (!first) return { reason: 'it was no mapping of fields' }
  return { reason: `${first.message}${first.span ? ` (line ${first.span.line})` : ''}` }
}
