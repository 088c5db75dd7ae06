import type { Registry } from '../adapters/registry.ts'
import { isClosed, isSameButLog } from '../core/closed-record.ts'
import { type Data, isData } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'
import type { TouchedPath } from './mainline-files.ts'
import type { TreeReader } from './tree-reader.ts'

/** Closed records as a replay meets them, each with the rules that judged it when it closed. */
export interface Closings {
  /** Rules by which closed records that did not change since are judged by those of their closing. */
  judging(by: Registry): Registry
  /** Whether a file holds a record that closed under other rules, and has not changed since. */
  isSettledBefore(file: string, by: Registry): boolean
  /** Takes in what a commit left at the paths that it touched, judged by the rules that it found. */
  settle(paths: readonly TouchedPath[], by: Registry): void
}

/** No closed records so far. Records are told apart by type and name, so that a move changes nothing. */
export function closingsOnTheWay(reader: TreeReader): Closings {
  const closed = new Map<string, { readonly registry: Registry; readonly data: Data }>()
  const settledBy = (file: string, data: unknown): Registry | undefined => {
    const closing = closed.get(nameOf(file) ?? '')
    return closing && isData(data) && isSameButLog(closing.data, data) ? closing.registry : undefined
  }
  return {
    judging: (by) => ({
      ...by,
      schemaDiagnostics: (type, file, data) => (settledBy(file, data) ?? by).schemaDiagnostics(type, file, data),
    }),
    isSettledBefore(file, by) {
      const closing = closed.get(nameOf(file) ?? '')
      return closing !== undefined && closing.registry !== by
    },
    settle(paths, by) {
      const left = new Map<string, { readonly path: string; readonly data: Data } | undefined>()
      for (const { path, file } of paths) {
        const name = nameOf(path)
        if (name === undefined) continue
        const data = file ? reader.yaml(file).data : undefined
        const type = recordPath(path)?.type ?? ''
        if (isData(data) && isClosed(type, data, by.rulebook)) left.set(name, { path, data })
        else if (!left.has(name)) left.set(name, undefined)
      }
      for (const [name, now] of left) {
        if (!now) closed.delete(name)
        else if (!settledBy(now.path, now.data)) closed.set(name, { registry: by, data: now.data })
      }
    },
  }
}

function nameOf(file: string): string | undefined {
  const path = recordPath(file)
  return path && `${path.type}/${path.basename}`
}
