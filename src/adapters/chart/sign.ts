import type { Series } from '../../core/chart/chart.ts'
import { ink, seriesInk } from './ink.ts'
import { element } from './xml.ts'

/** Shapes and dashes that tell lines apart without their colour. */
const shapes = ['circle', 'rect', 'triangle', 'diamond'] as const
const dashes = ['solid', [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4]] as const

export type Shape = (typeof shapes)[number]

/** How a line is drawn. */
export interface LineLook {
  readonly colour: string
  readonly shape: Shape
  readonly dash: Dash
}

/** How the line of a place in a list is drawn. */
export function lineLook(index: number, tone?: Series['tone']): LineLook {
  return {
    colour: seriesInk(index, tone),
    shape: shapes[index % shapes.length] ?? 'circle',
    dash: dashes[index % dashes.length] ?? 'solid',
  }
}

/** The strokes and gaps of a line. */
export type Dash = 'solid' | readonly number[]

/** A dash as SVG says it. */
export function dashArray(dash: Dash): string | undefined {
  return dash === 'solid' ? undefined : dash.join(' ')
}

/** A shape around a point, about `size` pixels wide. */
export function shapeAt(shape: Shape, x: number, y: number, size: number, colour: string): string {
  const half = size / 2
  const look = { fill: colour, stroke: ink.paper, 'stroke-width': 1 }
  if (shape === 'circle') return element('circle', { cx: x, cy: y, r: half, ...look })
  if (shape === 'rect') return element('rect', { x: x - half, y: y - half, width: size, height: size, ...look })
  const corners =
    shape === 'triangle'
      ? [x, y - half, x + half, y + half, x - half, y + half]
      : [x, y - half * 1.3, x + half * 1.3, y, x, y + half * 1.3, x - half * 1.3, y]
  return element('polygon', { points: corners.map((each) => each.toFixed(1)).join(' '), ...look })
}

/** The sign of a line in a legend. */
export function lineSign(colour: string, dash: Dash, shape?: Shape): string {
  const line = element('line', {
    ...{ x1: -11, y1: 0, x2: 11, y2: 0, stroke: colour, 'stroke-width': 2 },
    'stroke-dasharray': dashArray(dash),
  })
  return shape === undefined ? line : `${line}${shapeAt(shape, 0, 0, 8, colour)}`
}

/** The sign of bars and areas in a legend. */
export function fillSign(colour: string, edge?: string): string {
  return element('rect', { x: -8, y: -6, width: 16, height: 12, rx: 2, fill: colour, stroke: edge })
}
