/** A decision that explains itself: whether it holds, why in one sentence, and what it rests on (DESIGN.md §1.14). */
export interface Verdict {
  readonly met: boolean
  readonly because: string
  readonly parts: readonly Verdict[]
}

/** A verdict that rests on nothing further. */
export function leaf(met: boolean, because: string): Verdict {
  return { met, because, parts: [] }
}
