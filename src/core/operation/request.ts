import { type Words, wordsOf } from './words.ts'

/** What somebody without a clone asks for. */
export type OperationRequest =
  | { readonly kind: 'new'; readonly type: string; readonly set: readonly string[] }
  | {
      readonly kind: 'move'
      readonly id: string
      readonly state: string
      readonly set: readonly string[]
      readonly note?: string
      readonly withChildren: boolean
    }
  | { readonly kind: 'note'; readonly id: string; readonly note: string }

/** A request that was understood, or what is wrong with it. */
export type ReadRequest = { readonly request: OperationRequest } | { readonly wrong: string }

/** How requests are written, for those who wrote one otherwise. */
export const operationUsage: readonly string[] = [
  'new <type> --set field=value …',
  'move <ID> <state> [--set field=value …] [--note "…"] [--with-children]',
  'note <ID> "…"',
]

/** The command in a comment: what follows `/gitsm` at its very beginning. `undefined` for any other comment. */
export function commandIn(comment: string): string | undefined {
  return /^\/gitsm(?:[ \t]+|$)(.*)$/s.exec(comment.replaceAll('\r\n', '\n'))?.[1]
}

/** Reads a request from the words of a command. */
export function requestIn(command: string): ReadRequest {
  const read: Words = wordsOf(command)
  return 'wrong' in read ? read : requestOf(read.words)
}

/** Reads a request from words. */
export function requestOf([verb, ...rest]: readonly string[]): ReadRequest {
  const given = optionsIn(rest)
  if ('wrong' in given) return given
  const { plain, set, note, withChildren } = given
  const [first = '', second = ''] = plain
  if (verb === 'new') {
    if (plain.length !== 1) return wrong('After new comes one record type')
    if (note !== undefined || withChildren) return wrong('new takes --set only')
    return { request: { kind: 'new', type: first, set } }
  }
  if (verb === 'move') {
    if (plain.length !== 2) return wrong('After move come an id and a state; a note of several words stands in quotes')
    return {
      request: { kind: 'move', id: first, state: second, set, withChildren, ...(note !== undefined && { note }) },
    }
  }
  if (verb === 'note') {
    const text = note ?? second
    if (plain.length !== (note === undefined ? 2 : 1) || text.trim() === '') {
      return wrong('After note come an id and a text in quotes')
    }
    if (set.length > 0 || withChildren) return wrong('note takes a text only')
    return { request: { kind: 'note', id: first, note: text } }
  }
  return wrong(verb === undefined ? 'It says nothing' : `It begins with none of new, move and note`)
}

interface Given {
  readonly plain: readonly string[]
  readonly set: readonly string[]
  readonly note?: string
  readonly withChildren: boolean
}

function optionsIn(words: readonly string[]): Given | { readonly wrong: string } {
  const plain: string[] = []
  const set: string[] = []
  let note: string | undefined
  let withChildren = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const [, option, inline] = /^(?:--|—|–)([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (option === undefined) plain.push(word)
    else if (option === 'with-children' && inline === undefined) withChildren = true
    else if (option === 'set' || option === 'note') {
      const value = inline ?? words[++at]
      if (value === undefined) return wrong(`--${option} says nothing`)
      if (option === 'set') set.push(value)
      else if (note === undefined) note = value
      else return wrong('There is more than one --note')
    } else return wrong(`There is no option --${option} here`)
  }
  return { plain, set, withChildren, ...(note !== undefined && { note }) }
}

function wrong(what: string): { readonly wrong: string } {
  return { wrong: what }
}
