import { formatInstant, humanDuration, type Instant } from '../core/instant.ts'
import { newCommand, problemProposal } from '../core/problem-proposal.ts'
import { textAt } from '../core/record.ts'
import type { Repeat, RepeatRate } from '../core/repeat-incidents.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** Problems that repeated incidents call for, and what they were measured by. */
export interface Suggestions {
  readonly asOf: Instant
  readonly rate: RepeatRate
  readonly repeats: readonly Repeat[]
}

/** Suggested problems as JSON; `over` is in seconds, `problem` holds the fields of the problem to write. */
export function suggestionsJson({ asOf, rate, repeats }: Suggestions): string {
  return json({
    asOf: formatInstant(asOf),
    over: rate.over,
    atLeast: rate.atLeast,
    suggestions: repeats.map((repeat) => {
      const problem = problemProposal(repeat)
      return {
        by: repeat.by,
        shared: repeat.shared,
        count: repeat.incidents.length,
        incidents: repeat.incidents.map(({ id }) => id),
        problem,
        command: newCommand('problem', problem),
      }
    }),
  })
}

/** Suggested problems for people: what repeats, the evidence, and the command that opens the problem. */
export function suggestionsText({ asOf, rate, repeats }: Suggestions, colour: boolean): string {
  const { bold, dim } = paint(colour)
  const measure = `${rate.atLeast} or more incidents in ${humanDuration(rate.over)} up to ${formatInstant(asOf)}, not yet part of a problem`
  if (repeats.length === 0) return `nothing repeats: no ${measure}\n`
  const blocks = repeats.map((repeat) => {
    const { by, shared, incidents } = repeat
    const rows = incidents.map(({ id, data }) => [
      `  ${id}`,
      (textAt(data, 'opened_at') ?? '').slice(0, 10),
      oneLine(textAt(data, 'title') ?? ''),
    ])
    const head = `${bold(`${incidents.length} incidents`)} of the same ${by}: ${bold(oneLine(shared.join(', ')))}`
    return `${head}\n${columns(rows)}\n  ${dim(oneLine(newCommand('problem', problemProposal(repeat))))}`
  })
  return `${blocks.join('\n\n')}\n\n${dim(measure)}\n`
}
