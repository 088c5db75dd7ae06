import { isCollection, isMap, isScalar, isSeq, type Node, Scalar } from 'yaml'
import type { Route } from '../../core/place.ts'
import { isData } from '../../core/record.ts'
import { extentOf } from './extent.ts'
import {
  fieldLines,
  flowField,
  flowItem,
  itemLayout,
  itemLines,
  type Layout,
  nodeOf,
  ownStyle,
  type Style,
} from './nodes.ts'
import { type Collection, passage, type Slot, type Step } from './slot.ts'
import {
  collectionEnd,
  entryEnd,
  indented,
  lineBreak,
  lineEnd,
  lineStart,
  nextLine,
  spliced,
  withLines,
} from './source.ts'

/**
 * A text with one value set or removed, by replacing no more than the characters that say it. The result is a proposal:
 * layouts that few people write (`? key`, comments inside brackets) may need another way, so it has to be read again.
 */
export function splice(text: string, root: Node, route: Route, value: unknown, found: Style): string | undefined {
  const path = passage(root, route, text)
  const inner = path.at(-1)
  if (!inner) return undefined
  const missing = route.slice(inner.slot ? path.length : path.length - 1)
  if (value === undefined) return missing.length === 0 ? removed(text, path) : undefined
  if (inner.slot) return replaced(text, inner.collection, inner.slot, wrapped(missing, value), found)

  const around = path.at(-2)
  const becomesBlock = inner.collection.slots.length === 0 && around?.slot && !around.collection.flow
  if (becomesBlock) return replaced(text, around.collection, around.slot, wrapped(missing, value), found)
  const [step = 0, ...rest] = missing
  return inserted(text, inner.collection, step, wrapped(rest, value), found)
}

/** A value inside the mappings and lists that the rest of a route asks for. */
function wrapped(route: Route, value: unknown): unknown {
  return route.reduceRight<unknown>(
    (content, step) => (typeof step === 'number' ? [content] : { [step]: content }),
    value,
  )
}

/** A new field behind the others, but before a closing `log`; a new item behind the others. */
function inserted(
  text: string,
  { node, kind, flow, slots, names, column }: Collection,
  step: string | number,
  value: unknown,
  found: Style,
): string | undefined {
  const last = slots.at(-1)
  if (flow) {
    const entry = kind === 'mapping' ? flowField(String(step), value) : flowItem(value)
    if (last) return spliced(text, [last.extent[1], last.extent[1]], `, ${entry}`)
    return spliced(text, extentOf(node, text), kind === 'mapping' ? `{ ${entry} }` : `[${entry}]`)
  }
  if (!last) return undefined
  const lines =
    kind === 'mapping'
      ? fieldLines(String(step), nodeOf(value), found)
      : itemLines(nodeOf(value, layoutBeside(last, value)), found)
  const before = names.at(-1) === 'log' ? slots.at(-2) : undefined
  const end = before ? entryEnd(text, before.extent[1], column) : collectionEnd(text, last.extent[1], column)
  return withLines(text, end, indented(lines, column))
}

/** The layout of a new item: that of the item before, where the new one can take it. */
function layoutBeside({ value }: Slot, item: unknown): Layout | undefined {
  if (!isData(item) || !isMap(value)) return itemLayout(item)
  if (!value.flow) return 'block'
  return Object.values(item).some(isLongText) ? 'block' : 'flow'
}

function isLongText(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\n')
}

/** Another value for a field or an item; its comment stays. */
function replaced(text: string, { kind, flow, column }: Collection, slot: Slot, value: unknown, found: Style): string {
  const { indicatorEnd, value: old } = slot
  const [from, to] = [writtenFrom(text, slot), slot.extent[1]]
  if (flow || indicatorEnd === undefined) {
    if (from !== undefined) return spliced(text, [from, to], flowItem(value))
    return spliced(text, [to, to], `${indicatorEnd === undefined ? ':' : ''} ${flowItem(value)}`)
  }
  const node = successor(old, value)
  const [first = '', ...rest] = kind === 'mapping' ? fieldLines('x', node, found) : itemLines(node, found)
  const head = first.slice(kind === 'mapping' ? 'x: '.length : '- '.length)
  const between = text.slice(indicatorEnd, from ?? indicatorEnd)
  const end = lineEnd(text, to)
  const breaks = lineBreak(text, indicatorEnd)
  // What was below its name leaves the comments above it, what was behind its name the comment after it.
  const isBelow = between.includes('\n')
  const kept = isBelow ? between.slice(0, between.lastIndexOf(breaks)) : text.slice(to, end).trimEnd()
  const gap = head === '' ? '' : isBelow || between === '' ? ' ' : between
  const lines = [gap + head + kept, ...indented(rest, column)]
  return spliced(text, [indicatorEnd, end], lines.join(breaks))
}

/** Where the value of a slot begins; `undefined` for one left empty. */
function writtenFrom(text: string, { value, extent }: Slot): number | undefined {
  const from = value && extentOf(value, text)[0]
  return from !== undefined && from < extent[1] ? from : undefined
}

/** The node of a new value, in the layout and with the quotes of the one that it replaces. */
function successor(old: Node | undefined, value: unknown): Node {
  const alike = (isSeq(old) && Array.isArray(value)) || (isMap(old) && isData(value))
  const layout = alike && isCollection(old) && old.items.length > 0 ? (old.flow ? 'flow' : 'block') : undefined
  const node = nodeOf(value, layout)
  const keepsQuotes = isScalar(node) && typeof value === 'string' && !/[\r\n]/.test(value)
  if (keepsQuotes && isScalar(old) && (old.type === Scalar.QUOTE_SINGLE || old.type === Scalar.QUOTE_DOUBLE))
    node.type = old.type
  return node
}

/** A text without a field or an item. A collection that loses its last one stays, empty. */
function removed(text: string, path: readonly Step[]): string | undefined {
  const [around, inner] = [path.at(-2), path.at(-1)]
  if (!inner?.slot) return undefined
  const { collection, index, slot } = inner
  const [before, after] = [collection.slots[index - 1], collection.slots[index + 1]]
  if (!before && !after) {
    const empty = collection.kind === 'mapping' ? {} : []
    if (around?.slot) return replaced(text, around.collection, around.slot, empty, ownStyle)
    return spliced(text, collection.flow ? extentOf(collection.node, text) : slot.extent, flowItem(empty))
  }
  const [from, to] = slot.extent
  if (collection.flow) return spliced(text, after ? [from, after.extent[0]] : [before?.extent[1] ?? from, to], '')

  const start = lineStart(text, from)
  const sharesLine = text.slice(start, from).trim() !== ''
  if (sharesLine && after) {
    const onlyBlank = text.slice(to, after.extent[0]).trim() === ''
    return spliced(text, [from, onlyBlank ? after.extent[0] : lineEnd(text, to)], '')
  }
  const end = nextLine(text, entryEnd(text, to, collection.column))
  const isLastLine = end === text.length && !text.endsWith('\n')
  return spliced(text, [isLastLine ? start - lineBreak(text, start).length : start, end], '')
}
