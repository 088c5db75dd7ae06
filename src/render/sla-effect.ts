import { formatInstant } from '../core/instant.ts'
import { inlineText } from '../core/markdown.ts'
import { isSame } from '../core/same.ts'
import type { SimulatedLine, SimulatedPeriod, SlaEffect } from '../core/simulation.ts'
import { comparisonJson, comparisonMarkdown, comparisonText, differencesText, population } from './simulated-period.ts'
import { oneLine, type Paint } from './terminal.ts'

/** What a change would have made of the clocks of a past period, as the value that JSON tells. */
export function slaEffectJson(effect: SlaEffect): object {
  if ('unknown' in effect) return { error: { message: effect.unknown, cure: effect.cure } }
  return { commit: effect.commit, ...comparisonJson(effect) }
}

/** The same for people: the lines that come out otherwise, and the clocks behind them. */
export function slaEffectText(effect: SlaEffect, colours: Paint): string {
  const title = colours.bold('Effect on service levels')
  if ('unknown' in effect) {
    return `${title} is unknown: ${oneLine(effect.unknown)}\n  ${colours.green('cure')}: ${oneLine(effect.cure)}`
  }
  const blocks = comparisonText(effect, colours, moves)
  const foot = colours.dim(basis(effect).replaceAll('. ', '.\n'))
  return [`${title}\n${oneLine(named(effect))}`, ...blocks, foot].join('\n\n')
}

/** The same as a section of a comment. */
export function slaEffectMarkdown(effect: SlaEffect): string {
  const title = '### Effect on service levels'
  if ('unknown' in effect) return `${title}\n\n${inlineText(`Unknown: ${effect.unknown}. ${effect.cure}.`)}\n`
  const blocks = comparisonMarkdown(effect, moves)
  return `${[title, inlineText(named(effect)), ...blocks, inlineText(basis(effect))].join('\n\n')}\n`
}

function named({ differences }: SimulatedPeriod): string {
  return `The last full quarter under the base, beside what it would have been with ${differencesText(differences)}, had either stood all along.`
}

function moves({ before, after, objective, onlyBefore, onlyAfter }: SimulatedLine): boolean {
  return !isSame(before, after) || objective.before !== objective.after || onlyBefore + onlyAfter > 0
}

function basis(effect: SimulatedPeriod): string {
  return `${population(effect)} As of ${formatInstant(effect.asOf)}, commit ${effect.commit.slice(0, 10)}.`
}
