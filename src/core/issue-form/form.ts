import type { Route } from '../place.ts'

/** How an answer is given, and so how it stands in the body of an issue. */
export type AnswerKind =
  /** One line of text. */
  | 'line'
  /** Any number of lines. */
  | 'text'
  /** One line for each item of a list. */
  | 'lines'
  /** One of the options, from a menu. */
  | 'choice'
  /** Some of the options, from a menu: `web-1, web-2`. */
  | 'choices'
  /** Some of the options, each a box to tick: `- [x] web-1`. */
  | 'boxes'

/** What the text of an answer means in a record. */
export type AnswerValue = 'text' | 'number' | 'boolean' | 'instant'

/** Something to choose: what people read, and what a record says. */
export interface FormOption {
  readonly text: string
  readonly value: unknown
}

/** One question of a form. */
export interface FormField {
  /** Where the answer goes in the record. */
  readonly route: Route
  /** Unique in its form; letters, digits, dashes and underscores. */
  readonly id: string
  /** The question, which is also the heading above its answer in the issue. Unique in its form. */
  readonly label: string
  readonly description: string
  readonly kind: AnswerKind
  readonly value: AnswerValue
  /** What can be chosen; empty for other kinds of answers. */
  readonly options: readonly FormOption[]
  readonly required: boolean
  /** What an answer looks like, where that does not go without saying. */
  readonly placeholder?: string
  /** The answer that stands there to begin with: a text, or the value of an option. */
  readonly suggestion?: unknown
}

/** An issue form: what somebody is asked who wants a record of a type. */
export interface IssueForm {
  /** Name of its file without `.yml`. */
  readonly name: string
  /** What the list of forms calls it. */
  readonly title: string
  readonly description: string
  readonly type: string
  /** Of a request: the catalogue item that is ordered. */
  readonly item?: string
  /** The title that an issue begins with. */
  readonly issueTitle?: string
  readonly labels: readonly string[]
  readonly fields: readonly FormField[]
}

/** The label of every issue that becomes a record. */
export const intakeLabel = 'gitsm:intake'

/** The label of issues that become records of a type. */
export function typeLabel(type: string): string {
  return `gitsm:${type}`
}
