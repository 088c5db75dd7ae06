/** A decision that explains itself: whether it holds, why in one sentence, and what it rests on (DESIGN.md §1.14). */
export interface Verdict {
  readonly met: boolean
  readonly because: string
  readonly parts: readonly Verdict[]
  /** What programs may know the reason by, where it has a name that stays: `CAB_SELF`. */
  readonly code?: string
  /** Of approvals that are missing and can still be given: how many, from which teams, and who of them can. */
  readonly awaits?: Awaits
}

/** What a verdict waits for. */
export interface Awaits {
  readonly approvals: number
  readonly teams: readonly string[]
  /** Logins of those who can give them. */
  readonly people: readonly string[]
}

/** A verdict that rests on nothing further. */
export function leaf(met: boolean, because: string, code?: string): Verdict {
  return { met, because, parts: [], ...(code !== undefined && { code }) }
}
