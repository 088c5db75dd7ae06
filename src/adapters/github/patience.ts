/** How much longer a connection may wait in all, for an answer that is late and for a limit to pass. */
export interface Patience {
  /** Whether that many seconds can still be waited; if so, they are taken off. */
  readonly spend: (seconds: number) => boolean
  /** Takes off what was waited in vain. */
  readonly lose: (seconds: number) => void
  readonly isOver: () => boolean
}

/** Patience of so many seconds. */
export function patienceOf(seconds: number): Patience {
  let left = seconds
  return {
    spend: (wanted) => {
      if (wanted > left) return false
      left -= wanted
      return true
    },
    lose: (waited) => {
      left -= waited
    },
    isOver: () => left <= 0,
  }
}
