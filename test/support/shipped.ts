import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readRegistry } from '../../src/adapters/registry.ts'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { compare } from '../../src/core/diagnostic.ts'
import { indexRecords, type RecordIndex } from '../../src/core/facts.ts'
import { isData, textAt } from '../../src/core/record.ts'
import { recordPath } from '../../src/core/record-path.ts'
import type { TreeFile } from '../../src/core/tree.ts'

/** The root of the project: schemas, templates, configuration and records that it ships. */
export const projectRoot: string = fileURLToPath(new URL('../..', import.meta.url))

/** A file of a tree made by a test. */
export function treeFile(path: string, text: string): TreeFile {
  const bytes = new TextEncoder().encode(text)
  return { path, mode: 'file', size: bytes.length, bytes }
}

/** The files that the project ships for service repositories, in path order. */
export const shippedFiles: readonly TreeFile[] = ['schemas', 'records', 'templates', 'gitsm.yaml']
  .flatMap((path) => filesBelow(path))
  .map((path) => treeFile(path, readFileSync(`${projectRoot}/${path}`, 'utf8')))

/** The text of a shipped file. */
export function shippedText(path: string): string {
  const file = shippedFiles.find((candidate) => candidate.path === path)
  if (!file?.bytes) throw new Error(`${path} is not shipped`)
  return new TextDecoder().decode(file.bytes)
}

/** The shipped tree with some files written anew (`null` removes one). */
export function shippedWith(changes: { readonly [path: string]: string | null }): readonly TreeFile[] {
  const kept = shippedFiles.filter(({ path }) => !(path in changes))
  const written = Object.entries(changes).flatMap(([path, text]) => (text === null ? [] : [treeFile(path, text)]))
  return [...kept, ...written].sort((a, b) => compare(a.path, b.path))
}

/** The names of the shipped record types: the folders of `schemas/`. */
export const shippedTypes: readonly string[] = readdirSync(`${projectRoot}/schemas`)
  .filter((name) => !name.startsWith('_'))
  .sort(compare)

/** Whether a file holds a process record, such as an incident or a change, and no configuration. */
export function isProcessRecord(path: string): boolean {
  const [folder, type = ''] = path.split('/')
  return folder === 'records' && shipped.rulebook.types.get(type)?.prefix !== undefined
}

/** The records of the example organisation. */
export function shippedRecords(): RecordIndex {
  return indexRecords(
    shippedFiles.flatMap((file) => {
      const path = recordPath(file.path)
      if (!path || !file.bytes) return []
      const { data } = readYaml(file.path, file.bytes)
      if (!isData(data)) throw new Error(`${file.path} is no record`)
      return [{ type: path.type, id: textAt(data, 'id') ?? path.basename, file: file.path, data }]
    }),
  )
}

/** The shipped rules, read once. */
export const shipped: ReturnType<typeof readRegistry> = readRegistry(shippedFiles)

function filesBelow(path: string): readonly string[] {
  if (path.endsWith('.yaml')) return [path]
  return readdirSync(`${projectRoot}/${path}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(projectRoot.length).replace(/^\//, '')}/${entry.name}`)
    .sort(compare)
}
