import { raw } from 'hast-util-raw'
import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'

type Root = Extract<ReturnType<typeof sanitize>, { type: 'root' }>
type Element = Extract<Root['children'][number], { type: 'element' }>

/** A Markdown file as GitHub shows it: what is left of it after GitHub's rules on HTML. */
export interface GitHubPage {
  readonly html: string
  /** The names after `#` that a link can lead to: those of the headings, and ids written as HTML. */
  readonly anchors: ReadonlySet<string>
  /** Where its links lead, as written. */
  readonly links: readonly string[]
  /** Where its pictures lie, as written; those of a `<picture>` for one theme included. */
  readonly images: readonly string[]
}

/**
 * Renders Markdown as GitHub does: GFM, then GitHub's allowlist of HTML (of which the schema of `hast-util-sanitize` is
 * a copy), then names of headings, alerts, and code blocks of Mermaid as diagrams.
 */
export function gitHubPage(markdown: string): GitHubPage {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const clean = sanitize(raw(toHast(tree, { allowDangerousHtml: true })), defaultSchema)
  const root: Root = clean.type === 'root' ? clean : { type: 'root', children: [] }
  const anchors = new Set<string>()
  const links: string[] = []
  const images: string[] = []
  const counts = new Map<string, number>()
  for (const element of elements(root.children)) {
    const { tagName, properties } = element
    if (/^h[1-6]$/.test(tagName)) {
      const name = unusedName(headingName(textOf(element)), counts)
      anchors.add(name)
      properties['id'] = prefix + name
    } else if (typeof properties['id'] === 'string' && properties['id'].startsWith(prefix)) {
      anchors.add(properties['id'].slice(prefix.length))
    }
    if (tagName === 'a' && typeof properties['href'] === 'string') links.push(properties['href'])
    if (tagName === 'img') images.push(String(properties['src'] ?? ''))
    if (tagName === 'source') images.push(...sources(properties['srcSet']))
    if (tagName === 'blockquote') asAlert(element)
    if (tagName === 'pre') asDiagram(element)
  }
  return { html: toHtml(root), anchors, links, images }
}

const prefix = 'user-content-'

/** The name that a link needs to lead to a heading: small letters, digits, `-` and `_`; spaces become `-`. */
export function headingName(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** Of headings with the same name, the second gets `-1`, and so on. */
function unusedName(name: string, counts: Map<string, number>): string {
  let found = name
  while (counts.has(found)) {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    found = `${name}-${count}`
  }
  counts.set(found, 0)
  return found
}

function* elements(nodes: Root['children']): Generator<Element> {
  for (const node of nodes) {
    if (node.type !== 'element') continue
    yield node
    yield* elements(node.children)
  }
}

function textOf({ children }: Element): string {
  return children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('')
}

/** The addresses of a `srcset`, whichever way the parser gives it. */
function sources(srcSet: unknown): readonly string[] {
  const list = Array.isArray(srcSet) ? srcSet.map(String) : String(srcSet ?? '').split(',')
  return list.map((each) => each.trim().split(/\s+/)[0] ?? '')
}

const alerts: { readonly [word: string]: string } = {
  '[!NOTE]': 'note',
  '[!TIP]': 'tip',
  '[!IMPORTANT]': 'important',
  '[!WARNING]': 'warning',
  '[!CAUTION]': 'caution',
}

/** A quotation that begins with a word such as `[!NOTE]` on a line of its own becomes a box. */
function asAlert(quotation: Element): void {
  const paragraph = quotation.children.find((child) => child.type === 'element')
  const text = paragraph?.type === 'element' ? paragraph.children[0] : undefined
  if (text?.type !== 'text') return
  const [first = '', ...rest] = text.value.split('\n')
  const kind = alerts[first.trim()]
  if (kind === undefined) return
  text.value = rest.join('\n')
  quotation.tagName = 'div'
  quotation.properties = { className: ['markdown-alert', `markdown-alert-${kind}`] }
  quotation.children.unshift({
    ...{ type: 'element', tagName: 'p', properties: { className: ['markdown-alert-title'] } },
    children: [{ type: 'text', value: `${kind[0]?.toUpperCase()}${kind.slice(1)}` }],
  })
}

/** A code block of the language `mermaid` becomes the place of a diagram, which the page draws when it is opened. */
function asDiagram(block: Element): void {
  const code = block.children[0]
  if (code?.type !== 'element') return
  const languages = code.properties['className']
  if (!Array.isArray(languages) || !languages.includes('language-mermaid')) return
  block.tagName = 'div'
  block.properties = { className: ['mermaid-source'] }
  block.children = [{ type: 'text', value: textOf(code) }]
}
