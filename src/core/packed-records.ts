import { NumberColumn } from './column.ts'
import type { ValueTable } from './value-table.ts'

/** Numbers that each record takes in the column. */
const width = 3

/** The records of a packed history by their number, in the order in which they came to be. */
export class PackedRecords {
  /** For each record: the numbers of its type and id; the number of its last revision, and one. */
  readonly #column: NumberColumn
  readonly #values: ValueTable
  /** The numbers by type and id. */
  #known: Map<string, Map<string, number>> | undefined

  constructor(values: ValueTable, column?: Uint32Array) {
    this.#column = new NumberColumn(column)
    this.#values = values
  }

  get length(): number {
    return this.#column.length / width
  }

  /** Type and id of a record by its number. */
  nameOf(record: number): { readonly type: string; readonly id: string } {
    return { type: this.typeOf(record), id: String(this.#values.valueAt(this.#column.at(record * width + 1))) }
  }

  typeOf(record: number): string {
    return String(this.#values.valueAt(this.#column.at(record * width)))
  }

  /** The number of a record; one that was not there gets the next. */
  numberOf(type: string, id: string): number {
    this.#known ??= this.#unpackKnown()
    const ofType = this.#known.get(type) ?? new Map<string, number>()
    const known = ofType.get(id)
    if (known !== undefined) return known
    const record = this.length
    for (const number of [this.#values.numberOf(type), this.#values.numberOf(id), 0]) this.#column.push(number)
    this.#known.set(type, ofType.set(id, record))
    return record
  }

  /** The number of the last revision of a record, and one; 0 where there is none yet. */
  lastRevision(record: number): number {
    return this.#column.at(record * width + 2)
  }

  setLastRevision(record: number, revision: number): void {
    this.#column.set(record * width + 2, revision)
  }

  /** All of them as they are kept. */
  view(): Uint32Array {
    return this.#column.view()
  }

  #unpackKnown(): Map<string, Map<string, number>> {
    const known = new Map<string, Map<string, number>>()
    for (let record = 0; record < this.length; record++) {
      const { type, id } = this.nameOf(record)
      known.set(type, (known.get(type) ?? new Map<string, number>()).set(id, record))
    }
    return known
  }
}
