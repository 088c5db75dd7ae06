import type { Instant } from '../instant.ts'

/** A piece of news. */
export interface NewsItem {
  /** Stays the same for ever, so that readers show it once. */
  readonly guid: string
  readonly at: Instant
  readonly title: string
  readonly description: string
  readonly categories: readonly string[]
  /** An address on the web; absent where none is known. */
  readonly link?: string
}

/** What a feed says of itself. */
export interface NewsHead {
  readonly title: string
  readonly link: string
  readonly description: string
  /** When the newest fact that it rests on was recorded. */
  readonly at: Instant
}

/** News as RSS 2.0, in the order given. */
export function rssFile({ title, link, description, at }: NewsHead, items: readonly NewsItem[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0">',
    '<channel>',
    element('title', title),
    element('link', link),
    element('description', description),
    element('language', 'en'),
    element('lastBuildDate', mailDate(at)),
    ...items.flatMap(itemLines),
    '</channel>',
    '</rss>',
  ]
  return `${lines.join('\n')}\n`
}

function itemLines({ guid, at, title, description, categories, link }: NewsItem): readonly string[] {
  return [
    '<item>',
    element('title', title),
    ...(link === undefined ? [] : [element('link', link)]),
    element('description', description),
    ...categories.map((category) => element('category', category)),
    `<guid isPermaLink="false">${xmlText(guid)}</guid>`,
    element('pubDate', mailDate(at)),
    '</item>',
  ]
}

function element(name: string, text: string): string {
  return `<${name}>${xmlText(text)}</${name}>`
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text inside an element or an attribute of XML 1.0; characters that it forbids become a replacement mark. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[\p{Cs}\ufffe\uffff]|(?![\t\n\r])[\p{Cc}]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** `Mon, 02 Mar 2026 09:00:00 GMT`, as RSS wants it. */
function mailDate(at: Instant): string {
  return new Date(at * 1000).toUTCString()
}
