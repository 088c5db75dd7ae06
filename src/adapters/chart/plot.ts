import {
  BarChart,
  type BarSeriesOption,
  HeatmapChart,
  type HeatmapSeriesOption,
  LineChart,
  type LineSeriesOption,
} from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  VisualMapComponent,
  type VisualMapComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, HeatmapChart, LineChart, GridComponent, VisualMapComponent, SVGRenderer])

/** What is plotted, in the words of the library, with inks for colours. */
export type PlotOption = ComposeOption<
  BarSeriesOption | HeatmapSeriesOption | LineSeriesOption | GridComponentOption | VisualMapComponentOption
>

/** One of the things that are plotted in the same area. */
export type PlotSeries = Extract<PlotOption['series'], readonly unknown[]>[number]

/** Plots axes and figures as elements of SVG. The same option gives the same text in every process. */
export function plotted(option: PlotOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height, locale: 'EN' })
  try {
    chart.setOption({ animation: false, ...option })
    return bare(chart.renderToSVGString())
  } finally {
    chart.dispose()
  }
}

/**
 * What the library wrote, without what only a page with a pointer needs, and without what depends on how many charts
 * the process has drawn before. Changes are made within tags: text keeps what it says.
 */
function bare(svg: string): string {
  const ids = new Map<string, string>()
  const id = (name: string): string => {
    const known = ids.get(name) ?? `clip-${ids.size + 1}`
    ids.set(name, known)
    return known
  }
  return svg
    .replace(/^<svg [^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style >[\s\S]*?<\/style>/g, '')
    .replace(/<rect [^>]*fill="none"><\/rect>/, '')
    .replace(/<[a-zA-Z][^>]*>/g, (tag) =>
      tag
        .replace(/ (?:class|ecmeta_\w+|pointer-events|stroke-linejoin)="[^"]*"/g, '')
        .replace(/font-family:[^;"]*;?/g, '')
        .replace(/zr\d+-c\d+/g, id)
        .replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) || 0)),
    )
    .replace(/\n+/g, '\n')
    .trim()
}
