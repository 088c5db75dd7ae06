import { isMap, isScalar, isSeq, type Node } from 'yaml'
import type { Place, Route, Span } from '../../core/place.ts'
import { compose } from './compose.ts'
import { extentOf, isNode } from './extent.ts'
import { linesOf } from './lines.ts'

const start: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 }

/**
 * Where places stand in a text, in the order given.
 *
 * A value is shown where it stands; an empty one where its name stands, and so is a mapping that lacks the field
 * asked for: what is missing has no place of its own. What has no name, an item of a list or the record itself, is then
 * shown by its first field. A text outside the subset has one place, its beginning.
 */
export function locate(text: string, places: readonly Place[]): readonly Span[] {
  const { document } = compose(text)
  const root = document?.contents
  if (!root) return places.map(() => start)
  const lines = linesOf(text)
  return places.map(({ route, at = 'value' }) => {
    const [from, to] = extentOf(spot(root, route, at), text)
    return lines.span(from, to)
  })
}

/** The node that best shows a place. */
function spot(root: Node, route: Route, at: 'key' | 'value'): Node {
  let node: Node = root
  let name: Node | undefined
  for (const [index, step] of route.entries()) {
    const found = child(node, step)
    if (!found) return name ?? firstName(node)
    if (at === 'key' && index === route.length - 1) return found.name ?? found.value ?? node
    name = found.name
    node = found.value ?? found.name ?? node
  }
  if (name && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0)) return name
  return route.length === 0 ? firstName(node) : node
}

/** A field of a mapping or an item of a list, if it is there. */
function child(node: Node, step: string | number): { readonly name?: Node; readonly value?: Node } | undefined {
  if (isSeq<unknown>(node)) {
    const item = typeof step === 'number' ? node.items[step] : undefined
    return isNode(item) ? { value: item } : undefined
  }
  if (!isMap<unknown, unknown>(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
  if (!pair) return undefined
  return { ...(isNode(pair.key) && { name: pair.key }), ...(isNode(pair.value) && { value: pair.value }) }
}

/** What stands for a mapping or a list as a whole: its first field's name, its first item. */
function firstName(node: Node): Node {
  const first = isMap<unknown, unknown>(node) ? node.items[0]?.key : isSeq<unknown>(node) ? node.items[0] : node
  return isNode(first) ? first : node
}
