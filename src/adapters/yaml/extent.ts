import { isCollection, isMap, isPair, isScalar, type Node, Scalar } from 'yaml'

/** Where the text of something begins and ends (exclusive), as offsets. */
export type Extent = readonly [from: number, to: number]

/**
 * The text of a value itself: without the comment behind it, and without the line end that closes a block text. A value
 * left empty has no width.
 */
export function extentOf(node: Node, text: string): Extent {
  const [from = 0, to = 0] = node.range ?? []
  if (isScalar(node)) return [from, isBlockText(node) ? beforeLineEnd(text, to) : to]
  if (!isCollection(node) || node.flow) return [from, to]
  const last: unknown = node.items.at(-1)
  const end = isPair(last) ? (last.value ?? last.key) : last
  return [isMap(node) ? firstKey(node) : from, isNode(end) ? extentOf(end, text)[1] : to]
}

/** Whether a scalar is a text introduced by `|` or `>`. */
export function isBlockText({ type }: Scalar): boolean {
  return type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED
}

/** Whether an item or a part of a pair as the library types it is a node. */
export function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value)
}

function firstKey(node: Node): number {
  const [first]: readonly unknown[] = isMap(node) ? node.items : []
  const key = isPair(first) && isNode(first.key) ? first.key : node
  return key.range?.[0] ?? 0
}

function beforeLineEnd(text: string, to: number): number {
  if (text[to - 1] !== '\n') return to
  return text[to - 2] === '\r' ? to - 2 : to - 1
}
