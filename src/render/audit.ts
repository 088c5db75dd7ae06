import { type Audit, isClean } from '../core/audit/audit.ts'
import type { AuditedDecision, SampledRecord } from '../core/audit/sampled-record.ts'
import type { MainlineCommit } from '../core/history.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import { believedText } from '../core/ledger/believed.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import { believedJson } from './evidence.ts'
import { json } from './json.ts'
import { readingJson } from './readings.ts'
import { columns, oneLine, paint } from './terminal.ts'
import { count } from './verify.ts'

/** An audit as JSON: everything that the page says, for a program to check. */
export function auditJson(audit: Audit): string {
  const { organisation, from, until, asked, asOf, commit, last, engine, seed, commits, ledger, anchor } = audit
  return json({
    verdict: isClean(audit) ? 'pass' : 'fail',
    organisation,
    from: formatInstant(from),
    to: formatInstant(until),
    asked,
    asOf: formatInstant(asOf),
    commit,
    last: last ?? null,
    engine,
    seed,
    commits,
    ledger: ledger ? { ...believedJson(ledger), last: anchor ?? null } : null,
    populations: audit.populations.map(({ kind, members, born, sampled }) => ({
      ...kind,
      size: members.length,
      born,
      sampled,
      members,
    })),
    findings: audit.findings.map(findingJson),
    ledgerFindings: audit.ledgerFindings.map(({ rule, path, commit: of, message, hint }) => {
      return { rule, path: path ?? null, commit: of ?? null, message, hint }
    }),
    unvouched: audit.unvouched,
    awaited: audit.awaited.map(({ id, commit: of, until: due }) => ({ id, commit: of, until: formatInstant(due) })),
    decisions: audit.decisions.map(decisionJson),
    sample: audit.sample.map(sampledJson),
  })
}

function findingJson({ commit, rule, type, id, file, message, hint }: HistoryFinding): object {
  return { ...commitJson(commit), rule, type, id, file, message, hint: hint ?? null }
}

function commitJson({ commit, at, provenance, by }: MainlineCommit): object {
  return { commit, at: formatInstant(at), provenance, by }
}

function decisionJson({ decision, commit, holds, duties }: AuditedDecision): object {
  const { file, at, outcome, pullRequest, subject, policy, rule, digest, policyCommit, verdict, reviews } = decision
  return {
    file,
    at: formatInstant(at),
    outcome,
    pullRequest,
    subject,
    policy,
    rule,
    commit: commit ? commitJson(commit) : null,
    policyCommit,
    digest,
    met: verdict.met,
    because: verdict.because,
    holds,
    reviews: reviews.map(({ id, login, commit: seen, at: given }) => {
      return { id: id ?? null, login, commit: seen, at: given === undefined ? null : formatInstant(given) }
    }),
    duties,
  }
}

function sampledJson({ key, type, id, title, state, file, at, ...rest }: SampledRecord): object {
  return {
    key,
    type,
    id,
    title,
    state,
    file: file ?? null,
    commit: at?.commit ?? null,
    steps: rest.steps.map(({ commit, did }) => ({ ...commitJson(commit), did })),
    decisions: rest.decisions.map(decisionJson),
    readings: rest.readings.map(readingJson),
    findings: rest.findings.map(findingJson),
  }
}

/** How many commits needed an approval that nobody can vouch for, as a sentence, where there are any. */
export function unvouchedText({ unvouched }: Audit): readonly string[] {
  if (unvouched.length === 0) return []
  return [
    `${count(unvouched.length, 'commit')} of the period did what somebody has to approve, and nobody can vouch that it was approved`,
  ]
}

/** An audit in short, for people. */
export function auditText(audit: Audit, colour: boolean): string {
  const { green, red, bold } = paint(colour)
  const { from, until, asOf, populations, findings, ledgerFindings, decisions, ledger, commit } = audit
  const table = columns(
    populations.map(({ kind, members, born, sampled }) => [
      `  ${kind.name}`,
      String(members.length),
      `${born} new`,
      `${sampled.length} sampled`,
    ]),
    [1],
  )
  const found = findings.length + ledgerFindings.length
  const verdict = found === 0 ? green('no findings') : red(count(found, 'finding'))
  return [
    bold(
      `${humanInstant(from)} to ${humanInstant(until)} UTC, up to ${commit.slice(0, 10)}, as of ${humanInstant(asOf)} UTC`,
    ),
    table,
    ledger ? oneLine(believedText(ledger)) : 'There is no ledger: nobody can vouch for times and approvals',
    `${count(decisions.length, 'decision')} on pull requests, ${verdict}`,
    ...unvouchedText(audit),
    ...findings.map(({ rule, message, commit: of }) => `  ${of.commit.slice(0, 10)}  ${rule}  ${oneLine(message)}`),
    ...ledgerFindings.map(({ rule, message }) => `  ledger  ${rule}  ${oneLine(message)}`),
    '',
  ].join('\n')
}
