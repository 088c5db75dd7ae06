/**
 * Choices that look like chance and are the same in every run: 32-bit integers only, so that no machine rounds them.
 */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** True in so many cases of a hundred. */
  percent(chances: number): boolean
  pick<T>(choices: readonly [T, ...T[]]): T
}

/** A stream of choices for a seed; a Weyl sequence whose steps are mixed (multiply, xor, shift). */
export function chance(seed: number): Chance {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return (mixed ^ (mixed >>> 16)) >>> 0
  }
  const between = (least: number, most: number): number => least + (next() % (most - least + 1))
  return {
    between,
    percent: (chances) => between(1, 100) <= chances,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
  }
}
