import { localTime } from '../import/local-time.ts'
import { formatInstant, parseInstant } from '../instant.ts'
import type { FormField, FormOption } from './form.ts'

/** What an answer says, as a record says it; or the lines of it that belong to no box. */
export type Answer = { readonly value: unknown } | { readonly strange: string }

/**
 * What the text of an answer means. Text that does not fit its field stays as it is, for the schema to say what would
 * be right. `undefined` for an answer that names nothing.
 */
export function answerIn({ kind, value, options }: FormField, text: string, zone: string): Answer | undefined {
  const one = (item: string): unknown => chosen(item.trim(), options) ?? meant(item.trim(), value, zone)
  switch (kind) {
    case 'text':
      return { value: text }
    case 'line':
      return { value: one(text) }
    case 'choice':
      return text.trim().toLowerCase() === 'none' ? undefined : { value: one(text) }
    case 'choices':
      return several(text.split(',').map(one), text)
    case 'lines':
      return several(
        filled(text.split('\n')).map((item) => one(item.replace(/^[-*]\s+/, ''))),
        text,
      )
    case 'boxes':
      return ticked(text, one)
  }
}

function filled(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

function several(values: readonly unknown[], text: string): Answer | undefined {
  return text.trim().toLowerCase() === 'none' || values.length === 0 ? undefined : { value: values }
}

const box = /^- \[([ xX])\] (.+)$/

function ticked(text: string, one: (item: string) => unknown): Answer | undefined {
  const lines = filled(text.split('\n'))
  const strange = lines.find((line) => !box.test(line))
  if (strange !== undefined) return { strange }
  const values = lines.flatMap((line) => {
    const [, mark, item = ''] = box.exec(line) ?? []
    return mark === ' ' ? [] : [one(item)]
  })
  return values.length === 0 ? undefined : { value: values }
}

/** The value of an option by its text, or by the id at its end: the title may have changed since. */
function chosen(text: string, options: readonly FormOption[]): unknown {
  const [, id] = /\(([a-z0-9-]+)\)$/.exec(text) ?? []
  return (options.find((option) => option.text === text) ?? options.find((option) => option.value === id))?.value
}

const onTheWall = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/

function meant(text: string, value: FormField['value'], zone: string): unknown {
  if (value === 'number') return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : text
  if (value !== 'instant' || parseInstant(text) !== undefined) return text
  const [, year, month, day, hour, minute, second = '00'] = onTheWall.exec(text) ?? []
  const at = year === undefined ? undefined : localTime(zone).read(`${day}-${month}-${year} ${hour}:${minute}`)
  return at === undefined || Number(second) > 59 ? text : formatInstant(at + Number(second))
}
