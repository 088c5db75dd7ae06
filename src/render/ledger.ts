import { formatInstant } from '../core/instant.ts'
import type { LedgerEntry } from '../core/ledger/entry.ts'
import { type LedgerFinding, rewrittenCure } from '../core/ledger/finding.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** What writing into the ledger came to. */
export interface Appended {
  readonly entry: LedgerEntry
  /** Whether it was written now; else it is the entry that had seen the tip already. */
  readonly isNew: boolean
  /** The remote that took it. */
  readonly remote?: string
  /** What whoever wrote it must know. */
  readonly notes: readonly string[]
}

/** What the ledger is, ready to be rendered. */
export interface LedgerAccount {
  /** The commit of the ledger that was read; `null` where there is none. */
  readonly commit: string | null
  /** The branch that is believed, if it is here. */
  readonly refs: readonly string[]
  /** What was not believed, and why. */
  readonly notes: readonly string[]
  /** Oldest first, only those that are believed. */
  readonly entries: readonly (LedgerEntry & { readonly digest: string })[]
}

/** What was found when the ledger was verified. */
export interface LedgerVerification extends LedgerAccount {
  readonly decisions: number
  readonly findings: readonly LedgerFinding[]
}

/** An entry as JSON: the fields of its file in the words of all other output. */
export function entryJson({ at, ...rest }: LedgerEntry): object {
  return { ...rest, at: formatInstant(at) }
}

/** What was appended as JSON. */
export function appendedJson({ entry, isNew, remote, notes }: Appended): string {
  return json({ appended: isNew, pushed: remote ?? null, notes, entry: entryJson(entry) })
}

/** What was appended, for people. */
export function appendedText({ entry, isNew, remote }: Appended, colour: boolean): string {
  const { green, red, dim } = paint(colour)
  const { sequence, at, tip, branch, event, previousTip, fork } = entry
  const seen = `${oneLine(branch)} ended in ${tip.slice(0, 10)} at ${formatInstant(at)}`
  if (!isNew) return dim(`Nothing to write: entry ${sequence} saw it already, or what came after (${seen})\n`)
  const where = remote === undefined ? '' : `, pushed to ${oneLine(remote)}`
  if (event !== 'rewritten') return `${green(`Entry ${sequence}: ${seen}`)}${where}\n`
  const shared = fork === null ? 'no known commit' : fork.slice(0, 10)
  return [
    `${red(`Entry ${sequence}: ${seen}, and was rewritten`)}${where}`,
    `  It does not go on from ${previousTip?.slice(0, 10)}; the newest commit that both share is ${shared}.`,
    `  ${green('cure')}: ${oneLine(rewrittenCure({ branch, tip: previousTip ?? tip }))}`,
    '',
  ].join('\n')
}

const howToGetOne =
  'git fetch origin gitsm-ledger:refs/remotes/origin/gitsm-ledger gets that of the origin, gitsm ledger append begins one'

/** The entries of the ledger as JSON. */
export function ledgerJson({ commit, refs, notes, entries }: LedgerAccount): string {
  return json({ commit, refs, notes, entries: entries.map(entryJson) })
}

/** The newest entries of the ledger as a table, newest last. */
export function ledgerText({ commit, refs, entries }: LedgerAccount, last: number, colour: boolean): string {
  const { dim, red } = paint(colour)
  if (commit === null) return `There is no ledger here; ${howToGetOne}\n`
  const shown = entries.slice(-last)
  const head = ['entry', 'seen at', 'by', 'event', 'tip', 'run'].map(dim)
  const rows = shown.map(({ sequence, at, source, event, tip, run }) => [
    String(sequence),
    formatInstant(at),
    source,
    event === 'rewritten' ? red(event) : event,
    tip.slice(0, 10),
    oneLine(run ?? ''),
  ])
  const left = entries.length - shown.length
  const more = left === 0 ? '' : dim(`${left} earlier entries; --last ${entries.length} shows all\n`)
  const foot = dim(`${refs.map(oneLine).join(', ')}, commit ${commit.slice(0, 10)}`)
  return `${more}${columns([head, ...rows], [0])}\n\n${foot}\n`
}

/** A verification of the ledger as JSON. */
export function ledgerVerificationJson(verification: LedgerVerification): string {
  const { commit, refs, notes, entries, decisions, findings } = verification
  const head = entries.at(-1)
  return json({
    verdict: findings.length === 0 ? 'pass' : 'fail',
    commit,
    refs,
    notes,
    head: head ? { sequence: head.sequence, at: formatInstant(head.at), tip: head.tip, digest: head.digest } : null,
    findings: findings.map(({ rule, message, hint, path, commit: about }) => ({
      rule,
      severity: 'error',
      message,
      hint,
      file: path ?? null,
      commit: about ?? null,
    })),
    summary: { entries: entries.length, decisions, findings: findings.length },
  })
}

/** A verification of the ledger for people: what is wrong, then the sum. */
export function ledgerVerificationText(verification: LedgerVerification, colour: boolean): string {
  const { red, green, dim } = paint(colour)
  const { commit, entries, decisions, findings } = verification
  if (commit === null) return `There is no ledger here, so no time is attested; ${howToGetOne}\n`
  const blocks = findings.flatMap(({ rule, message, hint }) => [
    `${red('error')}  ${oneLine(message)}  ${dim(rule)}`,
    `  ${green('cure')}: ${oneLine(hint)}`,
  ])
  const head = entries.at(-1)
  const looked = `${entries.length} ${entries.length === 1 ? 'entry holds' : 'entries hold'}, ${decisions} decision${decisions === 1 ? '' : 's'}`
  const found = findings.length === 0 ? 'no findings' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`
  const sum = findings.length === 0 ? green(`pass: ${looked}, ${found}`) : red(`fail: ${looked}, ${found}`)
  const anchor = head ? [dim(`entry ${head.sequence} of ${formatInstant(head.at)} is ${head.digest}`)] : []
  return `${[...blocks, sum, ...anchor].join('\n')}\n`
}
