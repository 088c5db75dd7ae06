import { type Data, isData, listAt, textAt } from '../record.ts'
import type { AnswerKind, AnswerValue, FormField, FormOption } from './form.ts'

/** What a field's schema says of its answers. */
export type AnswerForm = Pick<FormField, 'kind' | 'value' | 'options'>

/** Longer texts get room for several lines. */
const longestLine = 250
/** More options than this are no menu: then the id is written. */
const mostOptions = 250
/** Few options are easier to tick than to pick from a menu. */
const mostBoxes = 12

/**
 * How a field is asked, by its schema and the records or categories that it can name; `undefined` where its value is
 * nothing that a form can ask, such as a mapping.
 */
export function answerForm(schema: Data, known: readonly FormOption[]): AnswerForm | undefined {
  if (schema['type'] === 'array') {
    const items = isData(schema['items']) ? schema['items'] : {}
    const one = answerForm(items, known)
    return one && one.kind !== 'lines' ? severalOf(one) : undefined
  }
  const options = known.length > 0 ? known : optionsOf(schema)
  const value = meaningOf(schema)
  if (value === undefined) return undefined
  if (options.length > 0 && areOptions(options)) return { kind: 'choice', value, options }
  return { kind: isLong(schema, value) ? 'text' : 'line', value, options: [] }
}

function severalOf({ options, value }: AnswerForm): AnswerForm {
  const kind: AnswerKind = options.length === 0 ? 'lines' : options.length <= mostBoxes ? 'boxes' : 'choices'
  // In a menu the answers are joined by commas.
  if (kind === 'choices' && options.some(({ text }) => text.includes(','))) return { kind: 'lines', value, options: [] }
  return { kind, value, options }
}

function meaningOf(schema: Data): AnswerValue | undefined {
  const { type } = schema
  if (type === 'boolean' || type === 'integer' || type === 'number') return type === 'boolean' ? 'boolean' : 'number'
  if (type === undefined) return listAt(schema, 'enum').length > 0 ? 'text' : undefined
  if (type !== 'string') return undefined
  return schema['format'] === 'date-time' ? 'instant' : 'text'
}

/** A text without a limit may be long, unless it must look like something. */
function isLong({ maxLength, format, pattern, enum: values }: Data, value: AnswerValue): boolean {
  const most = typeof maxLength === 'number' ? maxLength : pattern === undefined ? Number.POSITIVE_INFINITY : 0
  return value === 'text' && format === undefined && values === undefined && most > longestLine
}

function optionsOf(schema: Data): readonly FormOption[] {
  if (schema['type'] === 'boolean') {
    return [
      { text: 'Yes', value: true },
      { text: 'No', value: false },
    ]
  }
  return listAt(schema, 'enum').map((value) => ({ text: optionText(String(value)), value }))
}

/** An option that names a record: its title, and its id by which it is known. */
export function recordOption(id: string, data: Data): FormOption {
  const title = lineOf(textAt(data, 'title') ?? '')
    .replaceAll(',', '')
    .slice(0, 100)
  return { text: title === '' ? id : `${title} (${id})`, value: id }
}

/** Options must differ, and none may be empty: GitHub refuses the form otherwise. */
function areOptions(options: readonly FormOption[]): boolean {
  const texts = new Set(options.map(({ text }) => text.toLowerCase()))
  return texts.size === options.length && !texts.has('') && options.length <= mostOptions
}

/** `None` is a word of GitHub's for no answer. */
function optionText(text: string): string {
  const line = lineOf(text)
  return line.toLowerCase() === 'none' ? `(${line})` : line
}

/** A text as one line. */
export function lineOf(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
