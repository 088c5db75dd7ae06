import { blobSizes } from '../adapters/git/blob-sizes.ts'
import { readBlobs } from '../adapters/git/objects.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { MainlineStep, Touch } from '../adapters/git/walk.ts'
import { recordsFolder } from '../core/record-path.ts'
import { readLimit, type TreeFile } from '../core/tree.ts'

/** What a commit left at a path: a file that may be read, something that nobody reads, or nothing (`null`). */
export interface TouchedPath {
  readonly path: string
  /** The id of the content; `null` where the path is gone or is no ordinary file. */
  readonly blob: string | null
  /** Only of files that judge or are judged: records, schemas and configuration. */
  readonly file?: TreeFile | null
}

/** Whether a file takes part in judging: a record, what lies beside one, a schema or the configuration. */
export function isJudged(path: string): boolean {
  return path === 'gitsm.yaml' || path.startsWith('schemas/') || isInRecords(path)
}

/** Whether a file lies among the records. */
export function isInRecords(path: string): boolean {
  return path.startsWith(`${recordsFolder}/`)
}

/** What each commit of a walk touched, oldest first, with the contents of the files that take part in judging. */
export async function* touchedPaths(
  git: GitDir,
  steps: readonly MainlineStep[],
): AsyncGenerator<readonly TouchedPath[]> {
  const judged = steps.flatMap(({ touches }) => touches.filter(isRead))
  const sizes = await blobSizes(
    git,
    judged.flatMap(({ blob }) => blob ?? []),
  )
  const fits = ({ path, blob }: Touch): boolean => (sizes.get(blob ?? '') ?? 0) <= readLimit(path)
  const contents = readBlobs(
    git,
    judged.filter(fits).flatMap(({ blob }) => blob ?? []),
  )
  for (const { commit, touches } of steps) {
    const paths: TouchedPath[] = []
    for (const touch of touches) {
      const { path, blob, unreadable } = touch
      if (isRead(touch)) {
        const value = fits(touch) ? (await contents.next()).value : undefined
        const bytes = value ? Uint8Array.from(value.bytes) : null
        const file: TreeFile = { path, mode: 'file', size: sizes.get(blob ?? '') ?? 0, bytes, blob: blob ?? '' }
        paths.push({ path, blob, file })
      } else if (unreadable && isJudged(path)) {
        const [file] = await readTree(git, commit, [path])
        paths.push({ path, blob: null, file: file ?? null })
      } else {
        paths.push({ path, blob, ...(isJudged(path) && { file: null }) })
      }
    }
    yield paths
  }
}

function isRead({ path, blob }: Touch): boolean {
  return blob !== null && isJudged(path)
}
