import type { LocatedDiagnostic } from '../core/diagnostic.ts'
import { enumeration } from '../core/enumeration.ts'
import type { ChangeSummary, Judgement } from '../core/judgement.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import { approvalItems, foreseenItem } from './approvals.ts'
import { assessmentMarkdown } from './assessment-markdown.ts'
import { details } from './details.ts'
import { headline } from './headline.ts'
import { slaEffectMarkdown } from './sla-effect.ts'
import { tentativeEditItems, tentativeItems } from './tentative.ts'
import { judgementSum } from './text.ts'

/**
 * A judgement as the body of a comment on a pull request: the verdict and who is awaited, what is wrong by file, the
 * approvals, then what the change does. It stays below the 65,536 characters that GitHub takes, and says where it left
 * something out. `ending` is what somebody adds below, in at most 4,000 characters.
 */
export function judgementMarkdown(judgement: Judgement, ending: readonly string[] = []): string {
  const { diagnostics, gate, summary } = judgement
  // The other sections say what notices about approvals and about other pull requests would say again.
  const told = gate ? diagnostics.filter(({ rule }) => !toldElsewhere.includes(rule)) : diagnostics
  const found = section('### Findings', fileBlocks(told), 18_000)
  if (!gate) return page([`## ${summary.errors > 0 ? '❌ Fail' : '✅ Pass'}`, sum(judgement), ...found])
  const { changes, assessments, decisions, foreseen, assumed, slaEffect, tentative } = gate
  const asked =
    assumed.length === 0 ? '### Approvals' : `### Approvals, if ${enumeration(assumed.map(inlineText))} gave theirs now`
  const rows = section(`### Records\n\n${changesHead}`, changes.map(changeRow), 5_000, '\n')
  return page([
    `## ${signs[gate.verdict]} ${inlineText(headline(judgement))}`,
    sum(judgement),
    ...found,
    ...section(asked, approvalItems(decisions), 10_000, '\n'),
    ...section(
      '',
      assessments.map((each) => assessmentMarkdown(each, tentativeItems(each.change, tentative))),
      15_000,
    ),
    ...section('### Also written by other pull requests', tentativeEditItems(tentative), 2_000, '\n'),
    ...(changes.length === 0 ? ['No record is changed.'] : rows),
    ...section('### Approvals at a later step', foreseen.map(foreseenItem), 2_000, '\n'),
    ...(slaEffect ? slaSection(slaEffectMarkdown(slaEffect)) : []),
    ...ending,
  ])
}

const toldElsewhere: readonly string[] = ['approval-given', 'tentative-conflict', 'tentative-edit']

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}

const signs = { pass: '✅', fail: '❌', pending: '⏳' } as const

function sum(judgement: Judgement): string {
  const counts = judgementSum(judgement)
  return `${counts[0]?.toUpperCase()}${counts.slice(1)}.`
}

/** A titled list as far as its characters go, and how many entries are left out; nothing where there are none. */
function section(title: string, items: readonly string[], most: number, between = '\n\n'): readonly string[] {
  if (items.length === 0) return []
  let [length, shown] = [0, 0]
  for (const item of items) {
    length += item.length + between.length
    if (length > most) break
    shown += 1
  }
  const left = items.length - shown
  const kept = items.slice(0, shown).join(between)
  const first = between === '\n' && title.includes('|') ? `${title}\n${kept}` : `${title}\n\n${kept}`
  return [first.trim(), ...(left === 0 ? [] : [leftOut(left)])]
}

function leftOut(count: number): string {
  return `_${count} more ${count === 1 ? 'is' : 'are'} left out here: run without \`--format markdown\` to see all._`
}

function slaSection(text: string): readonly string[] {
  const [title = '', ...rest] = text.trimEnd().split('\n\n')
  if (text.length > 7_000) return [title, '_Too long for a comment: `gitsm check` in a terminal tells it._']
  return [title, details('What the last full quarter would have been', rest.join('\n\n'))]
}

/** What was found in each file, a block a file. A file with very many findings is cut, so that others are still told. */
function fileBlocks(diagnostics: readonly LocatedDiagnostic[]): readonly string[] {
  const files = [...new Set(diagnostics.map(({ place }) => place.file))]
  return files.flatMap((file) =>
    section(codeText(file), diagnostics.filter(({ place }) => place.file === file).map(finding), 8_000, '\n'),
  )
}

function finding({ severity, span, rule, message, hint, related = [], relatedSpans }: LocatedDiagnostic): string {
  const said = `- **${severity}** in line ${span.line}: ${inlineText(cut(message))} (${codeText(rule)})`
  const cure = hint === undefined ? [] : [`  **Cure:** ${inlineText(cut(hint))}`]
  const see = related.slice(0, 3).map(({ message: other, place }, index) => {
    return `  See ${codeText(`${place.file}:${relatedSpans[index]?.line ?? 1}`)}: ${inlineText(cut(other))}`
  })
  return [said, ...cure, ...see].join('  \n')
}

const longest = 500

function cut(text: string): string {
  const characters = Array.from(text)
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text
}

const changesHead = '| Record | | State |\n| --- | --- | --- |'

function changeRow({ kind, id, type, from, to }: ChangeSummary): string {
  const move = from !== null && to !== null && from !== to ? `${from} → ${to}` : (to ?? from ?? '')
  return `| ${codeText(id)} (${cellText(type)}) | ${kind} | ${cellText(move)} |`
}
