import type { DueStep } from '../core/due-step.ts'
import { json } from './json.ts'
import { oneLine } from './terminal.ts'

/** What became of a step that was due. */
export interface TickedStep {
  readonly due: DueStep
  readonly outcome: 'due' | 'written' | 'moved' | 'proposed' | 'held' | 'failed'
  /** Why it is held or only proposed, or what went wrong. */
  readonly because?: string
  readonly commit?: string
  readonly branch?: string
  readonly pullRequest?: { readonly number: number; readonly url: string }
}

/** The steps as JSON. */
export function tickJson(steps: readonly TickedStep[]): string {
  return json({
    steps: steps.map(({ due: { record, from, to, because, note }, outcome, ...rest }) => ({
      ...{ id: record.id, type: record.type, file: record.file, from, to, outcome },
      ...{ due: because, note },
      ...{ because: rest.because ?? null, commit: rest.commit ?? null, branch: rest.branch ?? null },
      pullRequest: rest.pullRequest ?? null,
    })),
  })
}

/** The steps for people, a line each and one for what is to be known beyond. */
export function tickText(steps: readonly TickedStep[]): string {
  if (steps.length === 0) return 'Nothing is due\n'
  const lines = steps.flatMap(({ due, outcome, because, commit, branch, pullRequest }) => {
    const { record, from, to } = due
    const where = pullRequest ? pullRequest.url : (branch ?? commit?.slice(0, 7))
    const said = outcome === 'moved' ? '' : ` (${outcome})`
    return [
      `${record.id}  ${from === to ? 'noted' : `${from} → ${to}`}${said}  ${oneLine(due.because)}`,
      ...(where === undefined ? [] : [`  ${where}`]),
      ...(because === undefined || because === '' ? [] : [`  ${oneLine(because)}`]),
    ]
  })
  return `${lines.join('\n')}\n`
}
