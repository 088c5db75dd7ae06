import { addSummary, type Runner, setOutputs } from '../adapters/runner-file.ts'
import { exit } from '../core/exit.ts'
import type { Format } from '../core/judgement.ts'
import type { Outcome } from './world.ts'

/** How a step that ran the Action ended. */
export interface StepResults extends Outcome {
  readonly format: Format
  /** Whether what was printed is wanted on the page of the run, too. */
  readonly summary: boolean
}

/**
 * Hands the results of a step to the steps after it: `verdict`, `exit-code` and, where it is not too large, `out`.
 * Gives back what a person should be told.
 */
export function handOnResults(runner: Runner, { code, out, verdict, format, summary }: StepResults): readonly string[] {
  if (summary && out !== '') addSummary(runner, format === 'markdown' ? out : `${codeBlock(out)}\n`)
  const values = { verdict: verdictOf(code, verdict), 'exit-code': String(code), out }
  return setOutputs(runner, values).map(
    (name) => `The output "${name}" is left out, because it is larger than GitHub takes: write it to a file instead`,
  )
}

function verdictOf(code: number, told: string | undefined): string {
  if (code === exit.pass) return told ?? 'pass'
  if (code === exit.findings) return told ?? 'fail'
  return 'error'
}

/** Text in a block whose fence no line of it can end. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`
}
