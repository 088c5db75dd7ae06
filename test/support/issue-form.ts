import type { FormField, IssueForm } from '../../src/core/issue-form/form.ts'
import { issueForms } from '../../src/core/issue-form/forms.ts'
import { shipped, shippedRecords } from './shipped.ts'

/** The issue forms of the example organisation. */
export function shippedForms(): readonly IssueForm[] {
  return issueForms({ rulebook: shipped.rulebook, records: shippedRecords(), fieldSchema: shipped.fieldSchema })
}

/** One of them by its name. */
export function shippedForm(name: string): IssueForm {
  const form = shippedForms().find((each) => each.name === name)
  if (!form) throw new Error(`there is no form ${name}`)
  return form
}

/** An answer as a person gives it: a text, the options that they picked, or nothing. */
export type Given = string | readonly string[] | undefined

/**
 * The body of an issue as GitHub writes it from the answers to a form: each label as a heading, `_No response_` where
 * nothing was answered, options picked from a menu joined by commas, boxes as a list of tasks.
 */
export function bodyOf(form: IssueForm, given: (field: FormField) => Given): string {
  return form.fields.map((field) => `### ${field.label}\n\n${answerText(field, given(field))}`).join('\n\n')
}

function answerText({ kind, options }: FormField, given: Given): string {
  if (kind === 'boxes') {
    return options
      .map(({ text }) => `- [${Array.isArray(given) && given.includes(text) ? 'x' : ' '}] ${text}`)
      .join('\n')
  }
  const text = given === undefined ? '' : typeof given === 'string' ? given : given.join(', ')
  return text.trim() === '' ? '_No response_' : text
}

/** A body from answers by the ids of questions. */
export function filledBody(form: IssueForm, answers: Readonly<Record<string, Given>>): string {
  return bodyOf(form, ({ id }) => answers[id])
}
