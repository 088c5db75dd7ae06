import { compare } from '../diagnostic.ts'
import type { Sha256 } from '../ledger/subject-digest.ts'

/**
 * What decides which records of a population are looked at. It is made of what nobody chooses for the sake of a sample,
 * the last commit before the period ended and the period, so that neither who is audited nor who audits can pick them.
 */
export function sampleSeed(commit: string, from: string, until: string): string {
  return `${commit} ${from} ${until}`
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
