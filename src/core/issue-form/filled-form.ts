import { fragment } from '../fragment.ts'
import { type Data, isData } from '../record.ts'
import { withValue } from '../with-value.ts'
import { answerIn } from './answer.ts'
import type { FormField, IssueForm } from './form.ts'
import { formOfIssue } from './form-of-issue.ts'

/** What is wrong with an issue that is to become a record: with one answer, or with all of it. */
export interface AnswerProblem {
  /** The question, as the form asks it. */
  readonly label?: string
  readonly message: string
  readonly hint?: string
}

/** What an issue says by a form: fields of a record, or why it cannot become one. */
export type FilledForm = { readonly issue: number } & (
  | { readonly form: string; readonly answers: Data }
  | { readonly problems: readonly AnswerProblem[] }
)

/** An issue as the event tells it. */
export interface SubmittedIssue {
  readonly number: number
  readonly labels: readonly string[]
  readonly body: string
}

/** Records have 64 KiB at most; in JSON some characters take more room. */
const mostBytes = 96 * 1024

/** Longer words about an answer are none of ours. */
const longestWords = 4000

/** What an issue says by the form that it was written with; `undefined` for an issue that no form made. */
export function filledForm(forms: readonly IssueForm[], issue: SubmittedIssue, zone: string): FilledForm | undefined {
  const found = formOfIssue(forms, issue)
  if (!found) return undefined
  if ('problem' in found) return { issue: issue.number, problems: [{ message: found.problem, hint: found.hint }] }
  const { form, answers: texts } = found
  const problems: AnswerProblem[] = []
  let answers: Data = {}
  for (const field of form.fields) {
    const text = texts.get(field)
    const answer = text === undefined ? undefined : answerIn(field, text, zone)
    if (answer && 'strange' in answer) {
      const hint = 'Tick boxes only: - [x]'
      problems.push({ label: field.label, message: `"${fragment(answer.strange)}" is no box of this question`, hint })
    } else if (answer) answers = withValue(answers, field.route, answer.value)
    else if (field.required) problems.push({ label: field.label, message: 'An answer is needed', ...choices(field) })
  }
  if (new TextEncoder().encode(JSON.stringify(answers)).length > mostBytes) {
    problems.push({ message: 'The answers are too long for one record', hint: 'Attach long logs as files' })
  }
  return problems.length > 0 ? { issue: issue.number, problems } : { issue: issue.number, form: form.name, answers }
}

function choices({ options }: FormField): Pick<AnswerProblem, 'hint'> {
  const few = options.length > 0 && options.length <= 12
  return few ? { hint: `One of: ${options.map(({ text }) => text).join(', ')}` } : {}
}

/** A filled form as text that another job can read. */
export function filledFormText(filled: FilledForm): string {
  return JSON.stringify({ version: 1, ...filled })
}

/**
 * Reads a filled form that a job without rights handed on: nothing in it is believed. `undefined` for anything else,
 * and where it answers what its form does not ask.
 */
export function filledFormIn(text: string, forms: readonly IssueForm[]): FilledForm | undefined {
  if (text.length > 4 * mostBytes) return undefined
  const data = parsed(text)
  if (!isData(data) || data['version'] !== 1) return undefined
  const { issue, form: name, answers, problems } = data
  if (typeof issue !== 'number' || !Number.isSafeInteger(issue) || issue < 1) return undefined
  if (Array.isArray(problems)) return problems.every(isProblem) ? { issue, problems: problems.slice(0, 50) } : undefined
  const form = forms.find((each) => each.name === name)
  if (!form || !isData(answers) || !areOf(form, answers)) return undefined
  return { issue, form: form.name, answers }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProblem(value: unknown): value is AnswerProblem {
  if (!isData(value)) return false
  const { label, message, hint } = value
  const isText = (each: unknown): boolean => typeof each === 'string' && each.length <= longestWords
  return isText(message) && [label, hint].every((each) => each === undefined || isText(each))
}

/** Whether every answer stands where the form puts one, and is a text, a number, yes or no, or a list of such. */
function areOf({ fields }: IssueForm, answers: Data): boolean {
  const routes = new Set(fields.map(({ route }) => route.join('.')))
  const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)
  const isAnswer = (value: unknown): boolean => (Array.isArray(value) ? value.every(isPlain) : isPlain(value))
  return Object.entries(answers).every(([field, value]) =>
    isData(value)
      ? Object.entries(value).every(([name, answer]) => routes.has(`${field}.${name}`) && isAnswer(answer))
      : routes.has(field) && isAnswer(value),
  )
}
