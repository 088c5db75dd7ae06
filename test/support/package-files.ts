import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Registry, readRegistry } from '../../src/adapters/registry.ts'
import { compare } from '../../src/core/diagnostic.ts'
import type { TreeFile } from '../../src/core/tree.ts'

/** The root of this package. */
export const packageRoot: string = fileURLToPath(new URL('../..', import.meta.url))

/** Files of this package below some paths, as text by path from its root. */
export function packageFiles(paths: readonly string[]): Readonly<Record<string, string>> {
  const found = paths.flatMap((path) =>
    path.includes('.')
      ? [join(packageRoot, path)]
      : readdirSync(join(packageRoot, path), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name)),
  )
  return Object.fromEntries(found.map((file) => [relative(packageRoot, file), readFileSync(file, 'utf8')]))
}

/** Texts by path as the files of a tree, in path order. */
export function treeOf(files: Readonly<Record<string, string | Uint8Array>>): readonly TreeFile[] {
  return Object.entries(files)
    .map(([path, content]): TreeFile => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      return { path, mode: 'file', size: bytes.length, bytes }
    })
    .toSorted((a, b) => compare(a.path, b.path))
}

/** The rules that gitsm ships: its schemas, lifecycles and the configuration of the example organisation. */
export function shippedRegistry(): Registry {
  return readRegistry(treeOf(packageFiles(['schemas', 'gitsm.yaml'])))
}
