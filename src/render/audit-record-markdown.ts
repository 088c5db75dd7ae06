import type { AuditedDecision, Duties, SampledRecord } from '../core/audit/sampled-record.ts'
import { humanDuration, humanInstant } from '../core/instant.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import type { Reading } from '../core/reading.ts'
import { provenanceText } from './evidence.ts'
import { tableMarkdown } from './markdown-table.ts'

/** A record of the sample: where it stood, who did what when, who approved it, its clocks, and what was found. */
export function sampledSection(record: SampledRecord): string {
  const { key, title, state, file, at, steps, decisions, readings, findings } = record
  const stood = [
    ...(state === '' ? [] : [`It stood in ${codeText(state)}.`]),
    file !== undefined && at
      ? `Its file was ${codeText(file)}, as ${codeText(at.commit.slice(0, 10))} left it.`
      : 'Its file was gone.',
  ]
  return [
    `### ${inlineText(key)}${title === '' ? '' : `: ${inlineText(title)}`}`,
    stood.join(' '),
    stepTable(steps),
    ...(decisions.length === 0 ? ['No decision of the ledger speaks of it.'] : [decisionTable(decisions)]),
    ...decisions.filter(({ decision }) => decision.reviews.length > 0).map(dutiesText),
    ...(readings.length === 0 ? [] : [clockTable(readings)]),
    ...(findings.length === 0
      ? ['Nothing was found.']
      : findings.map(({ rule, message }) => `- ${codeText(rule)}: ${inlineText(message)}`)),
  ].join('\n\n')
}

function stepTable(steps: SampledRecord['steps']): string {
  return tableMarkdown(
    ['commit', 'when', 'time', 'by', 'what it did'],
    steps.map(({ commit, did }) => [
      commit.commit.slice(0, 10),
      `${humanInstant(commit.at)} UTC`,
      provenanceText(commit),
      commit.by,
      did,
    ]),
  )
}

/** Decisions as a table: what became of what, by which rule, who approved it and on which commit. */
export function decisionTable(decisions: readonly AuditedDecision[]): string {
  if (decisions.length === 0) return 'The ledger has no decision of this period.'
  const rows = decisions.map(({ decision, commit, holds }) => {
    const { pullRequest, subject, outcome, at, policy, rule, verdict, reviews, digest } = decision
    const given = reviews.map(({ login, at: when, commit: seen }) => {
      return `${login}${when === undefined ? '' : ` ${humanInstant(when)} UTC`} on ${seen.slice(0, 10)}`
    })
    return [
      String(pullRequest),
      subject,
      `${outcome} ${humanInstant(at)} UTC`,
      commit?.commit.slice(0, 10) ?? '',
      `${rule ?? 'no rule'} (${policy})`,
      !holds ? 'does not hold' : verdict.met ? 'approved' : 'not approved',
      given.join('; '),
      digest.slice(0, 19),
    ]
  })
  return tableMarkdown(['pull request', 'about', 'outcome', 'commit', 'rule', 'verdict', 'approved by', 'digest'], rows)
}

/** Who had which part in a decision, and whether anybody had two that nobody may have together. */
function dutiesText({ decision, duties }: AuditedDecision): string {
  const verdict =
    duties.both.length === 0
      ? 'nobody who approved had another part'
      : `${duties.both.join(', ')} approved and had another part`
  return `Separation of duties in pull request ${decision.pullRequest}: ${inlineText(`${partsText(duties)}; ${verdict}.`)}`
}

function partsText({ named, opened, wrote, approved }: Duties): string {
  const list = [
    ...named.map(({ field, person }) => `${field.replaceAll('_', ' ')} ${person}`),
    `opened by ${opened ?? 'somebody unknown'}`,
    `written by ${wrote.join(', ') || 'nobody known'}`,
    `approved by ${approved.join(', ')}`,
  ]
  return list.join(', ')
}

function clockTable(readings: readonly Reading[]): string {
  return tableMarkdown(
    ['clock', 'cycle', 'status', 'started', 'stopped', 'used', 'allowed', 'times'],
    readings.map(({ sla, target, cycle, status, start, stop, elapsed, allowed, provenance, doubtful }) => [
      `${sla} ${target}`,
      String(cycle),
      status,
      `${humanInstant(start)} UTC`,
      stop === null ? '' : `${humanInstant(stop)} UTC`,
      humanDuration(elapsed),
      humanDuration(allowed),
      doubtful ? `${provenance}, in doubt` : provenance,
    ]),
    [1],
  )
}
