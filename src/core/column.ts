/** A growing list of whole numbers from 0 to 2^32 − 1, four bytes each. */
export class NumberColumn {
  #values: Uint32Array
  #length: number

  constructor(values: Uint32Array = new Uint32Array()) {
    this.#values = values
    this.#length = values.length
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Uint32Array(Math.max(64, this.#length * 2))
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.#length++] = value
  }

  /** The number at a place; 0 beyond the end. */
  at(index: number): number {
    return index < this.#length ? (this.#values[index] ?? 0) : 0
  }

  set(index: number, value: number): void {
    if (index < this.#length) this.#values[index] = value
  }

  /** All numbers, sharing memory with the column until it grows. */
  view(): Uint32Array {
    return this.#values.subarray(0, this.#length)
  }
}
