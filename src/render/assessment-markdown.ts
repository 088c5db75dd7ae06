import type { ChangeAssessment } from '../core/change-assessment.ts'
import { isOpen, type SettledConflict } from '../core/conflict-waiver.ts'
import { humanInstant, parseInstant } from '../core/instant.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import { textAt } from '../core/record.ts'
import type { TimeSpan } from '../core/time-span.ts'
import { impactText, noticeText, reasons } from './assessment.ts'
import { details } from './details.ts'
import { impactDiagram } from './impact-diagram.ts'

/** How many items a diagram of a comment shows; `gitsm impact` shows more. */
const mostDrawn = 30

/**
 * An assessment as a part of a page in Markdown: what those who weigh the change must see, and the rest folded. `also`
 * are items of a list that somebody else adds.
 */
export function assessmentMarkdown(assessment: ChangeAssessment, also: readonly string[] = []): string {
  const { change, risk, touched, conflicts, windows, communication } = assessment
  const declared = risk.declared === undefined ? 'none declared' : `${risk.declared} declared`
  const facts = [
    `**${inlineText(risk.level)}** risk (${inlineText(declared)})`,
    ...plannedText(change),
    `if it fails: ${inlineText(impactText(touched))}`,
  ]
  const points = [
    ...conflicts.map(conflictItem),
    ...also,
    ...windows
      .filter(({ id }) => !conflicts.some((each) => each.with.id === id))
      .map(({ kind, id }) => `- meets the ${kind === 'freeze' ? 'freeze' : 'maintenance window'} ${codeText(id)}`),
  ]
  const drawn = touched.slice(0, mostDrawn)
  const folded = [
    reasons(risk.verdict)
      .map((because) => `- risk: ${inlineText(because)}`)
      .join('\n'),
    ...(drawn.length > 1 ? [impactDiagram(drawn, ({ id }) => id)] : []),
    ...(touched.length > drawn.length ? [`The diagram shows the nearest ${drawn.length} of ${touched.length}.`] : []),
    ...(communication.length === 0
      ? []
      : [communication.map((notice) => `- tell ${inlineText(noticeText(notice))}`).join('\n')]),
  ]
  return [
    `### ${codeText(change.id)} ${inlineText(textAt(change.data, 'title') ?? '')}`.trimEnd(),
    facts.join(' · '),
    points.length === 0 ? 'It collides with nothing.' : points.join('\n'),
    details('Why this risk, what it can break, and who is to be told', folded.join('\n\n')),
  ].join('\n\n')
}

function plannedText({ data }: ChangeAssessment['change']): readonly string[] {
  const [from, until] = ['planned_start', 'planned_end'].map((field) => parseInstant(textAt(data, field) ?? ''))
  if (from === undefined || until === undefined) return ['no time planned yet']
  return [`planned ${stretchText({ from, until })}`]
}

/** A stretch of time for people, in UTC: the day is said once where it is the same. */
export function stretchText(span: TimeSpan): string {
  const [begin, end] = [humanInstant(span.from), humanInstant(span.until)]
  return `${begin} to ${begin.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end} UTC`
}

function conflictItem(conflict: SettledConflict): string {
  const { because, waiver, flaw } = conflict
  const said = `${codeText(conflict.with.id)}: ${inlineText(because)} (${stretchText(conflict)})`
  if (waiver) return `- ✅ waived conflict with ${said}; ${inlineText(`${waiver.approver}: ${waiver.reason}`)}`
  if (!isOpen(conflict)) return `- ⚠️ conflict that does not stop it, with ${said}`
  return `- ❌ conflict with ${said}${flaw ? `; ${inlineText(`the waiver does not count: ${flaw.because}`)}` : ''}`
}
