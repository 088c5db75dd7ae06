import { formatInstant } from '../core/instant.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import type { SimulatedPeriod } from '../core/simulation.ts'
import { json } from './json.ts'
import { comparisonJson, comparisonMarkdown, comparisonText, differencesText, population } from './simulated-period.ts'
import { oneLine, paint } from './terminal.ts'

/** A simulation with where its agreements come from. */
export interface SimulationPage extends SimulatedPeriod {
  readonly under: { readonly name: string; readonly commit: string | null; readonly isLaidOver: boolean }
}

/** A simulation as JSON. */
export function simulationJson(page: SimulationPage): string {
  const { commit, under } = page
  return json({ commit, with: under, ...comparisonJson(page) })
}

/** A simulation for people. */
export function simulationText(page: SimulationPage, colour: boolean): string {
  const colours = paint(colour)
  const { bold, dim } = colours
  const { name, commit } = page.under
  return `${[
    `${bold(`The clocks as they were → under ${oneLine(name)}${commit === null ? '' : ` (${commit.slice(0, 10)})`}`)}\n${basisOf(page)}`,
    ...comparisonText(page, colours),
    dim(
      `${population(page).replaceAll('. ', '.\n')}\nas of ${formatInstant(page.asOf)}, commit ${page.commit.slice(0, 10)}`,
    ),
  ].join('\n\n')}\n`
}

/** A simulation as Markdown, fit for a comment. */
export function simulationMarkdown(page: SimulationPage): string {
  const { name, commit } = page.under
  const title = `# The clocks as they were → under ${inlineText(name)}${commit === null ? '' : ` (${codeText(commit.slice(0, 10))})`}`
  return `${[
    title,
    inlineText(basisOf(page)),
    ...comparisonMarkdown(page),
    `${inlineText(population(page))} As of ${formatInstant(page.asOf)}, commit ${codeText(page.commit.slice(0, 10))}.`,
  ].join('\n\n')}\n`
}

function basisOf({ under, differences }: SimulationPage): string {
  const whole = under.isLaidOver ? `${oneLine(under.name)} is laid over the newest commit. ` : ''
  if (differences.length === 0) {
    return `${whole}The agreements are those of the newest commit, as if they had stood all along.`
  }
  return `${whole}Different from the newest commit: ${differencesText(differences)}.`
}
