import type { Seconds } from './instant.ts'
import { meets, type When } from './lifecycle-when.ts'
import type { Data } from './record.ts'

/** A state that a record may be born in, and the fields it must carry then. */
export interface Birth {
  readonly state: string
  readonly requires: readonly string[]
  /** Name of the guard that must agree (`approval`), if any. */
  readonly guard?: string
  /** Which records may be born so; all where it is left out. */
  readonly when?: When
}

/** Fields that a state requires of some records only. */
export interface Case {
  readonly when: When
  readonly requires: readonly string[]
}

/** One state of a lifecycle. `requires` names fields, by dotted path, that a record standing in it must carry. */
export interface State {
  readonly name: string
  readonly description: string
  readonly final: boolean
  readonly immutable: boolean
  readonly requires: readonly string[]
  /** What it requires beyond that of records that meet a condition. */
  readonly cases?: readonly Case[]
  /** Fields whose edit in this state asks for approval again. */
  readonly reauthorise: readonly string[]
  /** Fields that mean nothing outside this state, such as the reason of a hold: the step out of it removes them. */
  readonly clears: readonly string[]
}

/** One legal step. `requires` names fields that a record must carry when it takes the step. */
export interface Transition {
  readonly from: string
  readonly to: string
  readonly requires: readonly string[]
  readonly guard?: string
  /** Which records may take the step; all where it is left out. */
  readonly when?: When
  /** How long after it entered the state a record may still take the step, and how long it must have stood there. */
  readonly within?: Seconds
  readonly after?: Seconds
  /** Fields that the step makes untrue, such as the resolution of what is reopened: it removes them. */
  readonly clears?: readonly string[]
  /** When time alone makes the step due. */
  readonly automatic?: Automatic
}

/**
 * When a record takes a step by itself: so long after it entered the state, or by a day that one of its fields names.
 */
export interface Automatic {
  readonly after?: Seconds
  /** Fields the day or instant of which must be over. */
  readonly past?: readonly string[]
  /** A field the day or instant of which must have come. */
  readonly on?: string
  /** Which records do; all where it is left out. */
  readonly when?: When
  /** What is noted in the log. */
  readonly note: string
  /** Fields that the step sets; `now` is the instant of the step. */
  readonly sets: Readonly<Record<string, string>>
}

/**
 * What may happen to records of one type: read from `lifecycle.yaml`, whose shape is `schemas/_meta/lifecycle.json`.
 */
export interface Lifecycle {
  readonly initial: readonly Birth[]
  readonly states: ReadonlyMap<string, State>
  readonly transitions: readonly Transition[]
}

/** The legal step of a record between two states; `undefined` when there is none. */
export function transition({ transitions }: Lifecycle, from: string, to: string, data: Data): Transition | undefined {
  return transitions.find((step) => step.from === from && step.to === to && meets(step.when, data))
}

/** The legal birth of a record in a state; `undefined` when there is none. */
export function birth({ initial }: Lifecycle, state: string, data: Data): Birth | undefined {
  return initial.find((each) => each.state === state && meets(each.when, data))
}

/** The states that a record can go to from one, in the order the lifecycle file lists them. */
export function next({ transitions }: Lifecycle, from: string, data: Data): readonly string[] {
  return transitions.filter((step) => step.from === from && meets(step.when, data)).map((step) => step.to)
}

/** The fields that a state requires of a record. */
export function requiredIn({ requires, cases = [] }: State, data: Data): readonly string[] {
  return [...new Set([...requires, ...cases.filter(({ when }) => meets(when, data)).flatMap((each) => each.requires)])]
}
