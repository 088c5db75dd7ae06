import { logFactorial } from '../kpi-statistics.ts'

/**
 * How probable it is that at most so many of `n` cases hold, if each holds with the same probability (the lower tail of
 * the binomial distribution, summed exactly).
 */
export function binomialAtMost(count: number, n: number, probability: number): number {
  if (count >= n) return 1
  if (probability <= 0) return 1
  if (probability >= 1) return 0
  const [yes, no] = [Math.log(probability), Math.log1p(-probability)]
  let sum = 0
  for (let k = 0; k <= count; k++) {
    const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k)
    sum += Math.exp(ways + k * yes + (n - k) * no)
  }
  return Math.min(1, sum)
}

/**
 * How probable it is that at least so many of some independent cases hold, each with a probability of its own (the
 * upper tail of the Poisson binomial distribution, built up case by case).
 */
export function poissonBinomialAtLeast(count: number, probabilities: readonly number[]): number {
  if (count <= 0) return 1
  if (count > probabilities.length) return 0
  // `below[k]`: the probability of k so far, for every k under the count.
  const below: number[] = Array.from({ length: count }, (_, k) => (k === 0 ? 1 : 0))
  for (const [before, probability] of probabilities.entries()) {
    // What cannot hold changes nothing, and no more cases hold than there were.
    if (probability === 0) continue
    for (let k = Math.min(count - 1, before + 1); k >= 0; k--) {
      below[k] = (below[k] ?? 0) * (1 - probability) + (k === 0 ? 0 : (below[k - 1] ?? 0) * probability)
    }
  }
  const less = below.reduce((sum, each) => sum + each, 0)
  return Math.min(1, Math.max(0, 1 - less))
}
