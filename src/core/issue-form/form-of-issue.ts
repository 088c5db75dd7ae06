import { answerIn } from './answer.ts'
import { type BodyProblem, bodyReading } from './body.ts'
import { type FormField, type IssueForm, intakeLabel } from './form.ts'

/** An issue, as far as it tells which form it was written with. */
export interface FormedIssue {
  readonly labels: readonly string[]
  readonly body: string
}

/** The form that an issue was written with, and its answers; or why that cannot be told. */
export type FormReading =
  | { readonly form: IssueForm; readonly answers: ReadonlyMap<FormField, string> }
  | Pick<BodyProblem, 'problem' | 'hint'>

/**
 * Finds the form of an issue: the one whose questions stand in its body, among those whose labels it has, or among all
 * where it has those of none. `undefined` for an issue that no form made.
 */
export function formOfIssue(forms: readonly IssueForm[], { labels, body }: FormedIssue): FormReading | undefined {
  const labelled = forms.filter((form) => form.labels.every((label) => labels.includes(label)))
  const candidates = labelled.length > 0 ? labelled : forms
  const problems: BodyProblem[] = []
  const fitting: { readonly form: IssueForm; readonly answers: ReadonlyMap<FormField, string> }[] = []
  for (const form of candidates) {
    const reading = bodyReading(form, body)
    if ('problem' in reading) problems.push(reading)
    else if (isOfItem(form, reading.answers)) fitting.push({ form, answers: reading.answers })
  }
  const [found, another] = fitting
  if (found && !another) return found
  if (found) {
    return {
      problem: `Its questions are those of several forms: ${fitting.map(({ form }) => form.title).join(', ')}`,
      hint: `Give it the label of one: ${fitting.map(({ form }) => form.labels.at(-1)).join(', ')}`,
    }
  }
  if (labelled.length === 0 && !labels.includes(intakeLabel)) return undefined
  const telling = problems.find(({ why }) => why !== 'missing')
  if (telling) return telling
  const [only, more] = problems
  if (labelled.length === 1 && only && !more) return only
  return {
    problem: 'The questions of no form stand in this issue',
    hint: 'Open another issue with one of the forms, or put back the headings as they were',
  }
}

/** Whether the item that an issue orders is the one of this form. */
function isOfItem({ item, fields: [first] }: IssueForm, answers: ReadonlyMap<FormField, string>): boolean {
  if (item === undefined || !first) return true
  const answer = answerIn(first, answers.get(first) ?? '', 'UTC')
  return answer !== undefined && 'value' in answer && answer.value === item
}
