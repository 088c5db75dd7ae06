import type { Progress } from '../core/progress.ts'
import { progressLine } from './progress.ts'

/** A line of a terminal that tells how far a command is. */
export interface ProgressBar {
  readonly tell: Progress
  /** Takes the line away, so that something else can be written. */
  readonly clear: () => void
}

/** What a progress bar is drawn on. */
export interface Canvas {
  readonly write: (text: string) => void
  /** Columns of the terminal, at this moment. */
  readonly columns: () => number
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number
}

/** A command that takes no longer than this shows nothing. */
const patience = 1000
/** How long a drawing stands at least. */
const standing = 100

const carriageReturn = '\r'
const eraseLine = '\u001b[2K'

/** A progress bar that appears when a command takes longer than a second. */
export function progressBar({ write, columns, clock }: Canvas): ProgressBar {
  const begun = clock()
  let stage = { step: '', since: begun }
  let drawn: number | undefined
  let shown = false

  function clear(): void {
    if (shown) write(carriageReturn + eraseLine)
    shown = false
  }

  return {
    clear,
    tell(step, done, total) {
      const now = clock()
      if (step !== stage.step) stage = { step, since: now }
      if (now - begun < patience || (drawn !== undefined && now - drawn < standing)) return
      const elapsed = (now - stage.since) / 1000
      // A full last column makes some terminals begin a new line.
      const line = progressLine({ step, done, ...(total !== undefined && { total }), elapsed }, columns() - 1)
      write(carriageReturn + eraseLine + line)
      drawn = now
      shown = true
    },
  }
}
