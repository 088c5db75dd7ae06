import { linkText, pathBetween } from './markdown.ts'
import { torn } from './page-tear.ts'
import type { RenderedPage } from './report.ts'

/** How large a page may be, in bytes: GitHub shows no Markdown beyond 512,000. */
export const largestPage = 400_000

/** Left free on every part for its heading and its contents. */
const spared = 20_000

/** A stretch of a page: from one heading to the next, or a piece of that where it is too large for a part. */
interface Section {
  /** Its heading as text; empty for what stands before the first. */
  readonly heading: string
  readonly level: number
  readonly text: string
}

/** Where a heading went: the file of its part, and its anchor there. */
interface Moved {
  readonly path: string
  readonly anchor: string
}

/**
 * Splits pages that are too large at their headings, and sections that are too large by themselves within, into `<name>.md`, `<name>-2.md` and so on, each with the contents of
 * the whole. Links to headings that moved, on all the pages given, follow them. Pages within the limit stay as they are.
 */
export function splitPages(pages: readonly RenderedPage[], limit: number = largestPage): readonly RenderedPage[] {
  const moved = new Map<string, Moved>()
  const split = pages.map((page) => (sizeOf(page.text) <= limit ? [] : partsOf(page, limit, moved)))
  if (moved.size === 0) return pages
  return pages.flatMap((page, index): readonly RenderedPage[] => {
    const parts = split[index] ?? []
    if (parts.length === 0) return [{ ...page, text: followed(page.text, page.path, page.path, moved) }]
    return parts.map(({ path, head, contents, body }, at) => {
      const [before, after] = [head, body].map((text) => followed(text, path, page.path, moved))
      const texts = [before ?? '', contents, after ?? ''].map((text) => text.trim())
      return { path, text: `${texts.join('\n\n').trim()}\n`, pictures: at === 0 ? page.pictures : [] }
    })
  })
}

/** A part of a page: what stands before the contents of the whole, and what follows them. */
interface Part {
  readonly path: string
  readonly head: string
  readonly contents: string
  readonly body: string
}

/** What is named like a part of a page that has no such part now: `isPart` tells by its text whether it was one. */
export function forgottenParts(standing: readonly string[], written: readonly string[]): readonly string[] {
  const known = new Set(written)
  return standing.filter((path) => {
    const [, page] = /^(.+)-\d+\.md$/.exec(path) ?? []
    return page !== undefined && known.has(`${page}.md`) && !known.has(path)
  })
}

/** Whether a file begins as the part does that its name says: others may name files so, too. */
export function isPart(path: string, text: string): boolean {
  const [, number] = /-(\d+)\.md$/.exec(path) ?? []
  return number !== undefined && /^# [^\n]*\(part (\d+) of \d+\)\n/.exec(text)?.[1] === number
}

/** Folders that may hold such parts: those of the pages written. */
export function partFoldersOf(written: readonly string[]): readonly string[] {
  const pages = written.filter((path) => path.endsWith('.md'))
  return [...new Set(pages.map((path) => path.slice(0, path.lastIndexOf('/'))))]
}

