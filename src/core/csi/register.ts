import { isWithin } from '../period.ts'
import { type RegisterRow, registerRows } from '../report-improvement.ts'
import type { Basis } from './basis.ts'
import { type Effect, effectOf } from './effects.ts'

/** An improvement with what it has brought. */
export interface MeasuredRow extends RegisterRow {
  readonly effect: Effect | null
  /** Whether it reached this state within the period. */
  readonly news: boolean
}

/** The register of improvements in the period. */
export interface Register {
  readonly rows: readonly MeasuredRow[]
  /** How many ended before the period. */
  readonly ended: number
  /** Those in place whose effect can be measured. */
  readonly measured: readonly MeasuredRow[]
}

/** Measures what is in the register. */
export function registerOf({ facts }: Pick<Basis, 'facts'>): Register {
  const { improvements } = facts.improving
  const rows = registerRows(facts, 'csi').map((row): MeasuredRow => {
    const improvement = improvements.find(({ id }) => id === row.id)
    const last = improvement?.moments.findLast(({ state }, index, all) => state !== all[index - 1]?.state)
    return {
      ...row,
      effect: improvement ? effectOf(facts, improvement) : null,
      news: last !== undefined && isWithin(facts.period, last.recorded),
    }
  })
  return {
    rows,
    ended: improvements.length - rows.length,
    measured: rows.filter(({ effect }) => effect !== null),
  }
}
