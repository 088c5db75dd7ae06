/** What figures can be broken down by. */
export const breakdowns = ['service', 'team', 'priority', 'ci', 'month'] as const

/** One of `breakdowns`. */
export type BreakdownKey = (typeof breakdowns)[number]
