import { formatInstant, type Instant, parseInstant } from '../instant.ts'
import { isData } from '../record.ts'

/**
 * One line in the ledger: that a server saw the mainline end in a commit, and when. Entries are numbered from 1, and
 * each names the digest of the one before, so that none can be changed, left out or put between without breaking the
 * chain.
 */
export interface LedgerEntry {
  /** 1 for the first, counting up without gaps. */
  readonly sequence: number
  /**
   * `baseline`: the first entry, which vouches for what comes after it only. `push`: the mainline went on from the tip
   * before. `rewritten`: it did not, because somebody forced or re-parented it.
   */
  readonly event: 'baseline' | 'push' | 'rewritten'
  /** When the tip was seen, never before the entry before it. */
  readonly at: Instant
  /** Where `at` comes from: the forge's own time of the push, the clock of the machine that wrote, or an argument. */
  readonly source: 'push' | 'clock' | 'argument'
  /** Name of the mainline. */
  readonly branch: string
  /** The commit that the mainline ended in. */
  readonly tip: string
  /** The tip of the entry before; `null` in the first. */
  readonly previousTip: string | null
  /** Where history was rewritten: the newest commit that the old and the new mainline share, where it is known. */
  readonly fork: string | null
  /** Address or name of the run that wrote the entry. */
  readonly run: string | null
  /** Digest of the file of the entry before, `sha256:` and 64 hexadecimal digits; `null` in the first. */
  readonly previous: string | null
}

/** Version of the format, which every entry names. */
const version = 1

const events: readonly LedgerEntry['event'][] = ['baseline', 'push', 'rewritten']
const sources: readonly LedgerEntry['source'][] = ['push', 'clock', 'argument']
const commitForm = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const digestForm = /^sha256:[0-9a-f]{64}$/

/** The one text that an entry has as a file. */
export function entryText(entry: LedgerEntry): string {
  const { sequence, event, at, source, branch, tip, previousTip, fork, run, previous } = entry
  const written = {
    version,
    sequence,
    event,
    at: formatInstant(at),
    source,
    branch,
    tip,
    previous_tip: previousTip,
    fork,
    run,
    previous,
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

/** Reads the file of an entry; a text says what is wrong with one that is not exactly as `entryText` writes it. */
export function parseEntry(text: string): LedgerEntry | string {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return 'it is not JSON'
  }
  if (!isData(data)) return 'it is no JSON object'
  if (data['version'] !== version) return `it is of version ${JSON.stringify(data['version'])}, not ${version}`
  const { sequence, branch } = data
  const at = parseInstant(String(data['at']))
  const event = events.find((each) => each === data['event'])
  const source = sources.find((each) => each === data['source'])
  const [tip, previousTip, fork] = [data['tip'], data['previous_tip'], data['fork']].map(commitIn)
  const run = textOrNull(data['run'])
  const previous = textOrNull(data['previous'])
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1)
    return 'its sequence is no number'
  if (at === undefined) return 'its time is no instant'
  if (!event) return `its event is none of ${events.join(', ')}`
  if (!source) return `its source is none of ${sources.join(', ')}`
  if (typeof branch !== 'string' || branch === '') return 'it names no branch'
  if (!tip) return 'its tip is no commit'
  if (previousTip === undefined || fork === undefined) return 'one of its commits is none'
  if (run === undefined) return 'its run is no text'
  if (previous === undefined || (previous !== null && !digestForm.test(previous))) return 'it names no digest before it'
  const first = sequence === 1
  if (first !== (event === 'baseline') || first !== (previousTip === null) || first !== (previous === null)) {
    return first ? 'it is the first and names one before it' : 'it is not the first and names none before it'
  }
  const entry: LedgerEntry = { sequence, event, at, source, branch, tip, previousTip, fork, run, previous }
  return text === entryText(entry) ? entry : 'it is not written as GitSM writes entries'
}

function commitIn(value: unknown): string | null | undefined {
  const commit = textOrNull(value)
  return typeof commit === 'string' && !commitForm.test(commit) ? undefined : commit
}

function textOrNull(value: unknown): string | null | undefined {
  return value === null || typeof value === 'string' ? value : undefined
}

/**
 * Where the entry of a number lies. A hundred entries to a folder and a hundred folders to the one above, so that a
 * ledger of two million entries still has no folder of more than two hundred.
 */
export function entryPath(sequence: number): string {
  const hundreds = Math.floor(sequence / 100)
  const [upper, lower] = [Math.floor(hundreds / 100), hundreds % 100]
  return `entries/${String(upper).padStart(4, '0')}/${String(lower).padStart(2, '0')}/${String(sequence).padStart(8, '0')}.json`
}
