import { compare } from '../diagnostic.ts'
import type { Sha256 } from '../ledger/subject-digest.ts'

/**
 * What decides which records of a population are looked at: what the auditor named, else the last commit before the
 * period ended, and the period. The commit only makes the sample repeatable: whoever made it could try many until one
 * suited.
 */
export function sampleSeed(named: string, from: string, until: string): string {
  return `${named} ${from} ${until}`
}

/** A member of a population, and the digest that gives it its place in the order of the sample. */
export interface Drawn {
  readonly key: string
  readonly digest: string
}

/** The members of a population whose digests come first: that of the seed, a space and the name of the member. */
export function sampleOf(population: readonly string[], size: number, seed: string, sha256: Sha256): readonly Drawn[] {
  return population
    .map((key) => ({ key, digest: sha256(`${seed} ${key}`) }))
    .toSorted((a, b) => compare(a.digest, b.digest) || compare(a.key, b.key))
    .slice(0, size)
}
