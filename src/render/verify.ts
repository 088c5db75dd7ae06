import type { MainlineCommit, Provenance } from '../core/history.ts'
import { formatInstant, humanInstant, type Instant } from '../core/instant.ts'
import { type BelievedLedger, believedText } from '../core/ledger/believed.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import type { LedgerFinding } from '../core/ledger/finding.ts'
import type { Judgement } from '../core/ledger/judgement.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import { byCommit, byRule, type CommitFindings } from '../core/replay/tally.ts'
import { believedJson, provenanceText } from './evidence.ts'
import { json } from './json.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** What a replay of the mainline found, ready to be rendered. */
export interface Verification {
  readonly tip: string
  readonly base?: string
  /** Commits that were replayed. */
  readonly commits: number
  readonly records: number
  /** What commits did to records: additions, edits and removals. */
  readonly judged: number
  /** How many commits of the mainline count by which kind of time. */
  readonly provenance: Readonly<Record<Provenance, number>>
  /** History brought in from other tools, whose steps are not judged. */
  readonly imported: readonly { readonly system: string; readonly until: string; readonly commits: number }[]
  /** In the order of the mainline. */
  readonly findings: readonly HistoryFinding[]
  readonly ledger: {
    readonly present: boolean
    readonly believed?: BelievedLedger
    readonly findings: readonly LedgerFinding[]
  }
  /** Commits that needed an approval of which nobody can know whether it was given. */
  readonly unvouched: readonly MainlineCommit[]
  /** Approvals that may still follow. */
  readonly awaited: readonly {
    readonly commit: { readonly commit: string }
    readonly id: string
    readonly until: Instant
  }[]
  /** What decisions of the ledger let in, in the order of the mainline. */
  readonly authorised: readonly {
    readonly commit: { readonly commit: string }
    readonly id: string
    readonly decision: LedgerDecision
  }[]
  /** Commits that changed what judges others while nobody governed, in the order of the mainline. */
  readonly ungoverned: readonly Pick<MainlineCommit, 'commit' | 'at'>[]
  /** Whether they, and what nobody can vouch for, are findings. */
  readonly strict: boolean
}

/** What was kept of a replay in the ledger. */
export interface KeptJudgement {
  /** The last one. */
  readonly judgement: Judgement
  /** Those written now; none where the last one says the same, or what came later was judged already. */
  readonly written: readonly Judgement[]
  /** The remote that took it. */
  readonly remote?: string
}

/** Whether nothing was found. */
export function isSound({ findings, ledger }: Verification): boolean {
  return findings.length + ledger.findings.length === 0
}

/** A replay as JSON. */
export function verificationJson(verification: Verification, kept?: KeptJudgement): string {
  const {
    tip,
    base,
    findings,
    imported,
    commits,
    records,
    judged,
    provenance,
    ledger,
    unvouched,
    awaited,
    authorised,
    ungoverned,
  } = verification
  return json({
    verdict: isSound(verification) ? 'pass' : 'fail',
    tip,
    base: base ?? null,
    findings: findings.map(({ commit, rule, type, id, file, line, message, hint }) => ({
      commit: commit.commit,
      at: formatInstant(commit.at),
      provenance: commit.provenance,
      by: commit.by,
      rule,
      id,
      type,
      file,
      line: line ?? null,
      message,
      hint: hint ?? null,
    })),
    ledger: {
      present: ledger.present,
      ...(ledger.believed && believedJson(ledger.believed)),
      findings: ledger.findings.map(({ rule, path, commit, message, hint }) => {
        return { rule, path: path ?? null, commit: commit ?? null, message, hint }
      }),
    },
    ...(kept && { kept: keptJson(kept) }),
    imported,
    awaited: awaited.map(({ commit, id, until }) => ({ commit: commit.commit, id, until: formatInstant(until) })),
    authorised: authorised.map(({ commit, id, decision }) => ({
      commit: commit.commit,
      id,
      pullRequest: decision.pullRequest,
      outcome: decision.outcome,
      at: formatInstant(decision.at),
      policy: decision.policy,
      rule: decision.rule,
      by: decision.reviews.map(({ login }) => login),
      evidence: decision.file,
    })),
    bootstrap: bootstrapJson(ungoverned),
    summary: {
      commits,
      records,
      judged,
      findings: findings.length,
      rules: byRule(findings),
      unvouched: unvouched.length,
      authorised: authorised.length,
      provenance,
    },
  })
}

/** How many findings some judgements tell of, and settle. */
export function changesIn(judgements: readonly Judgement[]): { readonly found: number; readonly settled: number } {
  const sum = (lengths: readonly number[]): number => lengths.reduce((all, each) => all + each, 0)
  return {
    found: sum(judgements.map((each) => each.found.length)),
    settled: sum(judgements.map((each) => each.settled.length)),
  }
}

function keptJson({ judgement, written, remote }: KeptJudgement): object {
  const { sequence, at, tip, findings, untold } = judgement
  const { found, settled } = changesIn(written.length > 0 ? written : [judgement])
  return {
    sequence,
    at: formatInstant(at),
    tip,
    written: written.length > 0,
    pushed: remote ?? null,
    findings,
    found,
    settled,
    untold,
  }
}

function bootstrapJson(ungoverned: Verification['ungoverned']): object | null {
  const [first, last] = [ungoverned[0], ungoverned.at(-1)]
  return first && last ? { commits: ungoverned.length, first: first.commit, last: last.commit } : null
}

function authorisedNote({ authorised }: Verification): readonly string[] {
  if (authorised.length === 0) return []
  const late = authorised.filter(({ decision }) => decision.outcome === 'ratified').length
  const afterwards = late === 0 ? '' : `, ${late} of them afterwards and in time`
  return [
    `${count(authorised.length, 'decision')} of the ledger ${authorised.length === 1 ? 'holds' : 'hold'} for what had to be approved${afterwards}.`,
  ]
}

