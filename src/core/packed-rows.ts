import { NumberColumn } from './column.ts'
import type { FileContent } from './file-content.ts'
import type { Data } from './record.ts'
import type { ValueTable } from './value-table.ts'

/** The content that a record had: the number of the list of its fields, and the number of each value. */
export interface Row {
  readonly shape: number
  readonly values: readonly number[]
  /** The number that the version of the file had, where it had one. */
  readonly version?: number | undefined
}

/** What was written of records: of every row its shape, and only those values that differ from the row before it. */
export class PackedRows {
  /** For each row: its shape; how many values changed; for each the place and the number. */
  readonly #cells: NumberColumn
  readonly #values: ValueTable

  constructor(values: ValueTable, cells?: Uint32Array) {
    this.#cells = new NumberColumn(cells)
    this.#values = values
  }

  /** Adds what came after a row; gives back where it begins. */
  add(content: FileContent, before: Row | undefined): { readonly offset: number; readonly row: Row } {
    const { edit, version } = content
    const offset = this.#cells.length
    const follows = before !== undefined && edit !== undefined && edit.follows === before.version
    const names = follows ? edit.names : Object.keys(content.data)
    const oldNames = before ? this.#namesOf(before.shape) : []
    const isSameShape =
      before !== undefined && names.length === oldNames.length && names.every((name, at) => name === oldNames[at])
    const shape = before && isSameShape ? before.shape : this.#values.numberOf(names)
    this.#cells.push(shape)
    this.#cells.push(0)
    let changed = 0
    const values = names.map((name, place) => {
      const kept = follows ? (edit.kept[place] ?? -1) : -1
      const oldPlace = kept >= 0 ? kept : isSameShape ? place : oldNames.indexOf(name)
      const old = oldPlace < 0 ? undefined : before?.values[oldPlace]
      const value =
        kept < 0
          ? this.#values.numberOf(follows ? edit.values[place] : content.data[name], old)
          : this.#kept(old, edit?.values[place], () => content.data[name])
      if (value !== old) {
        this.#cells.push(place)
        this.#cells.push(value)
        changed += 1
      }
      return value
    })
    this.#cells.set(offset + 1, changed)
    return { offset, row: { shape, values, version } }
  }

  /** The number of a value that stands as it stood, or of a list that has grown. */
  #kept(old: number | undefined, added: unknown, whole: () => unknown): number {
    if (old !== undefined && !Array.isArray(added)) return old
    const longer = old !== undefined && Array.isArray(added) ? this.#values.longerList(old, added) : undefined
    return longer ?? this.#values.numberOf(whole(), old)
  }

  /** The row that begins there: the one before it with its own changes. Values go by the names of their fields. */
  after(before: Row | undefined, offset: number): Row {
    const shape = this.#cells.at(offset)
    const oldNames = before && before.shape !== shape ? this.#namesOf(before.shape) : []
    const values =
      before?.shape === shape
        ? [...before.values]
        : this.#namesOf(shape).map((name) => before?.values[oldNames.indexOf(name)] ?? 0)
    const end = offset + 2 + this.#cells.at(offset + 1) * 2
    for (let at = offset + 2; at < end; at += 2) values[this.#cells.at(at)] = this.#cells.at(at + 1)
    return { shape, values }
  }

  /** What a row says. */
  dataOf({ shape, values }: Row): Data {
    const data: { [field: string]: unknown } = {}
    let place = 0
    for (const name of this.#namesOf(shape)) data[name] = this.#values.valueAt(values[place++] ?? 0)
    return data
  }

  /** All of them as they are kept. */
  view(): Uint32Array {
    return this.#cells.view()
  }

  #namesOf(shape: number): readonly string[] {
    const names = this.#values.valueAt(shape)
    return Array.isArray(names) ? names : []
  }
}
