import { NumberColumn } from './column.ts'
import { type FileRevision, type RecordTouch, touchedRecords } from './compile-history.ts'
import type { MainlineCommit, RecordHistory, Revision } from './history.ts'
import type { Instant } from './instant.ts'
import type { ClaimedCommit } from './provenance.ts'
import type { Data } from './record.ts'
import { recordPath } from './record-path.ts'
import { type PackedValues, ValueTable } from './value-table.ts'

/** One commit of the mainline before its time is weighed. */
export interface WalkedCommit extends ClaimedCommit {
  readonly by: string
}

/** A packed history as it is kept. Every list is made of whole numbers, but for the claims and the text of the ids. */
export interface HistoryParts {
  /** The ids of the commits one behind the other, all of one length. */
  readonly commits: string
  readonly claimed: Float64Array
  readonly authors: Uint32Array
  readonly values: PackedValues
  readonly records: Uint32Array
  readonly revisions: Uint32Array
  readonly cells: Uint32Array
  readonly held: Uint32Array
}

/** What a record's file is where the path is the whole name: the configuration, which has no type. */
const untyped = ''

const kinds = ['written', 'removed', 'unreadable'] as const

/** Numbers that each record and each revision takes in its column. */
const [recordWidth, revisionWidth] = [3, 5]

/** The content that a record had last: the number of the list of its fields, and the number of each value. */
interface Row {
  readonly shape: number
  readonly values: readonly number[]
}

/**
 * The history of a mainline, folded as it is walked and kept small: of every revision only what it changed, every value
 * once. It goes on from where it was packed, and nothing in it depends on what evidence says about times.
 */
export class PackedHistory {
  readonly #ids: string
  readonly #idLength: number
  readonly #newIds: string[] = []
  readonly #claimed: Float64Array
  readonly #newClaims: Instant[] = []
  readonly #authors: NumberColumn
  readonly #values: ValueTable
  /** For each record: the numbers of its type and id; the number of its last revision, and one. */
  readonly #records: NumberColumn
  /** For each revision: its position; its kind; its file; its cells or reason; the revision before it, and one, or 0. */
  readonly #revisions: NumberColumn
  /** For each revision that was written: its shape; how many values changed; for each the place and the number. */
  readonly #cells: NumberColumn
  /** For each file that there was when this was packed: the number of its path, and that of the record that it held. */
  readonly #packedHeld: Uint32Array
  readonly #rows = new Map<number, Row>()
  /** The numbers of paths. */
  readonly #paths = new Map<string, number>()
  #known: Map<string, number> | undefined
  #held: Map<string, string> | undefined

  constructor(parts?: HistoryParts) {
    this.#ids = parts?.commits ?? ''
    this.#claimed = parts?.claimed ?? new Float64Array()
    this.#idLength = parts && parts.claimed.length > 0 ? parts.commits.length / parts.claimed.length : 0
    this.#authors = new NumberColumn(parts?.authors)
    this.#values = new ValueTable(parts?.values)
    this.#records = new NumberColumn(parts?.records)
    this.#revisions = new NumberColumn(parts?.revisions)
    this.#cells = new NumberColumn(parts?.cells)
    this.#packedHeld = parts?.held ?? new Uint32Array()
  }

  /** How many commits there are. */
  get length(): number {
    return this.#claimed.length + this.#newClaims.length
  }

  /** How many records there are, the configuration among them. */
  get recordCount(): number {
    return this.#records.length / recordWidth
  }

