import { isData } from './record.ts'

// Values read from YAML as texts and back, exactly: unlike JSON also −0, infinities, what is no number, and halves of
// characters. Texts that JSON cannot tell begin with a sign that no JSON text begins with.

const mark = '!'

/** A value as text. Equal texts are equal values, down to the order of fields. */
export function textOfValue(value: unknown): string {
  return isTold(value) ? JSON.stringify(value) : mark + JSON.stringify(tagged(value))
}

/** The value that a text of `textOfValue` tells. */
export function valueOfText(text: string): unknown {
  return text.startsWith(mark) ? untagged(JSON.parse(text.slice(mark.length))) : JSON.parse(text)
}

function isTold(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (Array.isArray(value)) return value.every(isTold)
  return !isData(value) || Object.values(value).every(isTold)
}

function tagged(value: unknown): unknown {
  if (typeof value === 'number') return ['number', Object.is(value, -0) ? '-0' : String(value)]
  if (Array.isArray(value)) return ['list', value.map(tagged)]
  if (isData(value)) return ['fields', Object.entries(value).map(([name, item]) => [name, tagged(item)])]
  return ['plain', value]
}

function untagged(told: unknown): unknown {
  const [kind, content]: readonly unknown[] = Array.isArray(told) ? told : []
  if (kind === 'number') return Number(content)
  if (!Array.isArray(content)) return content
  if (kind === 'list') return content.map(untagged)
  return Object.fromEntries(content.map(([name, item]: readonly unknown[]) => [String(name), untagged(item)]))
}
