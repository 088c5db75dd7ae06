import type { GateAnswer } from '../core/deployment/answer.ts'
import type { Approval } from '../core/deployment/authority.ts'
import type { Clearance } from '../core/deployment/clearance.ts'
import { formatInstant, humanDuration, humanInstant } from '../core/instant.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import { textAt } from '../core/record.ts'
import type { Verdict } from '../core/verdict.ts'
import { json } from './json.ts'
import { oneLine, type Paint, paint } from './terminal.ts'

/** An answer as JSON: `verdict` is `pass` or `fail`, and `changes` tells of each change why. */
export function changeGateJson(answer: GateAnswer): string {
  const { met, because, target, at, branch, commit, ledger, doubts, changes } = answer
  return json({
    verdict: met ? 'pass' : 'fail',
    because,
    service: target.service,
    environment: target.environment,
    at: formatInstant(at),
    branch,
    commit,
    ledger: ledger ? { ref: ledger.ref, commit: ledger.commit, entries: ledger.entries } : null,
    doubts,
    changes: changes.map(clearanceJson),
  })
}

function clearanceJson({ change, met, because, parts, window, until, authority }: Clearance) {
  const { id, file, data } = change
  return {
    id,
    file,
    title: textAt(data, 'title') ?? null,
    type: textAt(data, 'change_type') ?? null,
    model: textAt(data, 'model') ?? null,
    state: textAt(data, 'state') ?? null,
    met,
    because,
    window: window ? { from: formatInstant(window.from), until: formatInstant(window.until) } : null,
    until: until === undefined ? null : formatInstant(until),
    approvals: authority?.approvals.map(approvalJson) ?? null,
    approvalDue: authority?.until === undefined ? null : formatInstant(authority.until),
    parts: parts.map(verdictJson),
  }
}

function approvalJson({ pullRequest, decidedAt, policy, rule, reviews }: Approval) {
  return {
    pullRequest,
    decidedAt: formatInstant(decidedAt),
    policy,
    rule,
    by: reviews.map(({ login, id, commit }) => ({ login, review: id ?? null, commit })),
  }
}

function verdictJson({ met, because, parts }: Verdict): object {
  return { met, because, parts: parts.map(verdictJson) }
}

/** An answer for people: the verdict first, then what each change says. */
export function changeGateText(answer: GateAnswer, colour: boolean): string {
  const { met, because, at, branch, commit, doubts, changes } = answer
  const colours = paint(colour)
  const head = `${mark(met, colours)} ${colours.bold(oneLine(because))}`
  const told = changes.map((each) => clearanceText(each, answer, colours))
  const basis = colours.dim(`at ${humanInstant(at)} UTC, by ${oneLine(branch)} as of ${commit.slice(0, 10)}`)
  return `${[head, ...doubts.slice(1).map((doubt) => `  ${mark(false, colours)} ${oneLine(doubt)}`), ...told, basis].join('\n')}\n`
}

function clearanceText({ change, met, parts, until }: Clearance, { at }: GateAnswer, colours: Paint): string {
  const title = oneLine(textAt(change.data, 'title') ?? '')
  const left = met && until !== undefined ? `, for ${humanDuration(until - at)} until ${humanInstant(until)} UTC` : ''
  const lines = parts.flatMap((part) => partText(part, 2, colours))
  return [`${mark(met, colours)} ${oneLine(change.id)}  ${title}${left}`, ...lines]
    .map((line) => `  ${line}`)
    .join('\n')
}

function partText({ met, because, parts }: Verdict, depth: number, colours: Paint): readonly string[] {
  const deeper = parts.length > 1 ? parts.flatMap((part) => partText(part, depth + 2, colours)) : []
  return [`${' '.repeat(depth)}${mark(met, colours)} ${oneLine(because)}`, ...deeper]
}

function mark(met: boolean, { green, red }: Paint): string {
  return met ? green('✓') : red('✗')
}

/** An answer as Markdown, for the summary of a job. */
export function changeGateMarkdown({ met, because, at, branch, commit, doubts, changes }: GateAnswer): string {
  const rows = changes.map(({ change, met: clears, because: why, window, until }) =>
    [
      clears ? '✓' : '✗',
      codeText(change.id),
      cellText(textAt(change.data, 'title') ?? ''),
      window ? `${humanInstant(window.from)} to ${humanInstant(window.until)} UTC` : '–',
      until !== undefined && clears ? `${humanInstant(until)} UTC` : '–',
      cellText(why, 300),
    ].join(' | '),
  )
  const table =
    rows.length === 0
      ? ''
      : `\n| | Change | Title | Window | Cleared until | Because |\n| --- | --- | --- | --- | --- | --- |\n${rows.map((row) => `| ${row} |\n`).join('')}`
  const list = doubts.length === 0 ? '' : `\n${doubts.map((doubt) => `- ${inlineText(doubt)}\n`).join('')}`
  const basis = `\nAt ${humanInstant(at)} UTC, by ${codeText(branch)} as of ${codeText(commit.slice(0, 10))}.\n`
  return `## Change gate: ${met ? 'cleared' : 'not cleared'}\n\n${inlineText(because)}.\n${list}${table}${basis}`
}
