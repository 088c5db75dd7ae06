import { fragment } from '../fragment.ts'
import { formatInstant, type Instant, parseInstant } from '../instant.ts'
import { type Data, isData } from '../record.ts'

/** One kind of wrong that a judgement of the mainline tells of: what one rule found of one record in one commit. */
export interface JudgedFinding {
  /** 1 for the first that was ever told, counting up over all judgements. */
  readonly number: number
  readonly rule: string
  /** The mainline commit; `null` where it is about the ledger. */
  readonly commit: string | null
  /** `<type>/<id>`, or a path; empty where it is about the commit itself. */
  readonly subject: string
  /** How often the rule found something there. */
  readonly count: number
  /** The first of these, at most some 200 characters, none of which is invisible. */
  readonly message: string
}

/**
 * What `verify` found on the mainline up to a commit, as far as the judgement before did not say the same. Judgements are
 * numbered from 1, and each names the digest of the one before.
 */
export interface Judgement {
  readonly sequence: number
  /** When it was judged, by the clock of the machine that did. */
  readonly at: Instant
  /** The commit up to which the mainline was judged. */
  readonly tip: string
  /** How many commits that were. */
  readonly commits: number
  /** How many findings stand: those told here and before and not settled since, and those that are not told one by one. */
  readonly findings: number
  /** How many of these are not told one by one, because a judgement tells of `mostFound` new ones only. */
  readonly untold: number
  /** Commits that needed an approval of which nobody can know whether it was given. */
  readonly unvouched: number
  /** The version of GitSM that judged. */
  readonly engine: string
  /** The commit of the ledger whose evidence it believed; `null` where there was none. */
  readonly evidence: string | null
  /** Address of the run that judged. */
  readonly run: string | null
  /** Digest of the file of the judgement before, `sha256:…`; `null` in the first. */
  readonly previous: string | null
  /** What stands now and was not told before, or was told in other words. */
  readonly found: readonly JudgedFinding[]
  /** The numbers of findings that stood before and do not stand any more. */
  readonly settled: readonly number[]
}

/** The folder of the ledger that holds judgements. */
export const judgementsFolder = 'judgements'

/** So many new findings are told in one judgement, so that its file stays below the size that readers take. */
export const mostFound = 150

/** So many findings are settled in one judgement. */
export const mostSettled = 2000

const version = 1

/** A version of GitSM, as Semantic Versioning 2.0.0 shapes it. */
const versionShape = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][0-9A-Za-z.+-]{1,60})?$/

/** The one text that a judgement has as a file. */
export function judgementText(judgement: Judgement): string {
  const { sequence, at, tip, commits, findings, untold, unvouched, engine, evidence, run, previous } = judgement
  const written = {
    version,
    sequence,
    at: formatInstant(at),
    tip,
    commits,
    findings,
    untold,
    unvouched,
    engine,
    evidence,
    run,
    previous,
    found: judgement.found.map(({ number, rule, commit, subject, count, message }) => {
      return { number, rule, commit, subject, count, message }
    }),
    settled: judgement.settled,
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

/** Where the judgement of a number lies: a hundred to a folder, and a hundred folders to the one above. */
export function judgementPath(sequence: number): string {
  const hundreds = Math.floor(sequence / 100)
  const [upper, lower] = [Math.floor(hundreds / 100), hundreds % 100]
  return `${judgementsFolder}/${String(upper).padStart(4, '0')}/${String(lower).padStart(2, '0')}/${String(sequence).padStart(8, '0')}.json`
}

/** Reads the file of a judgement; a text says what is wrong with one that is not exactly as `judgementText` writes it. */
export function parseJudgement(text: string): Judgement | string {
  const data = jsonIn(text)
  if (!isData(data)) return 'it is no JSON object'
  if (data['version'] !== version) return `it is not of version ${version}`
  const [sequence, commits, findings] = [countIn(data, 'sequence'), countIn(data, 'commits'), countIn(data, 'findings')]
  const [untold, unvouched] = [countIn(data, 'untold'), countIn(data, 'unvouched')]
  const at = parseInstant(String(data['at']))
  const [tip, evidence] = [commitIn(data['tip']), commitIn(data['evidence'])]
  const [engine, run] = [plainIn(data['engine']), plainIn(data['run'])]
  const previous = plainIn(data['previous'])
  const found = listIn(data['found'], findingIn)
  const settled = listIn(data['settled'], (value) => (isCount(value) ? value : undefined))
  if (sequence === undefined || sequence < 1) return 'its sequence is no number'
  if (at === undefined) return 'its time is no instant'
  if (commits === undefined || findings === undefined || untold === undefined || unvouched === undefined)
    return 'it does not count what it judged'
  if (!tip) return 'its tip is no commit'
  if (evidence === undefined) return 'its evidence is no commit'
  if (!engine || !versionShape.test(engine)) return 'it does not say which version judged'
  if (run === undefined) return 'its run is no text that can be seen'
  if (previous === undefined || (previous !== null && !/^sha256:[0-9a-f]{64}$/.test(previous)))
    return 'it names no digest before it'
  if (!found || found.length > mostFound) return 'its findings cannot be read'
  if (!settled || settled.length > mostSettled) return 'what it settles cannot be read'
  if (untold > 0 && found.length < mostFound) return 'it leaves findings out for which it had room'
  const judgement: Judgement = {
    ...{ sequence, at, tip, commits, findings, untold, unvouched, engine, evidence, run, previous, found, settled },
  }
  return text === judgementText(judgement) ? judgement : 'it is not written as GitSM writes judgements'
}

function findingIn(value: unknown): JudgedFinding | undefined {
  if (!isData(value)) return undefined
  const [number, count] = [countIn(value, 'number'), countIn(value, 'count')]
  const [rule, subject, message] = [plainIn(value['rule']), plainIn(value['subject']), plainIn(value['message'])]
  const commit = commitIn(value['commit'])
  if (number === undefined || count === undefined || commit === undefined) return undefined
  if (typeof rule !== 'string' || !/^[a-z][a-z-]{0,60}$/.test(rule)) return undefined
  if (typeof subject !== 'string' || typeof message !== 'string') return undefined
  return { number, rule, commit, subject, count, message }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function listIn<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items = value.map(read).filter((item) => item !== undefined)
  return items.length === value.length ? items : undefined
}

function countIn(data: Data, name: string): number | undefined {
  const value = data[name]
  return isCount(value) ? value : undefined
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function commitIn(value: unknown): string | null | undefined {
  if (value === null) return null
  return typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : undefined
}

/** A text as `judgedText` makes it, or `null`; `undefined` for anything else. */
function plainIn(value: unknown): string | null | undefined {
  if (value === null) return null
  return typeof value === 'string' && value === judgedText(value) ? value : undefined
}

/** A text as judgements hold it: of bounded length, and without anything that nobody can see. */
export function judgedText(text: string): string {
  // Cutting may leave half of a character, which the second pass writes out.
  return fragment(fragment(text))
}
