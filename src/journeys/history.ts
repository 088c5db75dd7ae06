import { readBlobs } from '../adapters/git/objects.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { type MainlineStep, type Touch, walkMainline } from '../adapters/git/walk.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { type CommitRevisions, compileHistory, type FileRevision } from '../core/compile-history.ts'
import type { MainlineCommit, RecordHistory } from '../core/history.ts'
import { effectiveTimes } from '../core/mainline.ts'
import { isData } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'

/** What the mainline up to a commit tells: its commits, and what they made of every record. */
export interface History {
  readonly commits: readonly MainlineCommit[]
  /** Keyed `<type>/<id>`. */
  readonly records: ReadonlyMap<string, RecordHistory>
  /** The versions of `gitsm.yaml`, oldest first. */
  readonly configurations: readonly { readonly commit: MainlineCommit; readonly content: FileContent }[]
}

type FileContent = FileRevision['content']

const configuration = 'gitsm.yaml'

/** The history that was read last: what a commit id names never changes, and one run may ask for it several times. */
let last: { readonly tip: string; readonly history: Promise<History> } | undefined

/** Reads the history of all records up to a commit: one walk of the mainline and one stream of blobs. */
export async function gatherHistory(git: GitDir, tip: string): Promise<History> {
  if (last?.tip !== tip) last = { tip, history: readHistory(git, tip) }
  try {
    return await last.history
  } catch (error) {
    last = undefined
    throw error
  }
}

async function readHistory(git: GitDir, tip: string): Promise<History> {
  const steps = await walkMainline(await pathRoot(git), tip, ['records', configuration])
  const contents = await readContents(git, steps)
  const times = effectiveTimes(steps.map(({ claimed }) => claimed))
  const revisions = steps.map(({ commit, claimed, by, touches }, position): CommitRevisions => {
    const at = times[position] ?? claimed
    return {
      commit: { commit, position, at, provenance: 'claimed', by },
      files: touches.map((touch) => ({ path: touch.path, content: contentOf(touch, contents) })),
    }
  })
  return {
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
