import { isDeepStrictEqual } from 'node:util'
import type { Document } from 'yaml'
import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { type Route, routeText } from '../../core/place.ts'
import { compose } from './compose.ts'
import { asSetting, type Edit, edited, withoutUndefined } from './edited.ts'
import { unreadable } from './encoding.ts'
import { everyday } from './everyday.ts'
import { linesOfNode, nodeOf, type Style } from './nodes.ts'
import { plain } from './plain.ts'
import { lineBreak } from './source.ts'
import { splice } from './splice.ts'
import { styleOf } from './style.ts'

export type { Edit } from './edited.ts'

/**
 * A YAML text with edits made, one after the other. Only the lines that say the edited values change: comments, order,
 * quotes, layout, line ends and the last line's end stay as they are.
 *
 * Throws a `Fault` for a text outside the subset, a route that leads through something else than a mapping or a list,
 * and a value that cannot be written inside the subset.
 */
export function editYaml(text: string, edits: readonly Edit[]): string {
  return edits.reduce(withEdit, text)
}

function withEdit(text: string, edit: Edit): string {
  const before = understood(text)
  if (!before) {
    throw new Fault('A file outside the YAML subset cannot be edited', {
      cure: 'Run gitsm validate and mend what it names first.',
      code: exit.refused,
    })
  }
  const { route, value } = asSetting(before.data, edit)
  const intended = edited(before.data, route, withoutUndefined(value))
  if (isDeepStrictEqual(before.data, intended)) return text
  for (const proposal of proposals(text, before.document, route, value)) {
    if (isDeepStrictEqual(dataIn(proposal), intended)) return proposal
  }
  throw new Fault(`\`${routeText(route)}\` cannot be given that value`, {
    cure: 'Give text without control characters, or a number, list or mapping that YAML can hold.',
  })
}

/** What a text says, if it is inside the subset. */
function understood(
  text: string,
): { readonly document: Document.Parsed | undefined; readonly data: unknown } | undefined {
  const { document, offence } = compose(text)
  if (offence) return undefined
  const { data, offences } = plain(document?.contents ?? null, text)
  return offences.some(({ refused }) => refused) ? undefined : { document, data }
}

/** The data of a text, the shorter way where it is in the usual form; `undefined` outside the subset. */
function dataIn(text: string): unknown {
  return unreadable(text) ? undefined : (everyday(text) ?? understood(text)?.data)
}

/** Texts that may be the edited one, the least changed first. */
function* proposals(
  text: string,
  document: Document.Parsed | undefined,
  route: Route,
  value: unknown,
): Iterable<string> {
  const root = document?.contents
  if (!root) {
    yield behindComments(text, edited(null, route, value))
    return
  }
  const found = styleOf(root, text)
  for (const texts of ['block', 'quoted'] as const) {
    const proposal = splice(text, root, route, value, { ...found, texts })
    if (proposal === undefined) continue
    yield proposal
    if (!proposal.endsWith('\n')) yield proposal + lineBreak(text, text.length)
  }
  yield rewritten(text, document, route, value, found)
}

/** The first fields of a file that held only comments, or nothing. */
function behindComments(text: string, data: unknown): string {
  const end = lineBreak(text, 0)
  const comments = text === '' || text.endsWith('\n') ? text : text + end
  return `${comments}${linesOfNode(nodeOf(data)).join(end)}${end}`
}

/** The whole text written anew by the library, which keeps comments and values but not every blank and line break. */
function rewritten(text: string, document: Document.Parsed, route: Route, value: unknown, found: Style): string {
  if (value === undefined) document.deleteIn(route)
  else document.setIn(route, nodeOf(value))
  const anew = document.toString({ lineWidth: 0, indent: found.step, indentSeq: found.lists })
  return lineBreak(text, 0) === '\n' ? anew : anew.replaceAll('\n', '\r\n')
}
