import { isData } from '../../core/record.ts'
import { isShortList, itemLayout } from './nodes.ts'

const plainName = /^[a-z][a-z0-9_]*$/
/**
 * Texts in printable ASCII that begin with a letter and hold neither `:` nor `#`, and instants: they need no quotes.
 */
const plainText = /^(?:[A-Za-z](?:[ -"$-9;-~]*[!-"$-,.-9;-~])?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/
/**
 * Texts of several lines in printable ASCII, of which none is indented or ends in a blank; the last ends or does not.
 */
const plainLines = /^(?:[!-~](?:[ -~]*[!-~])?\n+)+(?:[!-~](?:[ -~]*[!-~])?)?$/
const word = /^(?:true|false|null)$/i
const brackets = /[,[\]{}]/

/**
 * A field of a new record as YAML lines, where it is of the usual kind: a text, a number, or a list of such or of log
 * entries. `undefined` for any other, which the library writes; both write the same, this many times faster.
 */
export function plainField(name: string, value: unknown): string | undefined {
  if (!plainName.test(name) || word.test(name)) return undefined
  if (!Array.isArray(value)) {
    const text = scalar(value, false) ?? lines(value)
    return text === undefined ? undefined : `${name}: ${text}\n`
  }
  if (value.length === 0) return `${name}: []\n`
  if (isShortList(value)) {
    const items = all(value, (item) => scalar(item, true))
    return items && `${name}: [${items.join(', ')}]\n`
  }
  const items = all(value, (item) => (isData(item) ? entry(item) : scalar(item, false)))
  return items && `${name}:\n${items.map((item) => `  - ${item}\n`).join('')}`
}

/** A log entry in brackets. */
function entry(item: Readonly<Record<string, unknown>>): string | undefined {
  const fields = Object.entries(item)
  if (fields.length === 0 || itemLayout(item) !== 'flow') return undefined
  const written = all(fields, ([name, value]) => {
    const text = plainName.test(name) && !word.test(name) ? scalar(value, true) : undefined
    return text === undefined ? undefined : `${name}: ${text}`
  })
  return written && `{ ${written.join(', ')} }`
}

/** A text of several lines as it reads. */
function lines(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.endsWith('\n\n') || !plainLines.test(value)) return undefined
  const [chomping, text] = value.endsWith('\n') ? ['', value.slice(0, -1)] : ['-', value]
  return `|${chomping}${`\n${text}`.replaceAll(/\n(?=[^\n])/g, '\n  ')}`
}

function scalar(value: unknown, inBrackets: boolean): string | undefined {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : undefined
  if (typeof value !== 'string' || !plainText.test(value) || word.test(value)) return undefined
  return inBrackets && brackets.test(value) ? undefined : value
}

/** What is made of every item; `undefined` as soon as nothing is made of one. */
function all<T>(items: readonly T[], make: (item: T) => string | undefined): readonly string[] | undefined {
  const made: string[] = []
  for (const item of items) {
    const text = make(item)
    if (text === undefined) return undefined
    made.push(text)
  }
  return made
}
