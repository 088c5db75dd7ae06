import { isMap, isSeq, type Node } from 'yaml'
import { isNode } from './extent.ts'
import { ownStyle, type Style } from './nodes.ts'
import { column } from './source.ts'

/** How a text writes its lines: indented as its first nested mapping and its first list do, else as we do. */
export function styleOf(root: Node, text: string): Style {
  let [step, lists]: readonly [number | undefined, boolean | undefined] = [undefined, undefined]
  const look = (node: unknown): void => {
    if (!isNode(node) || (step !== undefined && lists !== undefined)) return
    if (isSeq<unknown>(node)) for (const item of node.items) look(item)
    if (!isMap<unknown, unknown>(node) || node.flow) return
    for (const { key, value } of node.items) {
      if (isNode(key) && isNode(value)) {
        const further = column(text, value.range?.[0] ?? 0) - column(text, key.range?.[0] ?? 0)
        if (isMap(value) && !value.flow && further > 0) step ??= further
        if (isSeq(value) && !value.flow) lists ??= further > 0
      }
      look(value)
    }
  }
  look(root)
  return { step: step ?? ownStyle.step, lists: lists ?? ownStyle.lists, texts: 'block' }
}
