import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Browser } from 'playwright-core'
import { htmlFile, look } from './browser.ts'
import { type GitHubPage, gitHubPage } from './github-page.ts'

/** The Markdown files below a folder, by their paths in the repository, as GitHub shows them. */
export function gitHubPages(root: string, folder: string): ReadonlyMap<string, GitHubPage> {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  return new Map(files.toSorted().map((path) => [path, gitHubPage(readFileSync(join(root, path), 'utf8'))]))
}

/** Every link and picture of the pages that leads nowhere: to a file that is not there, or to no heading of its page. */
export function deadEnds(
  pages: ReadonlyMap<string, GitHubPage>,
  isThere: (path: string) => boolean,
): readonly string[] {
  return [...pages].flatMap(([path, { links, images }]) => {
    const dead = (href: string): boolean => {
      if (/^https?:\/\//.test(href)) return false
      const [file = '', anchor] = href.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file))
      if (!pages.has(target) && !isThere(target)) return true
      const page = pages.get(target)
      return anchor !== undefined && page !== undefined && !page.anchors.has(decodeURIComponent(anchor))
    }
    return [...links.filter(dead), ...images.filter(dead)].map((href) => `${path}: ${href}`)
  })
}

/** How many pages are looked at side by side. */
const tabs = 3

/** What is wrong with the looks of pages, by page; pictures of all of them may go to the folder `screens`. */
export async function lookAtPages(
  browser: Browser,
  root: string,
  pages: ReadonlyMap<string, GitHubPage>,
  screens: string,
  tablesMayScroll = false,
): Promise<readonly string[]> {
  mkdirSync(screens, { recursive: true })
  const waiting = [...pages]
  const found = new Map<string, readonly string[]>()
  async function lookAtNext(): Promise<void> {
    const page = await browser.newPage()
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [path, { html }] = next
      const file = join(root, `${path}.html`)
      writeFileSync(file, htmlFile(html))
      const screen = join(screens, path.replace(/^reports\/|\.md$/g, '').replaceAll('/', '-'))
      found.set(path, await look(page, file, screen, tablesMayScroll))
    }
    await page.close()
  }
  await Promise.all(Array.from({ length: tabs }, lookAtNext))
  return [...pages.keys()].flatMap((path) => (found.get(path) ?? []).map((said) => `${path}, ${said}`))
}

/** Whether a file or folder of a repository is there. */
export function inFolder(root: string): (path: string) => boolean {
  return (path) => existsSync(join(root, path))
}