function partsOf(page: RenderedPage, limit: number, moved: Map<string, Moved>): readonly Part[] {
  const room = Math.max(1, limit - spared)
  const sections = sectionsOf(page.text).flatMap((section) => inPieces(section, room))
  const parts = packed(sections, room)
  if (parts.length < 2) return []
  const title = sections[0]?.heading ?? ''
  const paths = parts.map((_, index) => partPath(page.path, index))
  const places = parts.flatMap((part, index) => {
    const path = paths[index] ?? page.path
    const [first, ...rest] = part
    const titled: Section = { heading: partHeading(title, index, parts.length), level: 1, text: '' }
    const shown = index === 0 && first ? [first, contentsSection, ...rest] : [titled, contentsSection, ...part]
    return anchorsOf(shown).flatMap((anchor, at) => {
      const isAdded = at === 1 || (at === 0 && index > 0)
      return isAdded ? [] : [{ path, anchor }]
    })
  })
  for (const [index, anchor] of anchorsOf(sections).entries()) {
    const place = places[index]
    if (anchor !== '' && place) moved.set(`${page.path}#${anchor}`, place)
  }
  return parts.map((part, index) => {
    const path = paths[index] ?? page.path
    const lines = sections.flatMap(({ heading, level }, at) => {
      const place = places[at]
      if (!place || level !== 2) return []
      return [`- ${linkText(plainText(heading), `${samePath(path, place.path)}#${place.anchor}`)}`]
    })
    const [first, ...rest] = part.map(({ text }) => text.trim())
    return {
      path,
      head: index === 0 ? (first ?? '') : `# ${partHeading(title, index, parts.length)}`,
      contents: `## Contents\n\nThis page is in ${parts.length} parts.\n\n${lines.join('\n')}`,
      body: (index === 0 ? rest : [first ?? '', ...rest]).join('\n\n'),
    }
  })
}

const contentsSection: Section = { heading: 'Contents', level: 2, text: '' }

function partHeading(title: string, index: number, parts: number): string {
  return `${title} (part ${index + 1} of ${parts})`
}

/** `reports/2026-10/audit.md` and `reports/2026-10/audit-2.md` */
function partPath(path: string, index: number): string {
  return index === 0 ? path : path.replace(/\.md$/, `-${index + 1}.md`)
}

function samePath(from: string, to: string): string {
  return from === to ? '' : pathBetween(from, to)
}

/** The sections of a page; what stands in code or in folded details holds no heading of it. */
function sectionsOf(text: string): readonly Section[] {
  const sections: { heading: string; level: number; lines: string[] }[] = []
  let [fence, folds] = ['', 0]
  for (const line of text.split('\n')) {
    const [mark] = /^(?:`{3,}|~{3,})/.exec(line) ?? []
    const isCode = fence !== ''
    if (mark !== undefined && !isCode) fence = mark
    else if (isCode && mark?.startsWith(fence) === true && line.trim() === mark) fence = ''
    if (!isCode && line === '<details>') folds += 1
    if (!isCode && line === '</details>') folds -= 1
    const [, level, heading] = isCode || folds > 0 ? [] : (/^(#{1,3}) (.+)$/.exec(line) ?? [])
    const last = sections.at(-1)
    if (level !== undefined && heading !== undefined) sections.push({ heading, level: level.length, lines: [line] })
    else if (last) last.lines.push(line)
    else sections.push({ heading: '', level: 1, lines: [line] })
  }
  return sections.map(({ heading, level, lines }) => ({ heading, level, text: lines.join('\n') }))
}

/** A section, in pieces where it is larger than a part: the first has the heading, the others say what they continue. */
function inPieces(section: Section, room: number): readonly Section[] {
  if (sizeOf(section.text) <= room) return [section]
  const [first = '', ...rest] = torn(section.text, room - sizeOf(continuing(section)))
  const pieces = rest.map((text) => ({ heading: '', level: pieceLevel, text: `${continuing(section)}${text}` }))
  return [{ ...section, text: first }, ...pieces]
}

/** Below all headings: pieces stand in no contents. */
const pieceLevel = 7

function continuing({ heading }: Section): string {
  return heading === '' ? '' : `*Continued:* ${heading}\n\n`
}

/** Sections put together until a part is full. */
function packed(sections: readonly Section[], limit: number): readonly (readonly Section[])[] {
  const parts: Section[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const section of sections) {
    const own = sizeOf(section.text) + 1
    if (size + own > limit) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(section)
    size += own
  }
  return parts
}

/** What a heading reads without its marks. */
function plainText(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\\(.)/g, '$1')
    .replaceAll(/[`*]/g, '')
}

/** The anchors that GitHub gives to headings, in their order. */
function anchorsOf(sections: readonly Section[]): readonly string[] {
  const seen = new Map<string, number>()
  return sections.map(({ heading }) => {
    if (heading === '') return ''
    const plain = plainText(heading)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(plain) ?? 0
    seen.set(plain, count + 1)
    return count === 0 ? plain : `${plain}-${count}`
  })
}

/** A text whose links lead to where headings went. `path` is where it stands, `original` where it stood. */
function followed(text: string, path: string, original: string, moved: ReadonlyMap<string, Moved>): string {
  return text.replaceAll(/\]\(([^)\s#]*)#([^)\s]+)\)/g, (link, href: string, anchor: string) => {
    const place = moved.get(`${href === '' ? original : resolved(original, href)}#${anchor}`)
    return place ? `](${samePath(path, place.path)}#${place.anchor})` : link
  })
}

function resolved(from: string, href: string): string {
  const segments = from.split('/').slice(0, -1)
  for (const segment of href.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '.' && segment !== '') segments.push(decodeURIComponent(segment))
  }
  return segments.join('/')
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length
}