  /** Adds the next commit with what it made of files. `isConfiguration` tells the file that is no record but kept, too. */
  add(
    { commit, claimed, by }: WalkedCommit,
    files: readonly FileRevision[],
    isConfiguration: (path: string) => boolean,
  ): void {
    const position = this.length
    this.#newIds.push(commit)
    this.#newClaims.push(claimed)
    this.#authors.push(this.#values.numberOf(by, position === 0 ? undefined : this.#authors.at(position - 1)))
    this.#held ??= this.#unpackHeld()
    for (const { path, content } of files) {
      if (!isConfiguration(path)) continue
      const change =
        content === null
          ? ({ kind: 'removed' } as const)
          : 'data' in content
            ? ({ kind: 'written', data: content.data } as const)
            : ({ kind: 'unreadable', reason: content.reason } as const)
      this.#addRevision(position, { type: untyped, id: path, file: path, change })
    }
    for (const touch of touchedRecords(this.#held, files)) this.#addRevision(position, touch)
  }

  /** The commit at a position as git tells it. */
  commitAt(position: number): WalkedCommit {
    return {
      commit: this.idAt(position),
      claimed: this.#claimedAt(position),
      by: String(this.#values.valueAt(this.#authors.at(position))),
    }
  }

  /** What every commit claims. An id is put together when it is first asked for. */
  claims(): readonly ClaimedCommit[] {
    return Array.from({ length: this.length }, (_, position) => new Claim(this, position, this.#claimedAt(position)))
  }

  #allClaims(): Float64Array {
    const all = new Float64Array(this.length)
    all.set(this.#claimed)
    all.set(this.#newClaims, this.#claimed.length)
    return all
  }

  #claimedAt(position: number): Instant {
    return this.#claimed[position] ?? this.#newClaims[position - this.#claimed.length] ?? 0
  }

  /** The id of the commit at a position. */
  idAt(position: number): string {
    const stored = this.#idLength === 0 ? 0 : this.#ids.length / this.#idLength
    if (position >= stored) return this.#newIds[position - stored] ?? ''
    return this.#ids.slice(position * this.#idLength, (position + 1) * this.#idLength)
  }

  /** Type and id of a record by its number; the configuration has no type. */
  nameOf(record: number): { readonly type: string; readonly id: string } {
    return { type: this.typeOf(record), id: String(this.#values.valueAt(this.#records.at(record * recordWidth + 1))) }
  }

  /** The position of the last commit that touched a record, by its number. */
  lastTouched(record: number): number {
    return this.#revisions.at((this.#records.at(record * recordWidth + 2) - 1) * revisionWidth)
  }

  /** The number of what has no type: the configuration, if there is one. */
  untyped(): number | undefined {
    return this.numbers().find((record) => this.typeOf(record) === untyped)
  }

  #numberOf(type: string, id: string): number | undefined {
    this.#known ??= this.#unpackKnown()
    return this.#known.get(`${type}/${id}`)
  }

  /** The numbers of all records, the configuration among them, in the order in which they came to be. */
  numbers(): readonly number[] {
    return Array.from({ length: this.recordCount }, (_, record) => record)
  }

  /** The type of a record by its number. */
  typeOf(record: number): string {
    return String(this.#values.valueAt(this.#records.at(record * recordWidth)))
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
        row = this.#rowAfter(row, content)
        revisions.push({ kind: 'written', commit, file, data: this.#dataOf(row) })
      }
    }
    return { ...this.nameOf(record), revisions }
  }

  /** All of it as it is kept. */
  pack(): HistoryParts {
    return {
      commits: this.#ids + this.#newIds.join(''),
      claimed: this.#allClaims(),
      authors: this.#authors.view(),
      records: this.#records.view(),
      revisions: this.#revisions.view(),
      cells: this.#cells.view(),
      held: this.#held ? this.#packHeld(this.#held) : this.#packedHeld,
      values: this.#values.pack(),
    }
  }

  #addRevision(position: number, { type, id, file, change }: RecordTouch): void {
    const record = this.#recordNumber(type, id)
    const lastAt = record * recordWidth + 2
    const before = this.#records.at(lastAt)
    const path = this.#paths.get(file) ?? this.#values.numberOf(file)
    this.#paths.set(file, path)
    const content =
      change.kind === 'written'
        ? this.#addCells(record, change.data)
        : change.kind === 'unreadable'
          ? this.#values.numberOf(change.reason)
          : 0
    for (const number of [position, kinds.indexOf(change.kind), path, content, before]) this.#revisions.push(number)
    this.#records.set(lastAt, this.#revisions.length / revisionWidth)
  }

  #addCells(record: number, data: Data): number {
    const offset = this.#cells.length
    const before = this.#rows.get(record) ?? this.#lastRow(record)
    const names = Object.keys(data)
    const oldNames = before ? this.#namesOf(before.shape) : []
    const isSameShape =
      before !== undefined && names.length === oldNames.length && names.every((name, at) => name === oldNames[at])
    const shape = before && isSameShape ? before.shape : this.#values.numberOf(names)
    this.#cells.push(shape)
    this.#cells.push(0)
    let changed = 0
    const values = names.map((name, place) => {
      const oldPlace = isSameShape ? place : oldNames.indexOf(name)
      const old = oldPlace < 0 ? undefined : before?.values[oldPlace]
      const value = this.#values.numberOf(data[name], old)
      if (value !== old) {
        this.#cells.push(place)
        this.#cells.push(value)
        changed += 1
      }
      return value
    })
    this.#cells.set(offset + 1, changed)
    this.#rows.set(record, { shape, values })
    return offset
  }

  /** The content that a revision left: that before it with its own changes. Values go by the names of their fields. */
  #rowAfter(before: Row | undefined, offset: number): Row {
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

  #lastRow(record: number): Row | undefined {
    let row: Row | undefined
    for (const offset of this.#revisionsOf(record)) {
      const isWritten = kinds[this.#revisions.at(offset + 1)] === 'written'
      if (isWritten) row = this.#rowAfter(row, this.#revisions.at(offset + 3))
    }
    return row
  }

  #dataOf({ shape, values }: Row): Data {
    const data: { [field: string]: unknown } = {}
    let place = 0
    for (const name of this.#namesOf(shape)) data[name] = this.#values.valueAt(values[place++] ?? 0)
    return data
  }

  #namesOf(shape: number): readonly string[] {
    const names = this.#values.valueAt(shape)
    return Array.isArray(names) ? names : []
  }

  /** Where the revisions of a record begin in their column, oldest first. */
  #revisionsOf(record: number): readonly number[] {
    const found: number[] = []
    for (let next = this.#records.at(record * recordWidth + 2); next > 0; ) {
      const offset = (next - 1) * revisionWidth
      found.push(offset)
      next = this.#revisions.at(offset + 4)
    }
    return found.reverse()
  }

  #recordNumber(type: string, id: string): number {
    const known = this.#numberOf(type, id)
    if (known !== undefined) return known
    const record = this.recordCount
    for (const number of [this.#values.numberOf(type), this.#values.numberOf(id), 0]) this.#records.push(number)
    this.#known?.set(`${type}/${id}`, record)
    return record
  }

  #unpackKnown(): Map<string, number> {
    const known = new Map<string, number>()
    for (let record = 0; record < this.recordCount; record++) {
      const { type, id } = this.nameOf(record)
      known.set(`${type}/${id}`, record)
    }
    return known
  }

  #packHeld(held: ReadonlyMap<string, string>): Uint32Array {
    const packed = [...held].flatMap(([path, id]) => [
      this.#paths.get(path) ?? 0,
      this.#recordNumber(recordPath(path)?.type ?? untyped, id),
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

class Claim implements ClaimedCommit {
  readonly #history: PackedHistory
  readonly #position: number
  readonly claimed: Instant

  constructor(history: PackedHistory, position: number, claimed: Instant) {
    this.#history = history
    this.#position = position
    this.claimed = claimed
  }

  get commit(): string {
    return this.#history.idAt(this.#position)
  }
}
