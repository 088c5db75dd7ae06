import { compare } from '../diagnostic.ts'
import { attributeText } from '../markdown.ts'
import type { Chart, Charts } from './chart.ts'

/** The themes that every picture is drawn for, in separate files. */
export const themes = ['light', 'dark'] as const

export type Theme = (typeof themes)[number]

/** A chart that a page shows. */
export interface Picture {
  /** The path of its files in the repository, without theme and ending. */
  readonly path: string
  readonly chart: Chart
}

/** How wide pictures are, in pixels: they fit into GitHub's column. */
export const pictureWidth = 800

/** The folder of the pictures, beside the page. */
export const pictureFolder = 'charts'

/** The path of the file that shows a picture in a theme. */
export function pictureFile(path: string, theme: Theme): string {
  return `${path}-${theme}.svg`
}

/** Whether a file of that name is one that reports write into a folder of pictures. */
function isPictureFile(name: string): boolean {
  return /^[a-z0-9-]+-(?:light|dark)\.svg$/.test(name)
}

/** The folders of pictures beside pages, by the paths of what is written. */
export function pictureFoldersOf(written: readonly string[]): readonly string[] {
  const pages = written.filter((path) => path.endsWith('.md'))
  return [...new Set(pages.map((path) => `${path.slice(0, path.lastIndexOf('/') + 1)}${pictureFolder}`))]
}

/** Pictures that stand in such a folder and that no page shows any more. */
export function forgottenPictures(standing: readonly string[], written: readonly string[]): readonly string[] {
  const shown = new Set(written)
  return standing.filter((path) => isPictureFile(path.slice(path.lastIndexOf('/') + 1)) && !shown.has(path))
}

/** A picture on a page: light or dark as the reader's theme is, with what it shows in words. A block of its own. */
export function pictureText(
  page: string,
  key: string,
  { title, description }: Pick<Chart, 'title' | 'description'>,
): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)) throw new TypeError(`${JSON.stringify(key)} is no key of a chart`)
  const [light, dark] = themes.map((theme) => pictureFile(`${pictureFolder}/${page}-${key}`, theme))
  return [
    '<picture>',
    `<source media="(prefers-color-scheme: dark)" srcset="${dark}">`,
    `<img src="${light}" width="${pictureWidth}" alt="${attributeText(`${title}. ${description}`)}">`,
    '</picture>',
  ].join('\n')
}

/** The charts of a page that its text shows, in order of their keys. */
export function picturesIn(text: string, path: string, page: string, charts: Charts): readonly Picture[] {
  const folder = `${path.slice(0, path.lastIndexOf('/') + 1)}${pictureFolder}`
  return Object.entries(charts)
    .filter(([key]) => text.includes(`"${pictureFile(`${pictureFolder}/${page}-${key}`, 'light')}"`))
    .map(([key, chart]) => ({ path: `${folder}/${page}-${key}`, chart }))
    .sort((a, b) => compare(a.path, b.path))
}
