import { NumberColumn } from './column.ts'
import { type PackedTexts, packTexts, unpackText } from './packed-texts.ts'
import { textOfValue, valueOfText } from './plain-text.ts'
import { isData } from './record.ts'

/** A value table as it is kept. */
export interface PackedValues {
  readonly kinds: Uint32Array
  readonly lists: Uint32Array
  readonly texts: PackedTexts
}

/** A text as it stands. */
const plain = 0
/** Anything else but a long list, as `textOfValue` tells it. */
const told = 1
/** Where in `lists` a list stands: as what it adds to another. The number is 2 more than the offset. */
const firstList = 2

/**
 * Values read from YAML, each kept once and known by its number. A list of mappings is kept as what it adds to the list
 * before it, so that a log costs its new entries only.
 */
export class ValueTable {
  readonly #kinds: NumberColumn
  /** For each list: the number of the one that it goes on from and one, or 0; how many it adds; their numbers. */
  readonly #lists: NumberColumn
  readonly #stored: PackedTexts
  readonly #texts: string[] = []
  readonly #values: unknown[] = []
  readonly #plain = new Map<string, number>()
  readonly #told = new Map<string, number>()

  constructor({ kinds, lists, texts }: PackedValues = { kinds: none, lists: none, texts: packTexts([]) }) {
    this.#kinds = new NumberColumn(kinds)
    this.#lists = new NumberColumn(lists)
    this.#stored = texts
  }

  /** The number of a value; `likely` is that of one that it may equal, or go on from. */
  numberOf(value: unknown, likely?: number): number {
    if (typeof value === 'string') {
      if (likely !== undefined && this.valueAt(likely) === value) return likely
      const known = this.#plain.get(value)
      if (known !== undefined) return known
      if (!halfCharacter.test(value)) return this.#add(this.#plain, plain, unsliced(value))
    }
    if (Array.isArray(value) && value.some(isData)) return this.#listNumberOf(value, likely)
    const text = textOfValue(value)
    if (likely !== undefined && this.#kinds.at(likely) === told && this.#textAt(likely) === text) return likely
    return this.#told.get(text) ?? this.#add(this.#told, told, text)
  }

  /** The value of a number. What is kept once is given out as one: nobody may change it. */
  valueAt(number: number): unknown {
    const known = this.#values[number]
    if (known !== undefined) return known
    const kind = this.#kinds.at(number)
    const value =
      kind >= firstList
        ? this.#itemsAt(number).map((item) => this.valueAt(item))
        : kind === told
          ? valueOfText(this.#textAt(number))
          : this.#textAt(number)
    this.#values[number] = value
    return value
  }

  /** The number of a list and what it goes on with; `undefined` where the number is not one of a list of mappings. */
  longerList(before: number, added: readonly unknown[]): number | undefined {
    if (this.#kinds.at(before) < firstList) return undefined
    return this.#addList(
      before + 1,
      added.map((item) => this.numberOf(item)),
    )
  }

  pack(): PackedValues {
    return { kinds: this.#kinds.view(), lists: this.#lists.view(), texts: packTexts(this.#texts, this.#stored) }
  }

  #listNumberOf(items: readonly unknown[], likely: number | undefined): number {
    const isList = likely !== undefined && this.#kinds.at(likely) >= firstList
    const before = isList ? this.#itemsAt(likely) : []
    const numbers = items.map((item, index) => this.numberOf(item, before[index]))
    const goesOn = isList && before.length > 0 && before.every((number, index) => number === numbers[index])
    if (!goesOn) return this.#addList(0, numbers)
    return before.length === numbers.length ? likely : this.#addList(likely + 1, numbers.slice(before.length))
  }

  #addList(before: number, added: readonly number[]): number {
    const offset = this.#lists.length
    this.#lists.push(before)
    this.#lists.push(added.length)
    for (const number of added) this.#lists.push(number)
    return this.#addText(firstList + offset, '')
  }

  #itemsAt(number: number): readonly number[] {
    const items: number[] = []
    for (let list = number + 1; list > 0; ) {
      const offset = this.#kinds.at(list - 1) - firstList
      for (let at = offset + 1 + this.#lists.at(offset + 1); at > offset + 1; at--) items.push(this.#lists.at(at))
      list = this.#lists.at(offset)
    }
    return items.reverse()
  }

  #textAt(number: number): string {
    const { length } = this.#stored.ends
    return number < length ? unpackText(this.#stored, number) : (this.#texts[number - length] ?? '')
  }

  #add(known: Map<string, number>, kind: number, text: string): number {
    const number = this.#addText(kind, text)
    known.set(text, number)
    return number
  }

  #addText(kind: number, text: string): number {
    this.#texts.push(text)
    this.#kinds.push(kind)
    return this.#kinds.length - 1
  }
}

const none = new Uint32Array()

const halfCharacter = /\p{Surrogate}/u

/** A text of its own: one cut out of a file would keep the whole file in memory. */
function unsliced(text: string): string {
  return text.length < 13 ? text : String(JSON.parse(JSON.stringify(text)))
}
