import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

type Tree = ReturnType<typeof fromMarkdown>
type Node = Tree | Tree['children'][number]

function parse(markdown: string): Tree {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

/** A page as an independent GFM parser sees it. */
export interface SeenPage {
  /** What it is made of, without what it says: one line a node, indented by depth. */
  readonly shape: string
  /** The running text as a reader sees it: without code, with one line for each text node. */
  readonly text: string
}

/**
 * Reads a page. Links and images show where they lead when `addresses` is set. What a picture is said to show is left
 * out, and so are the labels of diagrams.
 */
export function seenPage(markdown: string, addresses = false): SeenPage {
  const lines: string[] = []
  const texts: string[] = []
  walk(parse(markdown), 0, (node, depth) => {
    if (node.type === 'text') {
      texts.push(node.value)
      return
    }
    const target = addresses && 'url' in node ? ` ${node.url}` : ''
    lines.push(`${'  '.repeat(depth)}${node.type}${detailOf(node)}${target}`)
  })
  return { shape: lines.join('\n'), text: texts.join('\n') }
}

/** The shape of a page. */
export function shapeOf(markdown: string, addresses = false): string {
  return seenPage(markdown, addresses).shape
}

/** The running text of a page. */
export function visibleText(markdown: string): string {
  return seenPage(markdown).text
}

function detailOf(node: Node): string {
  if ('depth' in node) return ` ${node.depth}`
  if (node.type === 'html') return ` ${tags(node.value)}`
  return node.type === 'code' && node.lang === 'mermaid' ? `\n${withoutLabels(node.value)}` : ''
}

/** HTML without the words for those who do not see a picture. */
function tags(html: string): string {
  return html.replace(/ alt="[^"]*"/g, ' alt')
}

/** A diagram without what stands in quotes, and without the name that a line begins with and a colon ends. */
function withoutLabels(diagram: string): string {
  return diagram.replace(/"[^"\n]*"/g, '""').replace(/^( *)[^:\n]+(?= :)/gm, '$1name')
}

/**
 * Whether GitHub would make something of running text after parsing: a mention, an issue, an address, an emoji, a
 * formula; or its eye is deceived by characters that reorder text. No emoji has the name of a time of day.
 */
export function comesAlive(seen: string): boolean {
  const words = seen.replace(/\d:\d\d(?=:)/g, '')
  return /@\w|#\d|GH-\d|:\/\/|www\.|:[\w+-]+:|\$|\{\{|\{%|[\u202a-\u202e\u2066-\u2069\u200b]/i.test(words)
}

function walk(node: Node, depth: number, visit: (node: Node, depth: number) => void): void {
  visit(node, depth)
  if ('children' in node) for (const child of node.children) walk(child as Node, depth + 1, visit)
}
