import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { diskFault, errorCode } from '../adapters/disk-fault.ts'
import { folderFiles } from '../adapters/folder-files.ts'
import { compileTemplates } from '../adapters/template.ts'
import { forgottenPictures, pictureFoldersOf } from '../core/chart/picture.ts'
import { saysTheSame } from '../core/page-basis.ts'
import { forgottenParts, isPart, partFoldersOf } from '../core/page-split.ts'
import type { RenderedReport, Template } from '../core/report.ts'
import type { TreeFile } from '../core/tree.ts'

/** Where pages go: the folder on the disk, and the path in the repository that their links start from. */
export interface ReportPlace {
  readonly folder: string
  readonly path: string
  /** Whether the folder lies in the repository. */
  readonly inside: boolean
}

/** The place of the pages. A folder outside the repository takes pages whose links are those of the configured path. */
export function reportPlace(dir: string, root: string, out: string | undefined, configured: string): ReportPlace {
  if (out === undefined) return { folder: join(root, configured), path: configured, inside: true }
  const folder = resolve(dir, out)
  const path = relative(root, folder).split(sep).join('/')
  const inside = path !== '' && !path.startsWith('../') && path !== '..' && !isAbsolute(path)
  return { folder, path: inside ? path : configured, inside }
}

/** The names of the folders below the place of the pages: the periods that may have pages already. */
export function foldersIn(folder: string): readonly string[] {
  return namesIn(folder, (entry) => entry.isDirectory())
}

/** The names of the files in a folder; none where there is no such folder. */
function filesIn(folder: string): readonly string[] {
  return namesIn(folder, (entry) => entry.isFile())
}

function namesIn(folder: string, isMeant: (entry: Dirent) => boolean): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(isMeant)
      .map(({ name }) => name)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw diskFault(folder, 'read', cause)
  }
}

/** The text of a page as it stands; `undefined` where there is none. */
export function standingText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw diskFault(file, 'read', cause)
  }
}

/** A page with the file that it belongs into. */
export interface PlacedPage {
  readonly file: string
  readonly text: string
  /** Whether the file says something else, or is missing. */
  readonly changed: boolean
}

/** Holds pages against what stands in their place. */
export function placePages({ folder, path }: ReportPlace, pages: readonly RenderedReport[]): readonly PlacedPage[] {
  return pages.map((page) => {
    const file = join(folder, relative(path, page.path))
    const stood = standingText(file)
    return { file, text: page.text, changed: stood === undefined || !saysTheSame(stood, page.text) }
  })
}

/** Pictures that no page shows any more, and parts of pages that are smaller now, as files. */
export function forgottenFiles({ folder, path }: ReportPlace, pages: readonly RenderedReport[]): readonly string[] {
  const written = pages.map((page) => page.path)
  const standing = pictureFoldersOf(written).flatMap((pictures) =>
    filesIn(join(folder, relative(path, pictures))).map((name) => `${pictures}/${name}`),
  )
  const parts = partFoldersOf(written).flatMap((pages) =>
    filesIn(join(folder, relative(path, pages))).map((name) => `${pages}/${name}`),
  )
  const fileOf = (forgotten: string): string => join(folder, relative(path, forgotten))
  return [
    ...forgottenPictures(standing, written).map(fileOf),
    ...forgottenParts(parts, written)
      .map(fileOf)
      .filter((file) => isPart(file, standingText(file) ?? '')),
  ]
}

/**
 * The report templates of a tree; where it has none of a name, the one that gitsm ships. The copy of the program that
 * lies in a repository ships none: there the tree must have them all.
 */
export function reportTemplates(
  tree: readonly TreeFile[],
  packageRoot: string,
): Promise<ReadonlyMap<string, Template>> {
  return templatesIn(tree, packageRoot, 'templates/reports')
}

/** The templates of records by type, chosen as those of reports are. */
export function recordTemplates(
  tree: readonly TreeFile[],
  packageRoot: string,
): Promise<ReadonlyMap<string, Template>> {
  return templatesIn(tree, packageRoot, 'templates')
}

const ending = '.md.hbs'

async function templatesIn(
  tree: readonly TreeFile[],
  packageRoot: string,
  folder: string,
): Promise<ReadonlyMap<string, Template>> {
  const named = (path: string): string | undefined => {
    const name = path.slice(folder.length + 1, -ending.length)
    return path.startsWith(`${folder}/`) && path.endsWith(ending) && !name.includes('/') ? name : undefined
  }
  const own = tree.some(({ path }) => named(path) !== undefined)
  const shipped = await folderFiles(packageRoot, [folder]).catch((fault: unknown) => {
    if (own) return []
    throw fault
  })
  const sources = new Map<string, string>()
  for (const { path, content } of [...shipped, ...tree.map(({ path, bytes }) => ({ path, content: bytes }))]) {
    const name = named(path)
    if (name === undefined || content === null) continue
    sources.set(name, typeof content === 'string' ? content : new TextDecoder().decode(content))
  }
  const names = new Set(shipped.flatMap(({ path }) => named(path) ?? []))
  const { precompiled } = await import('../adapters/precompiled.ts')
  return compileTemplates(sources, { folder, shipped: names }, precompiled)
}
