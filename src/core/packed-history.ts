import { NumberColumn } from './column.ts'
import type { FileContent } from './file-content.ts'
import type { MainlineCommit, RecordHistory, Revision } from './history.ts'
import { type CommitParts, PackedCommits, type WalkedCommit } from './packed-commits.ts'
import { PackedRecords } from './packed-records.ts'
import { PackedRows, type Row } from './packed-rows.ts'
import type { ClaimedCommit } from './provenance.ts'
import { recordPath } from './record-path.ts'
import { type FileRevision, type RecordTouch, touchedRecords } from './touched-records.ts'
import { type PackedValues, ValueTable } from './value-table.ts'

/** A packed history as it is kept. Every list is made of whole numbers, but for the claims and the text of the ids. */
export interface HistoryParts extends CommitParts {
  readonly values: PackedValues
  readonly records: Uint32Array
  readonly revisions: Uint32Array
  readonly cells: Uint32Array
  readonly held: Uint32Array
}

/** What a record's file is where the path is the whole name: the configuration, which has no type. */
const untyped = ''

const kinds = ['written', 'removed', 'unreadable'] as const

/** Numbers that each revision takes in its column. */
const revisionWidth = 5

/**
 * The history of a mainline, folded as it is walked and kept small: of every revision only what it changed, every value
 * once. It goes on from where it was packed, and nothing in it depends on what evidence says about times.
 */
export class PackedHistory {
  readonly #commits: PackedCommits
  readonly #rows: PackedRows
  readonly #values: ValueTable
  readonly #records: PackedRecords
  /** For each revision: its position; its kind; its file; its cells or reason; the revision before it, and one, or 0. */
  readonly #revisions: NumberColumn
  /** For each file that there was when this was packed: the number of its path, and that of the record that it held. */
  readonly #packedHeld: Uint32Array
  /** The content that a record had last. */
  readonly #lastRows = new Map<number, Row>()
  /** The numbers of paths. */
  readonly #paths = new Map<string, number>()
  #held: Map<string, string> | undefined

  constructor(parts?: HistoryParts) {
    this.#values = new ValueTable(parts?.values)
    this.#commits = new PackedCommits(this.#values, parts)
    this.#rows = new PackedRows(this.#values, parts?.cells)
    this.#records = new PackedRecords(this.#values, parts?.records)
    this.#revisions = new NumberColumn(parts?.revisions)
    this.#packedHeld = parts?.held ?? new Uint32Array()
  }

  /** How many commits there are. */
  get length(): number {
    return this.#commits.length
  }

  /** How many records there are, the configuration among them. */
  get recordCount(): number {
    return this.#records.length
  }

