import { streamBlobs } from '../adapters/git/objects.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { type MainlineRange, type MainlineStep, streamMainline, type Touch } from '../adapters/git/walk.ts'
import { FileVersions } from '../adapters/yaml/file-versions.ts'
import { recordPath } from '../core/record-path.ts'
import type { FileRevision } from '../core/touched-records.ts'

/** One commit of the mainline with what it made of records and of the configuration. */
export interface MainlineContents {
  readonly step: MainlineStep
  readonly files: readonly FileRevision[]
}

/** The file that holds the configuration of a service repository. */
export const configurationFile = 'gitsm.yaml'

/** How many blobs may have been asked for that are not yet read. Their answers are far more than git keeps to itself. */
const ahead = 20_000

/** A commit that was walked, and which of the paths it touched are read. */
interface Walked {
  readonly step: MainlineStep
  readonly isRead: readonly boolean[]
  /** How many of them. */
  readonly reads: number
}

/**
 * What the commits of a stretch of the mainline did to records and to the configuration, oldest first, some commits at
 * a time: git walks on and reads the next contents while these are looked at.
 */
export async function* mainlineContents(
  git: GitDir,
  range: MainlineRange,
): AsyncGenerator<readonly MainlineContents[]> {
  const versions = new FileVersions()
  const walked: Walked[] = []
  let awaited = 0
  let goOn: (() => void) | undefined
  async function* wanted(): AsyncGenerator<readonly string[]> {
    for await (const steps of streamMainline(git, range, ['records', configurationFile])) {
      const blobs: string[] = []
      for (const step of steps) {
        const isRead = step.touches.map(isWanted)
        const before = blobs.length
        for (const [index, { blob }] of step.touches.entries()) if (isRead[index] && blob !== null) blobs.push(blob)
        walked.push({ step, isRead, reads: blobs.length - before })
      }
      awaited += blobs.length
      yield blobs
      if (awaited > ahead) await new Promise<void>((resolve) => (goOn = resolve))
    }
  }

  const contents: Buffer[] = []
  try {
    for await (const blobs of streamBlobs(git, wanted())) {
      for (const bytes of blobs) contents.push(bytes)
      const told: MainlineContents[] = []
      let used = 0
      for (const { step, isRead, reads } of walked) {
        if (used + reads > contents.length) break
        told.push({ step, files: filesOf(versions, step, isRead, contents.slice(used, used + reads)) })
        used += reads
      }
      walked.splice(0, told.length)
      contents.splice(0, used)
      awaited -= blobs.length
      if (awaited < ahead / 2) goOn?.()
      yield told
    }
  } finally {
    // Whoever stops looking must not leave git waiting.
    goOn?.()
  }
  yield walked.splice(0).map(({ step, isRead }) => ({ step, files: filesOf(versions, step, isRead, []) }))
}

function isWanted({ path, blob }: Touch): boolean {
  return blob !== null && (path === configurationFile || recordPath(path) !== undefined)
}

function filesOf(
  versions: FileVersions,
  { touches }: MainlineStep,
  isRead: readonly boolean[],
  contents: readonly Buffer[],
): readonly FileRevision[] {
  let used = 0
  return touches.map((touch, index) => {
    const bytes = isRead[index] ? contents[used++] : undefined
    return { path: touch.path, content: contentOf(versions, touch, bytes) }
  })
}

function contentOf(
  versions: FileVersions,
  { path, unreadable }: Touch,
  bytes: Buffer | undefined,
): FileRevision['content'] {
  if (bytes) return versions.read(path, bytes)
  versions.forget(path)
  return unreadable ? { reason: 'it was a symbolic link or a submodule' } : null
}
