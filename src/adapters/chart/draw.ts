import type { Chart } from '../../core/chart/chart.ts'
import { pictureWidth, type Theme } from '../../core/chart/picture.ts'
import { barDrawing } from './bar-drawing.ts'
import { burnDownDrawing } from './burn-down-drawing.ts'
import { controlDrawing } from './control-drawing.ts'
import type { Drawing } from './drawing.ts'
import { framed } from './frame.ts'
import { heatmapDrawing } from './heatmap-drawing.ts'
import { palettes } from './ink.ts'
import { lineDrawing } from './line-drawing.ts'
import { paretoDrawing } from './pareto-drawing.ts'
import { plotted } from './plot.ts'

/** Draws a chart: an SVG file for each theme, the same bytes wherever and whenever it is drawn. */
export function drawChart(chart: Chart): Readonly<Record<Theme, string>> {
  const drawing = hasFigures(chart) ? drawingOf(chart) : null
  const drawn = framed(chart, drawing, drawing ? plotted(drawing.option, pictureWidth, drawing.height) : '')
  return { light: printed(drawn, 'light'), dark: printed(drawn, 'dark') }
}

function drawingOf(chart: Chart): Drawing {
  switch (chart.kind) {
    case 'line':
      return lineDrawing(chart)
    case 'bars':
      return barDrawing(chart)
    case 'pareto':
      return paretoDrawing(chart)
    case 'heatmap':
      return heatmapDrawing(chart)
    case 'control':
      return controlDrawing(chart)
    case 'burn-down':
      return burnDownDrawing(chart)
  }
}

/** Whether there is anything to draw. */
function hasFigures(chart: Chart): boolean {
  const isFigure = (value: number | null): boolean => value !== null
  switch (chart.kind) {
    case 'line':
      return chart.series.some(({ values }) => values.some(isFigure))
    case 'bars':
      return [...chart.series, ...(chart.lines ?? [])].some(({ values }) => values.some(isFigure))
    case 'pareto':
      return chart.total > 0
    case 'heatmap':
      return chart.values.some((row) => row.some((value) => value !== null && value > 0))
    case 'control':
      return chart.values.some(isFigure)
    case 'burn-down':
      return chart.left.some(isFigure)
  }
}

/** A drawing in the colours of a theme. Inks stand in tags only; what a text says is left alone. */
function printed(drawn: string, theme: Theme): string {
  return drawn.replace(/<[a-zA-Z][^>]*>/g, (tag) =>
    tag.replace(/(?<=")ink-[a-z0-9-]+(?=")/g, (name) => palettes[theme].get(name) ?? name),
  )
}
