import { type CST, isMap, isScalar, isSeq, type Node } from 'yaml'
import type { Route } from '../../core/place.ts'
import { type Extent, extentOf, isNode } from './extent.ts'
import { column } from './source.ts'

/** A field of a mapping or an item of a list, as it stands in a text. */
export interface Slot {
  /** The value; `undefined` where nothing at all is written. */
  readonly value: Node | undefined
  /** From the name of the field, or the dash of the item, to the end of its value. */
  readonly extent: Extent
  /** Behind the colon or the dash; `undefined` in lists with brackets and for names without a colon. */
  readonly indicatorEnd: number | undefined
}

/** A mapping or a list with its slots. */
export interface Collection {
  readonly node: Node
  readonly kind: 'mapping' | 'list'
  /** Whether it is written in brackets, itself or around it. */
  readonly flow: boolean
  readonly slots: readonly Slot[]
  /** Names of the fields of a mapping; empty for a list. */
  readonly names: readonly unknown[]
  /** How far the names or dashes of a block collection stand from the left. */
  readonly column: number
}

/** One step of a route: the collection it enters, and the slot it goes on through if there is one. */
export interface Step {
  readonly collection: Collection
  readonly index: number
  readonly slot: Slot | undefined
}

/** Follows a route as far as it leads through the nodes of a text; only the last step can lack its slot. */
export function passage(root: Node, route: Route, text: string): readonly Step[] {
  const steps: Step[] = []
  let node: Node | undefined = root
  for (const key of route) {
    const collection: Collection | undefined = node && collectionOf(node, text, steps.at(-1)?.collection.flow ?? false)
    if (!collection) break
    const index: number = typeof key === 'number' ? key : collection.names.indexOf(key)
    const slot: Slot | undefined = collection.slots[index]
    steps.push({ collection, index, slot })
    if (!slot) break
    node = slot.value
  }
  return steps
}

function collectionOf(node: Node, text: string, inFlow: boolean): Collection | undefined {
  if (!isMap<unknown, unknown>(node) && !isSeq<unknown>(node)) return undefined
  const flow = inFlow || node.flow === true
  const slots = isMap<unknown, unknown>(node)
    ? node.items.map(({ key, value, srcToken }) => slotOf(key, value, indicator(srcToken?.sep, 'map-value-ind'), text))
    : node.items.map((item, index) => slotOf(undefined, item, flow ? undefined : dash(node.srcToken, index), text))
  return {
    node,
    kind: isMap(node) ? 'mapping' : 'list',
    flow,
    slots,
    names: isMap<unknown, unknown>(node) ? node.items.map(({ key }) => (isScalar(key) ? key.value : undefined)) : [],
    column: column(text, slots[0]?.extent[0] ?? 0),
  }
}

function slotOf(key: unknown, value: unknown, sign: CST.SourceToken | undefined, text: string): Slot {
  const indicatorEnd = sign && sign.offset + 1
  const name = isNode(key) ? extentOf(key, text) : undefined
  const content = isNode(value) ? extentOf(value, text) : undefined
  const from = name?.[0] ?? sign?.offset ?? content?.[0] ?? 0
  const empty = !content || content[0] === content[1]
  const to = empty ? (indicatorEnd ?? name?.[1] ?? from) : content[1]
  return { value: isNode(value) ? value : undefined, extent: [from, to], indicatorEnd }
}

/** The dash of an item: the library keeps lines that hold only comments among the items of its tokens. */
function dash(token: CST.Token | undefined, nth: number): CST.SourceToken | undefined {
  if (token?.type !== 'block-seq') return undefined
  return token.items.flatMap(({ start }) => indicator(start, 'seq-item-ind') ?? [])[nth]
}

function indicator(tokens: readonly CST.SourceToken[] | undefined, type: string): CST.SourceToken | undefined {
  return tokens?.find((token) => token.type === type)
}
