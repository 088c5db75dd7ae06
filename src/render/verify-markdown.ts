import { humanInstant } from '../core/instant.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import { byCommit, byRule, type CommitFindings } from '../core/replay/tally.ts'
import { provenanceText } from './evidence.ts'
import { isSound, notes, sumText, type Verification } from './verify.ts'

/**
 * A replay as a page that an auditor can file: the verdict, what was found by rule, and each commit with what it did.
 */
export function verificationMarkdown(verification: Verification): string {
  const { findings, ledger, tip } = verification
  const parts = [
    `# Verification of the mainline up to ${codeText(tip.slice(0, 10))}`,
    `**${isSound(verification) ? 'Pass' : 'Fail'}:** ${sumText(verification)}.`,
    notes(verification)
      .map((note) => `- ${inlineText(note)}`)
      .join('\n'),
    ...(findings.length === 0 ? [] : ['## By rule', ruleTable(findings), '## By commit']),
    ...byCommit(findings).map(commitSection),
    ...(ledger.findings.length === 0 ? [] : ['## The ledger']),
    ...ledger.findings.map(
      ({ rule, message, hint }) => `- ${codeText(rule)}: ${inlineText(message)}. ${inlineText(hint)}.`,
    ),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function ruleTable(findings: readonly HistoryFinding[]): string {
  const rows = byRule(findings).map(
    ({ rule, findings: found, commits }) => `| ${codeText(rule)} | ${found} | ${commits} |`,
  )
  return ['| rule | findings | commits |', '| --- | ---: | ---: |', ...rows].join('\n')
}

function commitSection({ commit, findings }: CommitFindings): string {
  const rows = findings.map(({ rule, id, file, line, message, hint }) => {
    const place = file === '' ? '' : codeText(line === undefined ? file : `${file}:${line}`)
    return `| ${codeText(rule)} | ${id === '' ? '' : codeText(id)} | ${cellText(message, 400)} | ${cellText(hint ?? '', 400)} | ${place} |`
  })
  return [
    `### ${codeText(commit.commit.slice(0, 10))} of ${humanInstant(commit.at)} UTC (${provenanceText(commit)}), by ${inlineText(commit.by)}`,
    '',
    '| rule | record | what it did | what would be right | where |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
