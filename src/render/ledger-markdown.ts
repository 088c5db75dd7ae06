import { formatInstant } from '../core/instant.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import type { LedgerAccount, LedgerVerification } from './ledger.ts'
import { tableMarkdown } from './markdown-table.ts'

const none = 'There is no ledger yet; `gitsm ledger append` begins one.'

/** The newest entries of the ledger as a page in Markdown, newest last. */
export function ledgerMarkdown({ commit, refs, notes, entries }: LedgerAccount, last: number): string {
  if (commit === null) return page(['# The ledger', none, ...notes.map(inlineText)])
  const shown = entries.slice(-last)
  const rows = shown.map(({ sequence, at, source, event, tip, run }) => {
    return [String(sequence), formatInstant(at), source, event, tip.slice(0, 10), run ?? '']
  })
  const left = entries.length - shown.length
  return page([
    '# The ledger',
    tableMarkdown(['entry', 'seen at', 'by', 'event', 'tip', 'run'], rows, [0]),
    ...(left === 0 ? [] : [`${left} earlier entries are not listed.`]),
    ...notes.map(inlineText),
    `${refs.map(codeText).join(', ')}, commit ${codeText(commit.slice(0, 10))}`,
  ])
}

/** A verification of the ledger as a page in Markdown: the verdict, then each finding with its cure. */
export function ledgerVerificationMarkdown(verification: LedgerVerification): string {
  const { commit, notes, entries, decisions, findings } = verification
  if (commit === null) return page(['# Verification of the ledger', none, ...notes.map(inlineText)])
  const head = entries.at(-1)
  const items = findings.map(({ rule, message, hint }) => {
    return `- ${codeText(rule)}: ${inlineText(message)}. **Cure:** ${inlineText(hint)}.`
  })
  return page([
    '# Verification of the ledger',
    `**${findings.length === 0 ? 'Pass' : 'Fail'}:** entries that hold: ${entries.length}, decisions: ${decisions}, findings: ${findings.length}.`,
    ...(items.length === 0 ? [] : [items.join('\n')]),
    ...notes.map(inlineText),
    ...(head ? [`Entry ${head.sequence} of ${formatInstant(head.at)} is ${codeText(head.digest)}.`] : []),
  ])
}

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}
