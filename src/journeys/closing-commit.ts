import { readBlobs } from '../adapters/git/objects.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { MainlineStep } from '../adapters/git/walk.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { settlingVersion } from '../core/closed-record.ts'
import { type Data, isData, type RecordDoc } from '../core/record.ts'

/** The commit that closed a record, by its place on a walk of the mainline. */
export interface Closing {
  readonly position: number
  /** Whether the walk knows no earlier version of it. */
  readonly isFirst: boolean
}

/**
 * The commits that closed records, by file; `edited` for a record that the newest commit has in the same state but
 * otherwise, and nothing for one that it has not, or has in another state. `keyOf` tells which paths are one record.
 */
export async function closingsIn(
  git: GitDir,
  steps: readonly MainlineStep[],
  records: readonly RecordDoc[],
  keyOf: (record: { readonly file: string }) => string,
): Promise<Map<string, Closing | 'edited'>> {
  const versions = new Map(records.map((record) => [keyOf(record), new Map<number, string | null>()]))
  for (const [position, { touches }] of steps.entries()) {
    for (const { path, blob } of touches) {
      const own = versions.get(keyOf({ file: path }))
      // A file that is moved leaves its old place in the same commit.
      if (own && (blob !== null || !own.has(position))) own.set(position, blob)
    }
  }
  const contents = new Map<string, Data | null>()
  const contentOf = (blob: string | null): Data | null => (blob === null ? null : (contents.get(blob) ?? null))
  const closings = new Map<string, Closing | 'edited'>()
  let open = records.map((record) => ({ record, versions: [...(versions.get(keyOf(record)) ?? [])] }))
  // Most closed records are told by their last two versions, so the others are read only where they are needed.
  for (let depth = 2; open.length > 0; depth *= 2) {
    await readInto(
      git,
      contents,
      open.flatMap(({ versions: own }) => own.slice(-depth).map(([, blob]) => blob)),
    )
    open = open.filter(({ record, versions: own }) => {
      const known = own.slice(-depth)
      const settled = settlingVersion(
        known.map(([, blob]) => contentOf(blob)),
        record.data,
      )
      if (settled === undefined) {
        const newest = contentOf(own.at(-1)?.[1] ?? null)
        if (newest && newest['state'] === record.data['state']) closings.set(record.file, 'edited')
        return false
      }
      if (settled === 0 && known.length < own.length) return true
      const position = known[settled]?.[0] ?? 0
      closings.set(record.file, { position, isFirst: settled === 0 && position > 0 })
      return false
    })
  }
  return closings
}

async function readInto(
  git: GitDir,
  contents: Map<string, Data | null>,
  blobs: readonly (string | null)[],
): Promise<void> {
  const wanted = new Set(blobs.filter((blob) => blob !== null && !contents.has(blob)))
  if (wanted.size === 0) return
  for await (const { id, bytes } of readBlobs(
    git,
    [...wanted].flatMap((blob) => blob ?? []),
  )) {
    const { data } = readYaml(id, bytes)
    contents.set(id, isData(data) ? data : null)
  }
}
