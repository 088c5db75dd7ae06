/** Ranks from 1; what is equal shares the mean of its ranks. */
export function ranks(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const found: number[] = values.map(() => 0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && order[end]?.value === order[start]?.value) end++
    for (const { index } of order.slice(start, end)) found[index] = (start + 1 + end) / 2
    start = end
  }
  return found
}

/** Spearman's rank correlation, -1 to 1; `undefined` where one side never changes. */
export function rankCorrelation(ones: readonly number[], others: readonly number[]): number | undefined {
  return correlationOfRanks(ranks(ones), ranks(others))
}

function correlationOfRanks(ones: readonly number[], others: readonly number[]): number | undefined {
  const mean = (ones.length + 1) / 2
  let [shared, one, other] = [0, 0, 0]
  for (const [index, value] of ones.entries()) {
    const [x, y] = [value - mean, (others[index] ?? mean) - mean]
    shared += x * y
    one += x * x
    other += y * y
  }
  return one === 0 || other === 0 ? undefined : shared / Math.sqrt(one * other)
}

/** How closely two series move together, at the lag that suits them best. */
export interface LaggedCorrelation {
  /** By how many steps the second series follows the first. */
  readonly lag: number
  /** Spearman's rank correlation at that lag, -1 to 1. */
  readonly rank: number
  /** Pairs that it rests on. */
  readonly n: number
  /** See `laggedCorrelation`. */
  readonly p: number
}

/** The most rotations that a test looks at; a longer series is rotated by even steps. */
const mostRotations = 999

/**
 * The closest rank correlation of two series of equal steps, over lags from 0 to `mostLag`, and how often chance brings
 * one as close. Neighbouring values of a series resemble each other, so the usual formula would see far too much. The
 * second series is therefore rotated against the first, which keeps the rhythm of each and breaks what binds them: the
 * probability is the share of rotations, the true position counted as one, with a correlation as close at any lag.
 */
export function laggedCorrelation(
  ones: readonly number[],
  others: readonly number[],
  mostLag: number,
): LaggedCorrelation | undefined {
  const n = Math.min(ones.length, others.length)
  const lags = Array.from({ length: mostLag + 1 }, (_, lag) => lag)
  const [first, second] = [centred(ones.slice(0, n)), centred(others.slice(0, n))]
  if (!first || !second || n <= 2 * mostLag + 2) return undefined
  const at = lags.map((lag) => ({ lag, rank: rankCorrelation(ones.slice(0, n - lag), others.slice(lag, n)) ?? 0 }))
  const best = at.reduce((a, b) => (Math.abs(b.rank) > Math.abs(a.rank) ? b : a))
  const rotated = (shift: number): number => {
    let sum = 0
    for (let index = 0; index < n; index++) sum += (first[index] ?? 0) * (second[(index + shift) % n] ?? 0)
    return Math.abs(sum)
  }
  const closest = (shift: number): number => Math.max(...lags.map((lag) => rotated((shift + lag) % n)))
  const found = closest(0)
  const step = Math.max(1, Math.ceil((n - 1) / mostRotations))
  let [asClose, rotations] = [1, 1]
  // Rotations by less than the lags looked at would compare the true position with itself.
  for (let shift = mostLag + 1; shift < n - mostLag; shift += step) {
    rotations++
    if (closest(shift) >= found - 1e-9) asClose++
  }
  return { ...best, n: n - best.lag, p: asClose / rotations }
}

/** Ranks about 0 with a spread of 1; `undefined` for values that never change. */
function centred(values: readonly number[]): readonly number[] | undefined {
  const ranked = ranks(values)
  const mean = (values.length + 1) / 2
  const spread = Math.sqrt(ranked.reduce((sum, rank) => sum + (rank - mean) ** 2, 0))
  return spread === 0 ? undefined : ranked.map((rank) => (rank - mean) / spread)
}
