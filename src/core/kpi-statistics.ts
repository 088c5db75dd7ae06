/** Logarithm of n!, exact to some 14 digits (Stirling's series from 20 on). */
export function logFactorial(n: number): number {
  const known = logFactorials[n] ?? stirling(n)
  if (n < logFactorials.length) logFactorials[n] = known
  return known
}

/** Those of the numbers that were asked for: tests of many groups ask for the same ones again and again. */
const logFactorials = Array.from<unknown, number | undefined>({ length: 16_384 }, () => undefined)

function stirling(n: number): number {
  if (n < 20) {
    let product = 1
    for (let factor = 2; factor <= n; factor++) product *= factor
    return Math.log(product)
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5)
}

/**
 * Fisher's exact test, two-sided: how probable a difference between two shares at least this unlikely is, if both
 * groups are alike. Sums the hypergeometric probabilities that do not exceed the observed one.
 */
export function fisherExact(
  one: { readonly count: number; readonly n: number },
  other: { readonly count: number; readonly n: number },
): number {
  const [all, hits] = [one.n + other.n, one.count + other.count]
  const fixed =
    logFactorial(hits) + logFactorial(all - hits) + logFactorial(one.n) + logFactorial(other.n) - logFactorial(all)
  const logProbability = (count: number): number =>
    fixed -
    logFactorial(count) -
    logFactorial(one.n - count) -
    logFactorial(hits - count) -
    logFactorial(other.n - hits + count)
  const observed = logProbability(one.count)
  let sum = 0
  for (let count = Math.max(0, hits - other.n); count <= Math.min(one.n, hits); count++) {
    const log = logProbability(count)
    if (log <= observed + 1e-7) sum += Math.exp(log)
  }
  return Math.min(1, sum)
}

/**
 * The smallest probability that `fisherExact` could give for groups of these sizes with as many hits in all: that of
 * the less probable of the two most uneven splits. Where it is large, the groups are too small to tell, whatever comes
 * out.
 */
export function leastFisher(
  one: { readonly count: number; readonly n: number },
  other: { readonly count: number; readonly n: number },
): number {
  const hits = one.count + other.count
  const extremes = [Math.max(0, hits - other.n), Math.min(one.n, hits)]
  return Math.min(...extremes.map((count) => fisherExact({ count, n: one.n }, { count: hits - count, n: other.n })))
}

/** The fewest values on each side for which the normal approximation of `mannWhitney` is used. */
export const fewestToRank = 8

/**
 * The Mann–Whitney test, two-sided: how probable a difference in rank at least this large is, if both groups are alike.
 * Normal approximation with corrections for ties and continuity; `undefined` with fewer than `fewestToRank` on a side,
 * and where all values are the same.
 */
export function mannWhitney(ones: readonly number[], others: readonly number[]): number | undefined {
  const [n, m] = [ones.length, others.length]
  if (n < fewestToRank || m < fewestToRank) return undefined
  const ranked = [...ones.map((value) => ({ value, first: true })), ...others.map((value) => ({ value, first: false }))]
  ranked.sort((a, b) => a.value - b.value)
  let [rankSum, ties] = [0, 0]
  for (let start = 0; start < ranked.length; ) {
    let end = start
    while (end < ranked.length && ranked[end]?.value === ranked[start]?.value) end++
    const rank = (start + 1 + end) / 2
    rankSum += rank * ranked.slice(start, end).filter(({ first }) => first).length
    ties += (end - start) ** 3 - (end - start)
    start = end
  }
  const all = n + m
  const difference = Math.abs(rankSum - (n * (n + 1)) / 2 - (n * m) / 2)
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))))
  if (deviation === 0) return undefined
  return Math.min(1, bothTails(Math.max(0, difference - 0.5) / deviation))
}

/**
 * The probability that a normal value lies at least z deviations from its mean (Abramowitz and Stegun 7.1.26, to 1e-7).
 */
function bothTails(z: number): number {
  const x = z / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return series * Math.exp(-x * x)
}

/** Holm's correction: probabilities as they count when this many questions are asked at once, in the order given. */
export function holm(probabilities: readonly number[]): readonly number[] {
  const order = probabilities.map((_, index) => index).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0))
  const corrected = new Map<number, number>()
  let floor = 0
  order.forEach((index, rank) => {
    floor = Math.max(floor, Math.min(1, (probabilities[index] ?? 1) * (probabilities.length - rank)))
    corrected.set(index, floor)
  })
  return probabilities.map((_, index) => corrected.get(index) ?? 1)
}

/** The limits between which a figure moves by itself. */
export interface Limits {
  readonly low: number
  readonly high: number
}

/** The fewest earlier periods from which limits are drawn. */
export const fewestForLimits = 6

/**
 * Natural process limits of a series of counts (Wheeler's XmR chart): the mean, give or take 2.66 times the mean step
 * from one value to the next, and never below 0. `undefined` with fewer than `fewestForLimits` values.
 */
export function naturalLimits(series: readonly number[]): Limits | undefined {
  if (series.length < fewestForLimits) return undefined
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length
  const steps = series.slice(1).map((value, index) => Math.abs(value - (series[index] ?? value)))
  const reach = (2.66 * steps.reduce((sum, step) => sum + step, 0)) / steps.length
  return { low: Math.max(0, mean - reach), high: mean + reach }
}
