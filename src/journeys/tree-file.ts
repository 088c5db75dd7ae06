import type { TreeFile } from '../core/tree.ts'

/** A file as it would stand in a tree. */
export function treeFileOf({ file, text }: { readonly file: string; readonly text: string }): TreeFile {
  const bytes = new TextEncoder().encode(text)
  return { path: file, mode: 'file', size: bytes.length, bytes }
}
