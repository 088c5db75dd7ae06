import type { Instant } from './instant.ts'
import { isWorse, type Measured } from './kpi-record.ts'
import { startOfDay } from './period.ts'
import { type Data, isData, type RecordDoc, textAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'

/** What the engine measured of an improvement, by the KPI that it names. */
export interface Proof {
  /** The moment of the judgement: a period that is not over by then proves nothing. */
  readonly asOf: Instant
  /** The KPI as the base has it, so that no change moves its own yardstick; as the change brings it where it is new. */
  readonly kpi: RecordDoc
  readonly baseline: Measured
  readonly measured: Measured
}

/** What became of an improvement. */
export type Result = 'achieved' | 'partially_achieved' | 'not_achieved'

/**
 * A period of an improvement (`baseline`, `measured_period`) in a zone; `undefined` where it is missing or reversed.
 */
export function periodOf(data: Data, field: 'baseline' | 'measured_period', zone: string): TimeSpan | undefined {
  const period = data[field]
  if (!isData(period)) return undefined
  const [from, until] = [startOfDay(textAt(period, 'from') ?? '', zone), startOfDay(textAt(period, 'to') ?? '', zone)]
  return from === undefined || until === undefined || from >= until ? undefined : { from, until }
}

/** The result that a measured value means: at the target, at least better than the baseline, or neither. */
export function resultOf(kpi: Data, value: number, baseline: number, target: number): Result {
  if (!isWorse(kpi, value, target)) return 'achieved'
  return isWorse(kpi, baseline, value) ? 'partially_achieved' : 'not_achieved'
}

/** Whether a figure rounds to what was declared, with as many decimals as were given. */
export function agrees(declared: number, figure: number): boolean {
  const half = 0.5 * 10 ** -decimalsOf(declared)
  // Room for the last bit, so that a figure just between two roundings agrees with both.
  return Math.abs(declared - figure) <= half * (1 + 1e-9) + Math.abs(figure) * 1e-12
}

/** How many decimals a number is written with. */
export function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).toLowerCase().split('e')
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent))
}