  /** Adds the next commit with what it made of files. `isConfiguration` tells the file that is no record but kept, too. */
  add(commit: WalkedCommit, files: readonly FileRevision[], isConfiguration: (path: string) => boolean): void {
    const position = this.#commits.add(commit)
    this.#held ??= this.#unpackHeld()
    for (const { path, content } of files) {
      if (!isConfiguration(path)) continue
      const change =
        content === null
          ? ({ kind: 'removed' } as const)
          : 'data' in content
            ? ({ kind: 'written', content } as const)
            : ({ kind: 'unreadable', reason: content.reason } as const)
      this.#addRevision(position, { type: untyped, id: path, file: path, change })
    }
    for (const touch of touchedRecords(this.#held, files)) this.#addRevision(position, touch)
  }

  /** The commit at a position as git tells it. */
  commitAt(position: number): WalkedCommit {
    return this.#commits.at(position)
  }

  /** The id of the commit at a position. */
  idAt(position: number): string {
    return this.#commits.idAt(position)
  }

  /** What every commit claims. An id is put together when it is first asked for. */
  claims(): readonly ClaimedCommit[] {
    return this.#commits.claims()
  }

  /** Type and id of a record by its number; the configuration has no type. */
  nameOf(record: number): { readonly type: string; readonly id: string } {
    return this.#records.nameOf(record)
  }

  /** The position of the last commit that touched a record, by its number. */
  lastTouched(record: number): number {
    return this.#revisions.at((this.#records.lastRevision(record) - 1) * revisionWidth)
  }

  /** The number of what has no type: the configuration, if there is one. */
  untyped(): number | undefined {
    return this.numbers().find((record) => this.typeOf(record) === untyped)
  }

  /** The numbers of all records, the configuration among them, in the order in which they came to be. */
  numbers(): readonly number[] {
    return Array.from({ length: this.recordCount }, (_, record) => record)
  }

  /** The type of a record by its number. */
  typeOf(record: number): string {
    return this.#records.typeOf(record)
  }

  /** The revisions of a record by its number, oldest first, with commits as `commitOf` has them. */
  historyOf(record: number, commitOf: (position: number) => MainlineCommit): RecordHistory {
    const revisions: Revision[] = []
    let row: Row | undefined
    for (const offset of this.#revisionsOf(record)) {
      const commit = commitOf(this.#revisions.at(offset))
      const kind = kinds[this.#revisions.at(offset + 1)]
      const file = String(this.#values.valueAt(this.#revisions.at(offset + 2)))
      const content = this.#revisions.at(offset + 3)
      if (kind === 'removed') revisions.push({ kind, commit, file })
      else if (kind === 'unreadable') {
        revisions.push({ kind, commit, file, reason: String(this.#values.valueAt(content)) })
      } else {
        row = this.#rows.after(row, content)
        revisions.push({ kind: 'written', commit, file, data: this.#rows.dataOf(row) })
      }
    }
    return { ...this.nameOf(record), revisions }
  }

  /** All of it as it is kept. */
  pack(): HistoryParts {
    return {
      ...this.#commits.pack(),
      records: this.#records.view(),
      revisions: this.#revisions.view(),
      cells: this.#rows.view(),
      held: this.#held ? this.#packHeld(this.#held) : this.#packedHeld,
      values: this.#values.pack(),
    }
  }

  #addRevision(position: number, { type, id, file, change }: RecordTouch): void {
    const record = this.#records.numberOf(type, id)
    const before = this.#records.lastRevision(record)
    const path = this.#paths.get(file) ?? this.#newPath(file)
    const content =
      change.kind === 'written'
        ? this.#addRow(record, change.content)
        : change.kind === 'unreadable'
          ? this.#values.numberOf(change.reason)
          : 0
    for (const number of [position, kinds.indexOf(change.kind), path, content, before]) this.#revisions.push(number)
    this.#records.setLastRevision(record, this.#revisions.length / revisionWidth)
  }

  #newPath(file: string): number {
    const path = this.#values.numberOf(file)
    this.#paths.set(file, path)
    return path
  }

  #addRow(record: number, content: FileContent): number {
    const { offset, row } = this.#rows.add(content, this.#lastRows.get(record) ?? this.#lastRow(record))
    this.#lastRows.set(record, row)
    return offset
  }

  #lastRow(record: number): Row | undefined {
    let row: Row | undefined
    for (const offset of this.#revisionsOf(record)) {
      const isWritten = kinds[this.#revisions.at(offset + 1)] === 'written'
      if (isWritten) row = this.#rows.after(row, this.#revisions.at(offset + 3))
    }
    return row
  }

  /** Where the revisions of a record begin in their column, oldest first. */
  #revisionsOf(record: number): readonly number[] {
    const found: number[] = []
    for (let next = this.#records.lastRevision(record); next > 0; ) {
      const offset = (next - 1) * revisionWidth
      found.push(offset)
      next = this.#revisions.at(offset + 4)
    }
    return found.reverse()
  }

  #packHeld(held: ReadonlyMap<string, string>): Uint32Array {
    const packed = [...held].flatMap(([path, id]) => [
      this.#paths.get(path) ?? 0,
      this.#records.numberOf(recordPath(path)?.type ?? untyped, id),
    ])
    return Uint32Array.from(packed)
  }

  #unpackHeld(): Map<string, string> {
    const held = new Map<string, string>()
    for (let at = 0; at < this.#packedHeld.length; at += 2) {
      const [number, record] = [this.#packedHeld[at] ?? 0, this.#packedHeld[at + 1] ?? 0]
      const path = String(this.#values.valueAt(number))
      this.#paths.set(path, number)
      held.set(path, this.nameOf(record).id)
    }
    return held
  }
}
