import type { LocatedDiagnostic, Severity } from '../core/diagnostic.ts'
import type { ChangeSummary, Judgement } from '../core/judgement.ts'
import { approvalsText, foreseenText } from './approvals.ts'
import { assessmentText } from './assessment.ts'
import { slaEffectText } from './sla-effect.ts'
import { oneLine, type Paint, paint, printable } from './terminal.ts'

/** A judgement for people: each diagnostic with its place, the line it is about and the cure, then the sum. */
export function judgementText(judgement: Judgement, colour: boolean): string {
  const colours = paint(colour)
  // The tree of approvals says what notices about them would say again.
  const told = judgement.diagnostics.filter(({ rule }) => rule !== 'approval-given')
  const blocks = told.map((diagnostic) => block(diagnostic, judgement.sources, colours))
  const { gate } = judgement
  const changes = gate && gate.changes.length > 0 ? [gate.changes.map((change) => changeLine(change)).join('\n')] : []
  const weighed = gate?.assessments.map((each) => assessmentText(each, colours)) ?? []
  const approvals = gate && gate.decisions.length > 0 ? [approvalsText(gate.decisions, gate.assumed, colours)] : []
  const later =
    gate && gate.foreseen.length > 0 ? [gate.foreseen.map((each) => foreseenText(each, colours)).join('\n')] : []
  const effect = gate?.slaEffect ? [slaEffectText(gate.slaEffect, colours)] : []
  return `${[...changes, ...weighed, ...effect, ...approvals, ...later, ...blocks, sum(judgement, colours)].join('\n\n')}\n`
}

function block(diagnostic: LocatedDiagnostic, sources: Judgement['sources'], colours: Paint): string {
  const { place, span, severity, message, rule, hint, related = [], relatedSpans } = diagnostic
  const name = { error: colours.red, warning: colours.yellow, notice: colours.blue }[severity](severity)
  const at = colours.bold(`${oneLine(place.file)}:${span.line}:${span.column}`)
  const lines = [`${at}  ${name}  ${oneLine(message)}  ${colours.dim(rule)}`]
  const source = sources.get(place.file)?.split(/\r?\n/)[span.line - 1]
  if (source !== undefined && source.trim() !== '') lines.push(...quoted(source, diagnostic, colours))
  if (hint !== undefined) lines.push(`  ${colours.green('cure')}: ${oneLine(hint)}`)
  for (const [index, { message: said, place: other }] of related.entries()) {
    const where = relatedSpans[index]
    lines.push(
      `  ${colours.dim('see')}: ${oneLine(other.file)}:${where?.line ?? 1}:${where?.column ?? 1} ${oneLine(said)}`,
    )
  }
  return lines.join('\n')
}

const widest = 120

/** The line, and a caret under the part that is meant; long lines are left out. */
function quoted(source: string, { span }: LocatedDiagnostic, colours: Paint): readonly string[] {
  if (source.length > widest) return []
  const number = String(span.line)
  const end = span.endLine === span.line ? span.endColumn : source.length + 1
  const before = source.slice(0, span.column - 1).replaceAll(/[^\t]/g, ' ')
  const marks = '^'.repeat(Math.max(1, Math.min(end, source.length + 1) - span.column))
  const gutter = (text: string) => colours.dim(`  ${text.padStart(number.length)} | `)
  return [gutter(number) + printable(source), gutter('') + before + colours.red(marks)]
}

function changeLine({ kind, id, type, from, to }: ChangeSummary): string {
  const move = from !== null && to !== null && from !== to ? `${from} → ${to}` : (to ?? from ?? '')
  return `${kind.padEnd(7)}  ${type} ${oneLine(id)}${move === '' ? '' : `  ${move}`}`
}

function sum(judgement: Judgement, colours: Paint): string {
  const { gate, summary } = judgement
  const head = gate ? `${gate.verdict}: ` : ''
  return (summary.errors === 0 ? colours.green : colours.red)(`${head}${judgementSum(judgement)}`)
}

/** How many records were judged, and what was found, in words. */
export function judgementSum({ diagnostics, summary }: Judgement): string {
  const counts = (['error', 'warning', 'notice'] as const)
    .map((severity) => ({ severity, n: count(diagnostics, severity) }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${n} ${severity}${n === 1 ? '' : 's'}`)
  const records = `${summary.records} record${summary.records === 1 ? '' : 's'}`
  const found = counts.length === 0 ? 'no findings' : counts.join(', ')
  return `${records}, ${found}`
}

function count(diagnostics: readonly LocatedDiagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
}
