import type { Data } from '../record.ts'
import type { FormField, IssueForm } from './form.ts'

/** An issue form in the words of GitHub (docs.github.com, "Syntax for GitHub's form schema"). */
export function templateOf({ title, description, issueTitle, labels, fields }: IssueForm): Data {
  return {
    name: title,
    description: cut(description, longestDescription),
    ...(issueTitle !== undefined && { title: issueTitle }),
    labels,
    body: [{ type: 'markdown', attributes: { value: notice } }, ...fields.map(element)],
  }
}

/** Longer ones are refused. */
const longestDescription = 200

const notice =
  'What you write becomes a record of this repository. Whoever may read the repository reads it, for good: write no secrets, and nothing private.'

const types = {
  line: 'input',
  text: 'textarea',
  lines: 'textarea',
  choice: 'dropdown',
  choices: 'dropdown',
  boxes: 'checkboxes',
} as const

function element({ id, label, description, placeholder, kind, options, required, suggestion }: FormField): Data {
  const first = options.findIndex(({ value }) => value === suggestion)
  const isMenu = kind === 'choice' || kind === 'choices'
  const isText = kind === 'line' || kind === 'text'
  return {
    type: types[kind],
    id,
    attributes: {
      label,
      ...(description !== '' && { description }),
      ...(placeholder !== undefined && { placeholder }),
      ...(isText && suggestion !== undefined && { value: String(suggestion) }),
      ...(kind === 'choices' && { multiple: true }),
      ...(isMenu && { options: options.map(({ text }) => text) }),
      ...(kind === 'boxes' && { options: options.map(({ text }) => ({ label: text })) }),
      ...(kind === 'choice' && first >= 0 && { default: first }),
    },
    // Boxes can only be required one by one.
    ...(required && kind !== 'boxes' && { validations: { required: true } }),
  }
}

function cut(text: string, longest: number): string {
  const characters = Array.from(text)
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text
}
