/** A stretch of an axis with marks at round numbers. */
export interface Scale {
  readonly from: number
  readonly until: number
  readonly step: number
}

/**
 * The shortest stretch between marks at round numbers that holds all figures and 0, or the range given instead of 0.
 * Whole figures get whole marks. About `marks` of them are drawn.
 */
export function scaleOf(figures: readonly number[], range: readonly [number, number] | undefined, marks = 5): Scale {
  const least = Math.min(...(range ?? [0]), ...figures)
  const most = Math.max(...(range ?? [0]), ...figures)
  const isWhole = figures.every(Number.isInteger)
  const step = roundStep((most - least || 1) / marks, isWhole)
  const from = tidy(Math.floor(least / step + 1e-9) * step)
  const until = tidy(Math.ceil(most / step - 1e-9) * step)
  return { from, until: until === from ? tidy(from + step) : until, step }
}

/** The marks of a scale, from the lowest on. */
export function marksOf({ from, until, step }: Scale): readonly number[] {
  return Array.from({ length: Math.round((until - from) / step) + 1 }, (_, index) => tidy(from + index * step))
}

function roundStep(least: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const steps = [1, 2, 2.5, 5, 10].map((factor) => tidy(factor * power))
  const fitting = steps.filter((step) => step >= least * (1 - 1e-9) && (!isWhole || Number.isInteger(step)))
  return fitting[0] ?? 1
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
