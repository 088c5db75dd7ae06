import type { FieldEdit } from '../../core/file-content.ts'
import { isReadable } from './encoding.ts'
import { type EverydayFields, fieldValue, isPlain, list, orBeyond } from './everyday.ts'
import { beyond, type Cursor, code, count, peek, toContent } from './everyday-cursor.ts'
import { setField } from './everyday-field.ts'
import { nameAhead } from './everyday-scalar.ts'

/** The fields of a text, told by those of another text that was read before it. */
export type EditedFields = EverydayFields & Pick<FieldEdit, 'kept' | 'values'>

/**
 * Reads what a text changed of another that was read in the everyday form: `undefined` where that cannot be told, and
 * all of it has to be read. A field stands as it stood where its lines do, and a list has grown where other items come
 * behind its lines. What it tells is what reading all of the text would tell; a property test holds the two equal.
 */
export function editedFields(text: string, before: EverydayFields): EditedFields | undefined {
  const [first = 0] = before.starts
  if (!isPlain(text) || !text.startsWith(before.text.slice(0, first))) return undefined
  return orBeyond(() => fieldsAfter({ text, at: first, indent: 0, edge: 0, nodes: before.nodes }, before))
}

function fieldsAfter(cursor: Cursor, before: EverydayFields): EditedFields {
  const { text } = cursor
  const [names, starts, kept, values]: [string[], number[], number[], unknown[]] = [[], [], [], []]
  const read: { [name: string]: unknown } = {}
  let next = 0
  while (cursor.at < text.length) {
    for (; next < before.names.length && stands(cursor, before, next); next++) {
      names.push(before.names[next] ?? '')
      starts.push(cursor.at)
      kept.push(next)
      values.push(undefined)
      cursor.at += lengthOf(before, next)
    }
    if (cursor.at >= text.length) break
    const name = nameAhead(cursor)
    if (name === undefined) throw beyond
    const place = before.names.indexOf(name, next)
    if (place > next) {
      next = place
      continue
    }
    const start = cursor.at
    const added = place === next ? addedItems(cursor, before, place) : undefined
    if (added === undefined) {
      count(cursor)
      cursor.at = start + name.length + 1
      setField(read, name, fieldValue(cursor, 0, 1))
    }
    if (cursor.indent > 0 || !isReadable(text.slice(start, cursor.at))) throw beyond
    names.push(name)
    starts.push(start)
    kept.push(added ? place : -1)
    values.push(added ?? read[name])
    if (place === next) next += 1
  }
  if (names.length === 0) throw beyond
  for (const [index, name] of names.entries()) if (kept[index] !== -1 && read[name] !== undefined) throw beyond
  starts.push(text.length)
  return { text, names, starts, nodes: cursor.nodes, kept, values }
}

/** Whether the lines of a field stand at the cursor, and nothing behind them that could belong to it. */
function stands({ text, at }: Cursor, before: EverydayFields, place: number): boolean {
  const end = at + lengthOf(before, place)
  return beginsField(text, end) && hasLines(text, at, before, place)
}

function hasLines(text: string, at: number, before: EverydayFields, place: number): boolean {
  const lines = before.text.slice(before.starts[place], before.starts[place + 1])
  return text.slice(at, at + lines.length) === lines
}

function lengthOf({ starts }: EverydayFields, place: number): number {
  return (starts[place + 1] ?? 0) - (starts[place] ?? 0)
}

/** Whether what begins a line, or the end of the text, cannot belong to the field before it. */
function beginsField(text: string, at: number): boolean {
  if (at === text.length) return true
  const char = text.charCodeAt(at)
  return (
    text.charCodeAt(at - 1) === code.newline &&
    char !== code.space &&
    char !== code.newline &&
    char !== code.hash &&
    char !== code.dash
  )
}

/** The items behind the lines of a field that was a list, all of which stand at the cursor as they stood. */
function addedItems(cursor: Cursor, before: EverydayFields, place: number): readonly unknown[] | undefined {
  const { text } = before
  const [start = 0, end = 0] = [before.starts[place], before.starts[place + 1]]
  const colon = start + (before.names[place] ?? '').length
  if (text.charCodeAt(colon + 1) !== code.newline || !hasLines(cursor.text, cursor.at, before, place)) return undefined
  const old: Cursor = { text, at: colon + 2, indent: 0, edge: 0, nodes: 0 }
  toContent(old)
  cursor.at += end - start
  toContent(cursor)
  const goesOn = old.at < end && peek(old) === code.dash && peek(cursor) === code.dash && old.indent === cursor.indent
  return goesOn ? list(cursor, cursor.indent, 2) : undefined
}
