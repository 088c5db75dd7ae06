/**
 * A chart is plain data: what is drawn and in which words. How it looks is the drawer's business, so that every picture
 * speaks one visual language.
 */
export type Chart = LineChart | BarChart | ParetoChart | HeatmapChart | ControlChart | BurnDownChart

/** The charts of a page, by the key that its template names them with: small letters, digits and hyphens. */
export interface Charts {
  readonly [key: string]: Chart
}

/** What every chart says of itself. Texts from records may stand in all of it. */
export interface ChartHead {
  /** What is shown, in a few words: `Incidents opened and resolved`. */
  readonly title: string
  /** What the figures are measured in: `hours`, `incidents`; where it begins with `%`, that stands at every figure. */
  readonly unit: string
  /** One sentence made from the figures: what the chart shows. Read out to those who do not see it. */
  readonly description: string
  /** The line under the chart: population, `n` and KPI id, as in `n = 412 incidents opened; KPI opened`. */
  readonly source: string
}

/** Numbers with a name, one for each category; `null` where there is no data. */
export interface Series {
  readonly name: string
  /** What failed, or is in doubt, has the same colour in every picture. */
  readonly tone?: 'bad' | 'doubtful'
  readonly values: readonly (number | null)[]
}

/** A stretch of the vertical axis in which the figures should lie. An end that is `null` is open. */
export interface Band {
  readonly name: string
  readonly from: number | null
  readonly until: number | null
}

/** Something that happened at a category: `IMP-7 implemented`. */
export interface ChartMark {
  readonly category: string
  readonly name: string
}

/** Figures over time, and where they should lie. */
export interface LineChart extends ChartHead {
  readonly kind: 'line'
  /** Along the horizontal axis, oldest first. */
  readonly categories: readonly string[]
  readonly series: readonly Series[]
  readonly band?: Band
  readonly marks?: readonly ChartMark[]
  /** The stretch of the vertical axis that is always shown, such as 0 to 100; the figures may widen it. */
  readonly range?: readonly [from: number, until: number]
}

/** Counts beside or upon each other, with lines over them where there are some. */
export interface BarChart extends ChartHead {
  readonly kind: 'bars'
  /** Periods stand upright, oldest first; things with long names lie down, the first on top. */
  readonly orientation: 'vertical' | 'horizontal'
  readonly stacked: boolean
  readonly categories: readonly string[]
  readonly series: readonly Series[]
  /** Drawn as lines over upright bars, on the same axis. */
  readonly lines?: readonly Series[]
}

/** Which few things make most of the sum: bars from the largest on, and the share that they make together. */
export interface ParetoChart extends ChartHead {
  readonly kind: 'pareto'
  /** Largest first, none below 0. */
  readonly items: readonly { readonly name: string; readonly value: number }[]
  /** What the shares are of: the sum of all things, those that are not shown included. */
  readonly total: number
}

/** How much there was where two things meet, such as weekday and hour. */
export interface HeatmapChart extends ChartHead {
  readonly kind: 'heatmap'
  /** The first on top. */
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** A list for each row; none below 0; `null` where there is no data. */
  readonly values: readonly (readonly (number | null)[])[]
}

/** A figure over time with the limits between which it moves by itself; what lies beyond them is marked. */
export interface ControlChart extends ChartHead {
  readonly kind: 'control'
  readonly categories: readonly string[]
  readonly values: readonly (number | null)[]
  /** `null` where too few values bear limits. */
  readonly limits: { readonly low: number; readonly mean: number; readonly high: number } | null
}

/** How much of a budget is left, day by day; below 0 it is overspent. */
export interface BurnDownChart extends ChartHead {
  readonly kind: 'burn-down'
  /** Every day of the period, those to come included. */
  readonly categories: readonly string[]
  /** At the end of each day; `null` for days to come. */
  readonly left: readonly (number | null)[]
  /** What there was at the start. */
  readonly budget: number
}
