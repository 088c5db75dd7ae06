import { humanDuration, type Seconds } from '../core/instant.ts'

/** How far a step has come. */
export interface Stage {
  readonly step: string
  readonly done: number
  /** How many parts there are, where that is known. */
  readonly total?: number
  /** How long the step takes already; may have a fraction. */
  readonly elapsed: Seconds
}

const widestBar = 24

/**
 * A stage as one line of at most so many columns: what is done, a bar with its percentage, parts a second, and the time
 * left at that rate. Where the total is not known there is no bar; where room is short the bar goes first, then the
 * rate.
 */
export function progressLine({ step, done, total, elapsed }: Stage, columns: number): string {
  const rate = elapsed > 0 ? done / elapsed : 0
  const pace = rate >= 1 ? `${grouped(Math.floor(rate))}/s` : `${rate.toFixed(1)}/s`
  if (total === undefined || total < done || total === 0) return fitted([[step, `${grouped(done)}`, pace]], columns)
  const share = done / total
  const percent = `${Math.floor(share * 100)} %`.padStart(5)
  const count = `${grouped(done)} of ${grouped(total)}`
  const left = rate > 0 ? `${humanDuration(Math.ceil((total - done) / rate))} left` : ''
  return fitted(
    [
      [step, bar(share), percent, count, pace, left],
      [step, percent, count, pace, left],
      [step, percent, left],
    ],
    columns,
  )
}

function bar(share: number): string {
  const full = Math.floor(share * widestBar)
  return '█'.repeat(full) + '░'.repeat(widestBar - full)
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** The first of several ways to say something that fits; the last is cut where none does. */
function fitted(ways: readonly (readonly string[])[], columns: number): string {
  const lines = ways.map((parts) => parts.filter((part) => part !== '').join('  '))
  return lines.find((line) => line.length <= columns) ?? (lines.at(-1) ?? '').slice(0, columns)
}
