import type { EndedCommand } from '../core/deployment/run-record.ts'
import { exactDuration, formatInstant } from '../core/instant.ts'
import { type Data, textAt } from '../core/record.ts'
import { json } from './json.ts'
import { oneLine, paint } from './terminal.ts'

/** Where the record of a run went: onto the mainline, or to a branch that waits to be merged. */
interface RunLanding {
  readonly kind: 'landed' | 'proposed' | 'nothing' | 'refused' | 'unapproved'
  readonly commit?: string
  readonly branch?: string
  readonly because?: readonly string[]
}

/** A run as it is told: that it may happen, or what it came to. */
export type ChangeRunTold = {
  readonly id: string
  readonly file: string
  readonly title: string
  readonly model: string
} & (
  | { readonly kind: 'may_run' }
  | { readonly kind: 'ran'; readonly ended: EndedCommand; readonly data: Data; readonly landed: RunLanding }
)

/** A run as JSON. */
export function changeRunJson(told: ChangeRunTold): string {
  const { id, file, title, model, kind } = told
  const head = { id, file, title, model, kind }
  if (told.kind === 'may_run') return json(head)
  const { ended, data, landed } = told
  return json({
    ...head,
    exitCode: ended.code,
    signal: ended.signal ?? null,
    start: formatInstant(ended.from),
    end: formatInstant(ended.until),
    seconds: ended.until - ended.from,
    state: textAt(data, 'state') ?? null,
    outcome: textAt(data, 'outcome') ?? null,
    recorded: { kind: landed.kind, branch: landed.branch ?? null, commit: landed.commit ?? null },
  })
}

/** A run for people. */
export function changeRunText(told: ChangeRunTold, colour: boolean): string {
  const { bold, green, red, dim } = paint(colour)
  const head = `${bold(oneLine(told.id))}  ${oneLine(told.title)}`
  if (told.kind === 'may_run') return `${head}\n  ${green('may be carried out now')}, by the model ${told.model}\n`
  const { ended, data, landed } = told
  const how = ended.code === 0 ? green('successful') : red(textAt(data, 'outcome') ?? 'failed')
  const where =
    landed.kind === 'landed'
      ? `${told.file} on ${landed.branch}, ${landed.commit?.slice(0, 10)}`
      : `${told.file} waits on the branch ${landed.branch} to be merged: ${(landed.because ?? []).map(oneLine).join('; ')}`
  const next = ended.code === 0 ? '' : `\n  it is in review; close it once its review was held`
  return `${head}\n  ${how} after ${exactDuration(ended.until - ended.from)}${next}\n  ${dim(where)}\n`
}
