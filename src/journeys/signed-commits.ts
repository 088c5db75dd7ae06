import { createHash } from 'node:crypto'
import type { GitDir } from '../adapters/git/run.ts'
import { checkSignatures } from '../adapters/git/signatures.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Signer } from '../core/evidence.ts'
import type { ClaimedCommit } from '../core/provenance.ts'
import { sharedCache } from './repository-cache.ts'

/** Which commits bear a signature that makes their date believed, and why some signatures could not be checked. */
export interface SignedCommits {
  readonly isSigned: (commit: string) => boolean
  readonly notes: readonly string[]
}

/** A signer with the content of its key file. */
interface KnownSigner extends Signer {
  readonly content: Uint8Array
}

/**
 * Finds the commits that the signers of a tip vouch for: signed with a key that stands in the tree of that tip, and
 * dated within the dates for which the key is believed. What was found is kept beside the repository, since checking
 * takes some milliseconds a commit.
 */
export async function signedCommits(
  git: GitDir,
  tip: string,
  signers: readonly Signer[],
  commits: readonly ClaimedCommit[],
): Promise<SignedCommits> {
  if (signers.length === 0 || commits.length === 0) return { isSigned: () => false, notes: [] }
  const files = new Map(
    (
      await readTree(
        git,
        tip,
        signers.map(({ key }) => key),
      )
    ).map((file) => [file.path, file.bytes]),
  )
  const known = signers.flatMap((signer): readonly KnownSigner[] => {
    const content = files.get(signer.key)
    return content ? [{ ...signer, content }] : []
  })
  const absent = signers.filter(({ key }) => !files.get(key)).map((signer) => noteOf(signer, 'there is no such file'))
  const { signedBy, notes } = await checked(
    git,
    known,
    commits.map(({ commit }) => commit),
  )
  const dates = new Map(commits.map(({ commit, claimed }) => [commit, claimed]))
  return {
    isSigned: (commit) => {
      const at = dates.get(commit)
      const vouching = (signedBy.get(commit) ?? []).flatMap((place) => known[place] ?? [])
      return (
        at !== undefined && vouching.some(({ from = 0, until = Number.POSITIVE_INFINITY }) => from <= at && at < until)
      )
    },
    notes: [...absent, ...notes],
  }
}

function noteOf({ title, key }: Signer, why: string): string {
  return `No signature of ${title} can be checked with ${key}: ${why}`
}

const cacheName = 'signatures'

/** Checks signatures, but for those that were checked against the same keys before. */
async function checked(
  git: GitDir,
  signers: readonly KnownSigner[],
  commits: readonly string[],
): Promise<{ readonly signedBy: ReadonlyMap<string, readonly number[]>; readonly notes: readonly string[] }> {
  const store = await sharedCache(git)
  const hash = createHash('sha256')
  for (const { format, content } of signers) hash.update(`${format} ${content.length}\n`).update(content)
  const key = hash.digest('hex')
  const before = cachedSignatures(store.get(cacheName, key))
  const missing = commits.filter((commit) => !before.has(commit))
  if (missing.length === 0) return { signedBy: before, notes: [] }
  const { signedBy, unusable } = await checkSignatures(git, missing, signers)
  const all = new Map(before)
  for (const commit of missing) all.set(commit, signedBy.get(commit) ?? [])
  // What could not be checked may be checked elsewhere, or later.
  if (unusable.size === 0) store.put(cacheName, key, Buffer.from(JSON.stringify([...all])))
  const notes = [...unusable].flatMap(([place, why]) => {
    const signer = signers[place]
    return signer ? [noteOf(signer, why)] : []
  })
  return { signedBy: all, notes }
}

function cachedSignatures(content: Uint8Array | undefined): ReadonlyMap<string, readonly number[]> {
  if (!content) return new Map()
  try {
    const pairs: unknown = JSON.parse(Buffer.from(content).toString('utf8'))
    if (!Array.isArray(pairs)) return new Map()
    return new Map(
      pairs.flatMap((pair: unknown) => {
        if (!Array.isArray(pair)) return []
        const [commit, places]: readonly unknown[] = pair
        const isSound = typeof commit === 'string' && Array.isArray(places)
        return isSound ? [[commit, places.filter((place) => typeof place === 'number')] as const] : []
      }),
    )
  } catch {
    return new Map()
  }
}
