import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import type { EntryFile } from './chain.ts'
import { type JudgedFinding, type Judgement, judgementPath, parseJudgement } from './judgement.ts'

/** A judgement that holds, with the digest by which the next one names it. */
export interface ChainedJudgement extends Judgement {
  readonly path: string
  readonly digest: string
}

/** The judgements of a ledger that hold, oldest first, and the first place at which their chain breaks. */
export interface JudgementChain {
  readonly judgements: readonly ChainedJudgement[]
  readonly broken?: { readonly path: string; readonly message: string }
}

/** A finding with what became of it. */
export interface KeptFinding extends JudgedFinding {
  /** When a judgement told of it first, in whatever words. */
  readonly foundAt: Instant
  /** When a judgement first found it no longer; `null` while it stands. */
  readonly settledAt: Instant | null
}

/** What makes findings the same, whatever the words and however often. */
export function findingKey({ rule, commit, subject }: Pick<JudgedFinding, 'rule' | 'commit' | 'subject'>): string {
  return `${rule} ${commit} ${subject}`
}

/** Follows the judgements from the first one as far as they go on from each other and add up. */
export function followJudgements(files: readonly EntryFile[]): JudgementChain {
  const judgements: ChainedJudgement[] = []
  const ledger = keptFindings([])
  for (const { path, text, digest } of files.toSorted((a, b) => compare(a.path, b.path))) {
    const before = judgements.at(-1)
    const sequence = (before?.sequence ?? 0) + 1
    const broken = (message: string): JudgementChain => ({ judgements, broken: { path, message } })
    if (path !== judgementPath(sequence)) return broken(`Judgement ${sequence} is missing: ${path} stands in its place`)
    const read = text === null ? 'it is no ordinary file, or far too large' : parseJudgement(text)
    if (typeof read === 'string') return broken(`Judgement ${sequence} cannot be read: ${read}`)
    if (read.sequence !== sequence) return broken(`Judgement ${sequence} says that it is judgement ${read.sequence}`)
    if (read.previous !== (before?.digest ?? null)) {
      return broken(`Judgement ${sequence} does not go on from the one that stands before it`)
    }
    const amiss = ledger.take(read)
    if (amiss !== undefined) return broken(`Judgement ${sequence} does not add up: ${amiss}`)
    judgements.push({ ...read, path, digest })
  }
  return { judgements }
}

/** What judgements tell of, as one after the other is read. */
export interface KeptFindings {
  /** Takes the next judgement; says what does not add up in it. */
  take(judgement: Judgement): string | undefined
  /** All that was ever told, by number; of what was told again, in other words or after it was settled, the last telling alone. */
  readonly all: ReadonlyMap<number, KeptFinding>
  /** What stands, by `findingKey`. */
  readonly standing: ReadonlyMap<string, KeptFinding>
  /** The number of the next finding. */
  next(): number
}

/** What some judgements tell of. */
export function keptFindings(judgements: readonly Judgement[]): KeptFindings {
  const all = new Map<number, KeptFinding>()
  const standing = new Map<string, KeptFinding>()
  const last = new Map<string, KeptFinding>()
  let told = 0
  const take = ({ at, found, settled, findings, untold }: Judgement): string | undefined => {
    for (const number of settled) {
      const finding = all.get(number)
      if (!finding || finding.settledAt !== null) return `it settles finding ${number}, which does not stand`
      all.set(number, { ...finding, settledAt: at })
      standing.delete(findingKey(finding))
    }
    for (const finding of found) {
      const key = findingKey(finding)
      told += 1
      if (finding.number !== told) return `it tells of finding ${finding.number} in place of ${told}`
      if (standing.has(key)) return `finding ${finding.number} is told twice`
      const again = last.get(key)
      if (again) all.delete(again.number)
      const kept = { ...finding, foundAt: again?.foundAt ?? at, settledAt: null }
      all.set(told, kept)
      standing.set(key, kept)
      last.set(key, kept)
    }
    if (findings !== standing.size + untold)
      return `it counts ${findings} findings, and ${standing.size + untold} stand`
    return undefined
  }
  for (const judgement of judgements) take(judgement)
  return { take, all, standing, next: () => told + 1 }
}
