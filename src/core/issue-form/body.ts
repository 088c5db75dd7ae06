import type { FormField, IssueForm } from './form.ts'

/** What stands under the heading of each question, or why that cannot be told. */
export type BodyReading = { readonly answers: ReadonlyMap<FormField, string> } | BodyProblem

/** Why a body cannot be read by a form. */
export interface BodyProblem {
  readonly why: 'missing' | 'repeated' | 'order' | 'above'
  readonly problem: string
  readonly hint: string
}

/**
 * Reads the body of an issue as GitHub writes it for a form: each label as a heading, in order, the answer below. The
 * person who answers writes freely, also headings: where a label stands twice nobody can tell the question from the
 * answer, so nothing is read. A question without an answer is left out.
 */
export function bodyReading({ fields }: IssueForm, body: string): BodyReading {
  const lines = body.replace(/\r\n?/g, '\n').split('\n')
  const places = fields.map((field) => placesOf(lines, field))
  for (const [at, { label }] of fields.entries()) {
    const [place, another] = places[at] ?? []
    if (place === undefined) {
      return {
        why: 'missing',
        problem: `The heading "${headingOf(label)}" is missing`,
        hint: 'Put it back above its answer, with _No response_ below where there is none',
      }
    }
    if (another !== undefined) {
      return {
        why: 'repeated',
        problem: `The line "${headingOf(label)}" stands there ${places[at]?.length} times, so answers cannot be told from questions`,
        hint: 'Write it differently where it is part of an answer, for example with one word before it',
      }
    }
  }
  const starts = places.flatMap(([place]) => place ?? [])
  const late = starts.findIndex((place, at) => place < (starts[at - 1] ?? 0))
  if (late > 0) {
    return {
      why: 'order',
      problem: `The heading "${headingOf(fields[late]?.label ?? '')}" stands above the one before it`,
      hint: `The order is ${fields.map(({ label }) => label).join(', ')}`,
    }
  }
  if (lines.slice(0, starts[0]).some((line) => line.trim() !== '')) {
    return {
      why: 'above',
      problem: 'There is text above the first question',
      hint: 'Move it below the question that it answers',
    }
  }
  return { answers: new Map(fields.flatMap((field, at) => answerOf(field, lines.slice(starts[at], starts[at + 1])))) }
}

/** The heading that GitHub writes above an answer. */
export function headingOf(label: string): string {
  return `### ${label}`
}

const none = '_No response_'

function placesOf(lines: readonly string[], { label }: FormField): readonly number[] {
  const heading = headingOf(label)
  return lines.flatMap((line, at) => (line.trimEnd() === heading ? [at] : []))
}

/** The answer below its heading, without the blank lines around it. */
function answerOf(field: FormField, [, ...below]: readonly string[]): readonly [FormField, string][] {
  const text = below
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
  return text.trim() === '' || text.trim() === none ? [] : [[field, text]]
}
