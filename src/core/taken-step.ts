import { type Change, type Data, type RecordDoc, textAt } from './record.ts'
import { type Step, stepsOf } from './steps.ts'

/** A step that a change takes: the record as it stands afterwards, and the state it came from; none at its birth. */
export interface TakenStep {
  readonly record: RecordDoc
  /** What the record said before the change; absent where the change adds it. */
  readonly before?: Data
  readonly from?: string
  readonly step: Step
}

/** The steps of all changes, each from state to state, in order; the first step of a new record is its birth. */
export function* takenSteps(changes: readonly Change[]): Generator<TakenStep> {
  for (const change of changes) {
    if (change.kind === 'removed') continue
    const before = change.kind === 'edited' ? change.before.data : undefined
    let from = before && textAt(before, 'state')
    for (const step of stepsOf(before, change.after.data)) {
      yield { record: change.after, step, ...(before && { before }), ...(from !== undefined && { from }) }
      from = step.state
    }
  }
}
