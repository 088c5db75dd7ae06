import { compare } from '../diagnostic.ts'
import { entryPath, type LedgerEntry, parseEntry } from './entry.ts'

/** A file of the ledger below `entries/`, with the digest of its bytes as `sha256:…`. */
export interface EntryFile {
  readonly path: string
  /** `null` where it is no ordinary file. */
  readonly text: string | null
  readonly digest: string
}

/** An entry that holds, with the digest by which the next one names it. */
export interface ChainedEntry extends LedgerEntry {
  readonly digest: string
}

/** Where the chain of the ledger breaks; nothing from there on is believed. */
export interface ChainBreak {
  readonly rule: 'ledger-entry-readable' | 'ledger-chain' | 'ledger-time' | 'ledger-layout'
  readonly path: string
  readonly message: string
  /** How many entries are believed: where two contradict each other, neither is. */
  readonly believed: number
}

/** The entries that hold, oldest first, and the first place at which the chain breaks. */
export interface LedgerChain {
  readonly entries: readonly ChainedEntry[]
  readonly broken?: ChainBreak
}

/** Follows the chain from its first entry as far as it holds. The order of the files plays no part. */
export function followChain(files: readonly EntryFile[]): LedgerChain {
  const entries: ChainedEntry[] = []
  for (const file of files.toSorted((a, b) => compare(a.path, b.path))) {
    const next = link(file, entries.at(-1))
    if ('rule' in next) return { entries: entries.slice(0, next.believed), broken: next }
    entries.push(next)
  }
  return { entries }
}

function link({ path, text, digest }: EntryFile, before: ChainedEntry | undefined): ChainedEntry | ChainBreak {
  const sequence = (before?.sequence ?? 0) + 1
  const broken = (rule: ChainBreak['rule'], message: string, believed = sequence - 1): ChainBreak => {
    return { rule, path, message, believed }
  }
  if (path !== entryPath(sequence)) {
    return broken('ledger-layout', `Entry ${sequence} is missing: ${path} stands in its place`)
  }
  const entry = text === null ? 'it is no ordinary file, or far too large' : parseEntry(text)
  if (typeof entry === 'string') {
    return broken('ledger-entry-readable', `Entry ${sequence} cannot be read: ${entry}`)
  }
  if (entry.sequence !== sequence) {
    return broken('ledger-chain', `Entry ${sequence} says that it is entry ${entry.sequence}`)
  }
  if (before && entry.previous !== before.digest) {
    const message = `Entry ${sequence} follows another entry ${before.sequence} than the one that stands`
    return broken('ledger-chain', message, sequence - 2)
  }
  if (before && entry.previousTip !== before.tip) {
    return broken('ledger-chain', `Entry ${sequence} follows another tip than that of entry ${before.sequence}`)
  }
  if (before && entry.at < before.at) {
    return broken('ledger-time', `Entry ${sequence} is dated earlier than entry ${before.sequence}`)
  }
  return { ...entry, digest }
}
