import type { Kpi } from './kpi.ts'
import type { Share, Spread } from './kpi-figure.ts'
import { fisherExact, holm, type Limits, leastFisher, mannWhitney, naturalLimits } from './kpi-statistics.ts'

/** The probability below which a difference counts as more than chance. */
export const significance = 0.05

/**
 * What a comparison found. `better`, `worse`, `higher` and `lower` are claims that a test bears; `same` means that no
 * change could be told from chance, not that there was none; `untested` says in `because` why there is no answer.
 */
export interface Comparison {
  readonly test: 'fisher' | 'mann-whitney' | 'limits'
  readonly verdict: 'better' | 'worse' | 'higher' | 'lower' | 'same' | 'untested'
  readonly because: 'no earlier period' | 'period not over' | 'too few to tell' | null
  /** Probability after Holm's correction; `null` where the test gives none. */
  readonly p: number | null
  readonly limits: Limits | null
}

/** A question put to the figures before it is known how many questions there are. */
export interface Question {
  readonly comparison: Comparison
  /** Which way the figure moved, for a test that gives a probability. */
  readonly moved: 'up' | 'down' | null
  readonly better: Kpi['better']
}

/**
 * Compares two shares by Fisher's exact test. No earlier share: nothing to compare with. A comparison that could not
 * reach significance however the hits were split is not asked, so that it takes nothing from the others.
 */
export function compareShares(now: Share, before: Share | null, better: Kpi['better']): Question {
  if (before === null) return unanswered('fisher', 'no earlier period', better)
  if (now.n === 0 || before.n === 0 || leastFisher(now, before) >= significance) {
    return unanswered('fisher', 'too few to tell', better)
  }
  const difference = now.count * before.n - before.count * now.n
  return asked('fisher', fisherExact(now, before), difference, better)
}

/** Times with their spread. */
export interface Measured {
  readonly values: readonly number[]
  readonly spread: Spread
}

/** Compares two sets of times by the Mann–Whitney test; the medians, or else the means, say which way. */
export function compareTimes(now: Measured, before: Measured | null, better: Kpi['better']): Question {
  if (before === null) return unanswered('mann-whitney', 'no earlier period', better)
  const p = mannWhitney(now.values, before.values)
  if (p === undefined) return unanswered('mann-whitney', 'too few to tell', better)
  const difference =
    (now.spread.median ?? 0) - (before.spread.median ?? 0) || (now.spread.mean ?? 0) - (before.spread.mean ?? 0)
  return asked('mann-whitney', p, difference, better)
}

/** Holds a count against the natural limits of the earlier ones. `now` is `null` while the period is not over. */
export function compareCount(now: number | null, earlier: readonly number[], better: Kpi['better']): Question {
  if (now === null) return unanswered('limits', 'period not over', better)
  const limits = naturalLimits(earlier) ?? null
  if (!limits) return unanswered('limits', earlier.length === 0 ? 'no earlier period' : 'too few to tell', better)
  const moved = now > limits.high ? 'up' : now < limits.low ? 'down' : null
  const verdict = moved ? judged(moved, better) : 'same'
  return { comparison: { test: 'limits', verdict, because: null, p: null, limits }, moved, better }
}

/**
 * The answers to questions that are asked together: Holm's correction makes each probability carry its share of luck.
 */
export function answers(questions: readonly Question[]): readonly Comparison[] {
  const asking = questions.filter(({ comparison }) => comparison.p !== null)
  const corrected = holm(asking.map(({ comparison }) => comparison.p ?? 1))
  return questions.map((question) => {
    const p = corrected[asking.indexOf(question)]
    if (p === undefined) return question.comparison
    const verdict = p < significance && question.moved ? judged(question.moved, question.better) : 'same'
    return { ...question.comparison, p, verdict }
  })
}

function unanswered(test: Comparison['test'], because: Comparison['because'], better: Kpi['better']): Question {
  return { comparison: { test, verdict: 'untested', because, p: null, limits: null }, moved: null, better }
}

function asked(test: Comparison['test'], p: number, difference: number, better: Kpi['better']): Question {
  const moved = difference > 0 ? 'up' : difference < 0 ? 'down' : null
  return { comparison: { test, verdict: 'same', because: null, p, limits: null }, moved, better }
}

function judged(moved: 'up' | 'down', better: Kpi['better']): Comparison['verdict'] {
  if (better === 'none') return moved === 'up' ? 'higher' : 'lower'
  return moved === better ? 'better' : 'worse'
}
