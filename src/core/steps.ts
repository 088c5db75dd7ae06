import { type Instant, parseInstant } from './instant.ts'
import { type Data, isData, listAt, textAt } from './record.ts'

/** One step of a record into a state, as the state itself or an entry of `log` tells it. */
export interface Step {
  readonly state: string
  /** Index of the `log` entry that names the step; absent when only `state` shows it. */
  readonly entry?: number
  /** What that entry says about when. */
  readonly declared?: Instant
  /** `hold_reason` of that entry. */
  readonly holdReason?: string
}

/**
 * The steps that an edit takes, in order: those that its newly appended `log` entries name, else the one from the old
 * `state` to the new. For a new record the first step is its birth. An edit that stays where it is takes none.
 *
 * A log whose last named state is not the record's `state` is wrong (the gate says so); history may still hold one, so
 * a last step to `state` is added and nothing is lost.
 */
export function stepsOf(before: Data | undefined, after: Data): readonly Step[] {
  const known = before ? listAt(before, 'log').length : 0
  const named = listAt(after, 'log')
    .slice(known)
    .flatMap((entry, index) => stepOf(entry, known + index))
  const state = textAt(after, 'state')
  const last = named.at(-1)?.state ?? (before && textAt(before, 'state'))
  const all = state === undefined || state === last ? named : [...named, { state }]
  const steps: Step[] = []
  let standing = before && textAt(before, 'state')
  for (const step of all) {
    if (step.state !== standing) steps.push(step)
    standing = step.state
  }
  return steps
}

function stepOf(entry: unknown, index: number): readonly Step[] {
  if (!isData(entry)) return []
  const state = textAt(entry, 'state')
  if (state === undefined) return []
  const declared = parseInstant(textAt(entry, 'at') ?? '')
  const holdReason = textAt(entry, 'hold_reason')
  return [
    {
      state,
      entry: index,
      ...(declared === undefined ? {} : { declared }),
      ...(holdReason === undefined ? {} : { holdReason }),
    },
  ]
}
