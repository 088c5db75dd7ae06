import type { PlotOption } from './plot.ts'

/**
 * What a kind of chart makes of its figures, below title and legend. Coordinates start at its own upper left corner.
 */
export interface Drawing {
  readonly height: number
  readonly legend: readonly LegendEntry[]
  /** Elements of SVG behind the figures. */
  readonly under: readonly string[]
  readonly option: PlotOption
  /** Elements of SVG before the figures. */
  readonly over: readonly string[]
}

/** A sign with what it stands for. */
export interface LegendEntry {
  readonly name: string
  /** An element of SVG that fits into 22 by 12 pixels, around 0; '' for words that stand alone. */
  readonly sign: string
}

/** The rectangle in which figures are drawn. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
