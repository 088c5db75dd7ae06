/** A state that a record may be born in, and the fields it must carry then. */
export interface Birth {
  readonly state: string
  readonly requires: readonly string[]
  /** Name of the guard that must agree (`approval`), if any. */
  readonly guard?: string
}

/** One state of a lifecycle. `requires` names fields, by dotted path, that a record standing in it must carry. */
export interface State {
  readonly name: string
  readonly description: string
  readonly final: boolean
  readonly immutable: boolean
  readonly requires: readonly string[]
  /** Fields whose edit in this state asks for approval again. */
  readonly reauthorise: readonly string[]
}

/** One legal step. `requires` names fields that a record must carry when it takes the step. */
export interface Transition {
  readonly from: string
  readonly to: string
  readonly requires: readonly string[]
  readonly guard?: string
}

/** What may happen to records of one type: read from `lifecycle.yaml`, whose shape is `schemas/_meta/lifecycle.json`. */
export interface Lifecycle {
  readonly initial: readonly Birth[]
  readonly states: ReadonlyMap<string, State>
  readonly transitions: readonly Transition[]
}

/** The legal step between two states; `undefined` when there is none. */
export function transition(lifecycle: Lifecycle, from: string, to: string): Transition | undefined {
  return lifecycle.transitions.find((step) => step.from === from && step.to === to)
}

/** The states one step away, in the order the lifecycle file lists them. */
export function next(lifecycle: Lifecycle, from: string): readonly string[] {
  return lifecycle.transitions.filter((step) => step.from === from).map((step) => step.to)
}
