import type { Instant } from './instant.ts'
import type { Share } from './kpi-figure.ts'
import { type Clock, isBreached } from './kpi-sla.ts'
import { isWithin } from './period.ts'
import type { TimeSpan } from './time-span.ts'

/** How many breaches an objective forgives, in whole clocks. */
export interface ErrorBudget {
  /** The clocks that it rests on: those that stopped, met or breached, and were not filed after the fact. */
  readonly n: number
  /** The most of them that may be breached with the objective still reached. */
  readonly allowed: number
  readonly used: number
  /** Allowed less used; negative where the objective is missed. */
  readonly left: number
}

/**
 * The error budget of a share of clocks met against an objective in percent: the largest b for which n − b of n still
 * reach it, so `left` is negative exactly where the objective is missed. `null` without an objective or without data.
 */
export function errorBudget({ count, n }: Share, objective: number | null): ErrorBudget | null {
  if (objective === null || n === 0) return null
  const [used, allowed] = [n - count, allowedBreaches(n, objective)]
  return { n, allowed, used, left: allowed - used }
}

/** Of `n` clocks, the most that may be breached with the objective still reached; told as `reaches` tells it. */
export function allowedBreaches(n: number, objective: number): number {
  let allowed = Math.min(n, Math.max(0, Math.floor((n * (100 - objective)) / 100) + 1))
  while (allowed > 0 && (n - allowed) * 100 < objective * n) allowed--
  return allowed
}

/** What was left of an error budget at an instant. */
export interface BudgetPoint {
  readonly at: Instant
  readonly left: number
}

/**
 * How an error budget burned down: what was left of it at the beginning of the period and after each breach, by when
 * the breached clocks stopped; several at one instant are one point. The budget is that of the whole period.
 */
export function burnDown(clocks: readonly Clock[], allowed: number, period: TimeSpan): readonly BudgetPoint[] {
  const stops = clocks
    .filter((clock) => isBreached(clock) && !clock.reading.retrospective)
    .flatMap(({ reading: { stop } }) => (stop !== null && isWithin(period, stop) ? [stop] : []))
    .toSorted((a, b) => a - b)
  const points: BudgetPoint[] = [{ at: period.from, left: allowed }]
  stops.forEach((at, index) => {
    if (stops[index + 1] !== at) points.push({ at, left: allowed - index - 1 })
  })
  return points
}
