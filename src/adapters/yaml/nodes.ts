import { Document, type Node, Pair, Scalar, type ToStringOptions, YAMLMap, YAMLSeq } from 'yaml'
import { isData } from '../../core/record.ts'
import { core } from './core-schema.ts'

/** How a collection is written: `[a]` and `{ a: 1 }`, or a line for each item. */
export type Layout = 'flow' | 'block'

/** How lines are written, as found in a file or as we write new ones. */
export interface Style {
  /** Spaces by which a field of a nested mapping stands further right. */
  readonly step: number
  /** Whether the items of a list stand further right than the field that holds it. */
  readonly lists: boolean
  /** How a text of several lines is written: as it reads, or on one line with `\n`. */
  readonly texts: 'block' | 'quoted'
}

/** How GitSM writes new records. */
export const ownStyle: Style = { step: 2, lists: true, texts: 'block' }

/** A list, which in flow layout has no blanks inside its brackets: `[a, b]`. */
class List extends YAMLSeq<Node> {
  override toString(...[context, ...rest]: Parameters<YAMLSeq['toString']>): string {
    return super.toString(context && { ...context, flowCollectionPadding: '' }, ...rest)
  }
}

/** A mapping, which in flow layout has blanks inside its braces: `{ a: 1 }`. */
class Mapping extends YAMLMap<Node, Node> {
  override toString(...[context, ...rest]: Parameters<YAMLMap['toString']>): string {
    return super.toString(context && { ...context, flowCollectionPadding: ' ' }, ...rest)
  }
}

const widestList = 80
const widestMapping = 120

/**
 * Plain data as a node to be written. Without a layout, lists of short values and list items that are mappings of such
 * (log entries) take one line, everything else a line for each item. Fields that are `undefined` are left out.
 */
export function nodeOf(value: unknown, layout?: Layout): Node {
  if (Array.isArray(value)) {
    const list = new List(core)
    list.flow = value.length === 0 || (layout ?? (isShortList(value) ? 'flow' : 'block')) === 'flow'
    list.items = value.map((item) => nodeOf(item, list.flow ? 'flow' : itemLayout(item)))
    return list
  }
  if (isData(value)) {
    const mapping = new Mapping(core)
    mapping.flow = layout === 'flow' || Object.keys(value).length === 0
    for (const [name, content] of Object.entries(value)) {
      if (content === undefined) continue
      mapping.items.push(new Pair<Node, Node>(new Scalar(name), nodeOf(content, mapping.flow ? 'flow' : undefined)))
    }
    return mapping
  }
  return scalarOf(value, layout)
}

function scalarOf(value: unknown, layout: Layout | undefined): Scalar {
  const scalar = new Scalar(value)
  if (typeof value === 'string' && needsEscapes(value, layout)) scalar.type = Scalar.QUOTE_DOUBLE
  return scalar
}

/** Texts that would not come back from a block as they were: with carriage returns, or lines of blanks alone. */
function needsEscapes(text: string, layout: Layout | undefined): boolean {
  if (!text.includes('\n')) return text.includes('\r')
  return layout === 'flow' || text.includes('\r') || /^[ \t]+$/m.test(text) || text.trim() === ''
}

/** Whether a list takes one line. */
export function isShortList(items: readonly unknown[]): boolean {
  return items.every(fitsOnLine) && JSON.stringify(items).length <= widestList
}

/** How an item of a block list is written where nothing shows how its neighbours are. */
export function itemLayout(item: unknown): Layout | undefined {
  if (!isData(item)) return undefined
  return Object.values(item).every(fitsOnLine) && JSON.stringify(item).length <= widestMapping ? 'flow' : 'block'
}

function fitsOnLine(value: unknown): boolean {
  return typeof value === 'string' ? !/[\r\n]/.test(value) : typeof value !== 'object' || value === null
}

/** A node as the lines of a document of its own, without line ends. Long lines are never folded. */
export function linesOfNode(node: Node, { step, lists, texts }: Style = ownStyle): readonly string[] {
  const options: ToStringOptions = {
    lineWidth: 0,
    indent: step,
    indentSeq: lists,
    blockQuote: texts === 'block' ? 'literal' : false,
    singleQuote: texts === 'block' ? null : false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  }
  const document = new Document<Node>(node, { schema: core })
  return document.toString(options).replace(/\n$/, '').split('\n')
}

/** A field of a block mapping as lines. */
export function fieldLines(name: string, value: Node, style: Style): readonly string[] {
  const mapping = new Mapping(core)
  mapping.items.push(new Pair<Node, Node>(new Scalar(name), value))
  return linesOfNode(mapping, style)
}

/** An item of a block list as lines; what it holds is indented by the width of its dash. */
export function itemLines(value: Node, style: Style): readonly string[] {
  const list = new List(core)
  list.items.push(value)
  return linesOfNode(list, { ...style, step: 2 })
}

/** A field of a mapping in braces. */
export function flowField(name: string, value: unknown): string {
  return linesOfNode(nodeOf({ [name]: value }, 'flow'))
    .join('')
    .slice(2, -2)
}

/** An item of a list in brackets. */
export function flowItem(value: unknown): string {
  return linesOfNode(nodeOf([value], 'flow'))
    .join('')
    .slice(1, -1)
}
