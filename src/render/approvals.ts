import type { Decision } from '../core/approval/decide.ts'
import type { Demand } from '../core/approval/demand.ts'
import { requirementText } from '../core/approval/requirement.ts'
import { enumeration } from '../core/enumeration.ts'
import { addTo } from '../core/lists-by-key.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import type { Verdict } from '../core/verdict.ts'
import { oneLine, type Paint } from './terminal.ts'

/** The approvals that a change needs as trees: what asks for each, by which rule, who gave it and what did not count. */
export function approvalsText(decisions: readonly Decision[], assumed: readonly string[], colours: Paint): string {
  const title =
    assumed.length === 0 ? 'approvals' : `approvals, if ${enumeration(assumed.map(oneLine))} gave theirs now`
  return [colours.bold(title), ...alike(decisions).flatMap((group) => decisionLines(group, colours))].join('\n')
}

/** An approval that a record will need at a later step. */
export function foreseenText({ id, reason, policy, rule }: Demand, colours: Paint): string {
  const needs = needsText(rule)
  return `later ${colours.bold(oneLine(id))} ${colours.dim(`(${oneLine(reason)}; ${policy.id})`)}  ${oneLine(needs)}`
}

/** The same as items of a list in Markdown. */
export function approvalItems(decisions: readonly Decision[]): readonly string[] {
  return alike(decisions).map((group) => {
    const [decision] = group
    const { demand, because, parts } = decision
    const about = `${namesMarkdown(group)} (${inlineText(demand.reason)}; ${codeText(demand.policy.id)})`
    return [`- ${sign(decision)} ${about}: ${inlineText(because)}`, ...innerItems(parts, because, '  ', true)].join(
      '\n',
    )
  })
}

/** An approval that a record will need at a later step, as an item of a list in Markdown. */
export function foreseenItem({ id, reason, policy, rule }: Demand): string {
  return `- ${codeText(id)} (${inlineText(reason)}; ${codeText(policy.id)}): ${inlineText(needsText(rule))}`
}

function needsText(rule: Demand['rule']): string {
  return rule ? `${rule.name}: ${requirementText(rule.require)}` : 'no rule matches, so nobody could approve it'
}

type Group = readonly [Decision, ...Decision[]]

/** Decisions of which everything but the record is the same are told once: an import may bring thousands. */
function alike(decisions: readonly Decision[]): readonly Group[] {
  const groups = new Map<string, [Decision, ...Decision[]]>()
  for (const decision of decisions) {
    const { demand, met, because, parts } = decision
    const key = JSON.stringify([demand.type, demand.reason, demand.policy.id, met, because, parts])
    addTo(groups, key, decision)
  }
  return [...groups.values()]
}

const few = 3

function namesOf(group: Group): string {
  const ids = group.map(({ demand }) => oneLine(demand.id))
  return ids.length <= few + 1 ? ids.join(', ') : `${ids.slice(0, few).join(', ')} and ${ids.length - few} others`
}

function namesMarkdown(group: Group): string {
  const ids = group.map(({ demand }) => codeText(demand.id))
  return ids.length <= few + 1 ? ids.join(', ') : `${ids.slice(0, few).join(', ')} and ${ids.length - few} others`
}

function innerItems(parts: readonly Verdict[], said: string, indent: string, outermost = false): readonly string[] {
  return parts.flatMap((part) => {
    if (isTold(part, parts, said, outermost)) return innerItems(part.parts, part.because, indent)
    const line = `${indent}- ${sign(part)} ${inlineText(part.because)}`
    return [line, ...innerItems(part.parts, part.because, `${indent}  `)]
  })
}

/** Whether what was just said, after the name of a rule or without, says a part already. */
function isTold(part: Verdict, among: readonly Verdict[], said: string, outermost: boolean): boolean {
  if (said !== part.because && !said.includes(`: ${part.because}`)) return false
  return among.length === 1 || (outermost && part.parts.length > 0)
}

function sign(verdict: Verdict & { readonly until?: number }): string {
  return verdict.met ? '✅' : verdict.until !== undefined || isWaiting(verdict) ? '⏳' : '❌'
}

/** Whether all that is missing can still be given. */
function isWaiting({ met, awaits, parts }: Verdict): boolean {
  if (met || awaits) return !met
  const missing = parts.filter((part) => !part.met)
  return missing.length > 0 && missing.every(isWaiting)
}

function decisionLines(group: Group, colours: Paint): readonly string[] {
  const [decision] = group
  const { demand, because, parts } = decision
  const about = `${colours.bold(namesOf(group))} ${colours.dim(`(${oneLine(demand.reason)}; ${demand.policy.id})`)}`
  return [`${mark(decision, colours)} ${about}  ${oneLine(because)}`, ...inner(parts, because, '  ', colours, true)]
}

/** The parts of a verdict, indented; a part that says no more than what was just said gives way to its own parts. */
function inner(
  parts: readonly Verdict[],
  said: string,
  indent: string,
  colours: Paint,
  outermost = false,
): readonly string[] {
  return parts.flatMap((part) => {
    if (isTold(part, parts, said, outermost)) return inner(part.parts, part.because, indent, colours)
    const line = `${indent}${mark(part, colours)} ${oneLine(part.because)}`
    return [line, ...inner(part.parts, part.because, `${indent}  `, colours)]
  })
}

function mark({ met, until }: Verdict & { readonly until?: number }, colours: Paint): string {
  if (met) return colours.green('✓')
  return until === undefined ? colours.red('✗') : colours.yellow('…')
}
