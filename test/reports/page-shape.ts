import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

type Tree = ReturnType<typeof fromMarkdown>
type Node = Tree | Tree['children'][number]

function parse(markdown: string): Tree {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

/**
 * What a page is made of, without what it says: one line a node, indented by depth, as an independent GFM parser sees
 * it. Links and images show where they lead when `addresses` is set. What a picture is said to show is left out.
 */
export function shapeOf(markdown: string, addresses = false): string {
  const lines: string[] = []
  walk(parse(markdown), 0, (node, depth) => {
    if (node.type === 'text') return
    const detail =
      'depth' in node ? ` ${node.depth}` : 'value' in node && node.type === 'html' ? ` ${tags(node.value)}` : ''
    const target = addresses && 'url' in node ? ` ${node.url}` : ''
    lines.push(`${'  '.repeat(depth)}${node.type}${detail}${target}`)
  })
  return lines.join('\n')
}

/** HTML without the words for those who do not see a picture. */
function tags(html: string): string {
  return html.replace(/ alt="[^"]*"/g, ' alt')
}

/** The running text of a page, as a reader sees it: without code, with one line for each text node. */
export function visibleText(markdown: string): string {
  const texts: string[] = []
  walk(parse(markdown), 0, (node) => {
    if (node.type === 'text') texts.push(node.value)
  })
  return texts.join('\n')
}

function walk(node: Node, depth: number, visit: (node: Node, depth: number) => void): void {
  visit(node, depth)
  if ('children' in node) for (const child of node.children) walk(child as Node, depth + 1, visit)
}