function bootstrapNote({ ungoverned, strict }: Verification): readonly string[] {
  const [first, last] = [ungoverned[0], ungoverned.at(-1)]
  if (!first || !last) return []
  const named = ({ commit, at }: typeof first): string => `${commit.slice(0, 10)} (${humanInstant(at)} UTC)`
  const span = first === last ? named(first) : `from ${named(first)} to ${named(last)}`
  const told = strict ? '' : `. --strict counts ${first === last ? 'it as a finding' : 'them as findings'}`
  return [
    `Nobody governed this repository when ${count(ungoverned.length, 'commit')} changed rules, agreements or teams that judge others: ${span}${told}.`,
  ]
}

/** A replay for people: each commit that did what it might not, with what it did, then the sum. */
export function verificationText(verification: Verification, colour: boolean, kept?: KeptJudgement): string {
  const colours = paint(colour)
  const { findings, ledger } = verification
  const rules = byRule(findings)
  const tally = columns(
    rules.map((each) => [`  ${each.rule}`, String(each.findings), `in ${count(each.commits, 'commit')}`]),
    [1],
  )
  const blocks = [
    ...byCommit(findings).map((group) => block(group, colours)),
    ...ledger.findings.map((finding) => ledgerBlock(finding, colours)),
    ...(rules.length > 1 ? [`${colours.bold('What was found')}\n${tally}`] : []),
    [
      ...notes(verification).map(oneLine),
      ...(kept ? [colours.dim(keptText(kept))] : []),
      sum(verification, colours),
    ].join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** In one line what was kept. */
function keptText({ judgement, written, remote }: KeptJudgement): string {
  const { sequence, tip, untold } = judgement
  const upTo = `of the mainline up to ${tip.slice(0, 10)}`
  const first = written[0]
  if (!first) return `Judgement ${sequence} ${upTo} is kept already and says the same, or goes further.`
  const what =
    first === judgement ? `Judgement ${sequence} ${upTo} is` : `Judgements ${first.sequence} to ${sequence} ${upTo} are`
  const where = remote === undefined ? '' : `, pushed to ${oneLine(remote)}`
  const { found, settled } = changesIn(written)
  const rest = untold === 0 ? '' : `; ${untold} more are told the next time`
  return `${what} kept${where}: ${count(found, 'finding')} new, ${settled} settled${rest}.`
}

function block({ commit, findings }: CommitFindings, to: Paint): string {
  const { at, by } = commit
  const head = `${to.bold(commit.commit.slice(0, 10))}  ${humanInstant(at)} UTC (${provenanceText(commit)})  ${oneLine(by)}`
  return [
    head,
    ...findings.flatMap(({ rule, file, line, message, hint }) => [
      `  ${to.red('error')}  ${oneLine(message)}  ${to.dim(`${rule}${file === '' ? '' : ` ${oneLine(file)}`}${line === undefined ? '' : `:${line}`}`)}`,
      ...(hint === undefined ? [] : [`    ${to.green('cure')}: ${oneLine(hint)}`]),
    ]),
  ].join('\n')
}

function ledgerBlock({ rule, path, message, hint }: LedgerFinding, to: Paint): string {
  const where = path === undefined ? rule : `${rule} ${oneLine(path)}`
  return `${to.bold('ledger')}\n  ${to.red('error')}  ${oneLine(message)}  ${to.dim(where)}\n    ${to.green('cure')}: ${oneLine(hint)}`
}

/** What a reader must know to judge what was not found, in sentences. */
export function notes(verification: Verification): readonly string[] {
  const { imported, unvouched, awaited, ledger, provenance, base } = verification
  const total = Object.values(provenance).reduce((sum, each) => sum + each, 0)
  const { claimed } = provenance
  return [
    ...(ledger.believed ? [`${believedText(ledger.believed)}.`] : []),
    ...(base === undefined ? [] : [`What came up to ${base.slice(0, 10)} is taken as it is.`]),
    ...imported.map(
      ({ system, until, commits }) =>
        `The steps of records from ${system} in the ${count(commits, 'commit')} up to ${until.slice(0, 10)} are those of that tool and were not judged.`,
    ),
    ...(unvouched.length === 0
      ? []
      : [
          `${count(unvouched.length, 'commit')} did what somebody has to approve, and nobody can vouch that it was approved: ${ledger.present ? 'the ledger began later' : 'there is no ledger'}. --strict counts ${unvouched.length === 1 ? 'it' : 'them'} as findings.`,
        ]),
    ...authorisedNote(verification),
    ...bootstrapNote(verification),
    ...awaited.map(
      ({ commit, id, until }) =>
        `${id} was let in by ${commit.commit.slice(0, 10)} before its approval, which may follow until ${humanInstant(until)} UTC.`,
    ),
    ...(claimed === 0
      ? []
      : [`The times of ${claimed} of ${count(total, 'commit')} are only claimed by whoever made the commit.`]),
  ]
}

function sum(verification: Verification, to: Paint): string {
  const text = sumText(verification)
  return isSound(verification) ? to.green(`pass: ${text}`) : to.red(`fail: ${text}`)
}

/** What was looked at and how much was found, in a line. */
export function sumText({ findings, ledger, commits, records, judged }: Verification): string {
  const total = findings.length + ledger.findings.length
  const where = new Set(findings.map(({ commit }) => commit.position)).size
  const found = total === 0 ? 'no findings' : `${count(total, 'finding')} in ${count(where, 'commit')}`
  return `${count(commits, 'commit')}, ${count(judged, 'step or edit', 'steps and edits')} of ${count(records, 'record')}, ${found}`
}

/** A number of things, in words. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
