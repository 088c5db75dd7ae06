import type { ChartMark, LineChart, Series } from '../../core/chart/chart.ts'
import { across, categoryRoom, down, uprightArea, uprightAxes } from './axis.ts'
import type { Area, Drawing, LegendEntry } from './drawing.ts'
import { ink } from './ink.ts'
import { label, spread } from './label.ts'
import type { PlotSeries } from './plot.ts'
import { type Scale, scaleOf } from './scale.ts'
import { dashArray, fillSign, type LineLook, lineLook, shapeAt } from './sign.ts'
import { fitted, size, textWidth, withUnit } from './text.ts'
import { element } from './xml.ts'

const widestName = 150

/** Lines over time, each with its name and last figure at its end, over the band in which they should lie. */
export function lineDrawing(chart: LineChart): Drawing {
  const { categories, series, band, marks = [], unit, range } = chart
  const ends = series.map((each) => endOf(each, unit, series.length > 1))
  const right = 34 + Math.max(0, ...ends.map(({ text }) => textWidth(text, size.label)))
  const bandEnds = band ? [band.from, band.until].filter((end) => end !== null) : []
  const scale = scaleOf([...figuresOf(series), ...bandEnds], range)
  const shown = marks.filter(({ category }) => categories.includes(category))
  const area = uprightArea(scale, unit, { top: 12 + 17 * Math.min(shown.length, mostMarks), right })
  const places = spread(
    ends.map(({ value }) => (value === null ? area.top : down(area, scale, value))),
    17,
    area.top + 4,
    area.top + area.height - 4,
  )
  return {
    height: area.top + area.height + categoryRoom,
    legend: bandLegend(chart),
    under: [...bandShape(chart, area, scale), ...shown.map((mark) => markLine(mark, categories, area))],
    option: {
      ...uprightAxes(area, scale, unit, categories),
      series: series.map((each, index) => line(each, lineLook(index, each.tone))),
    },
    over: [
      ...shown.slice(0, mostMarks).map((mark, index) => markName(mark, index, categories, area)),
      ...ends.flatMap(({ text, value, at }, index) => {
        const { colour, shape } = lineLook(index, series[index]?.tone)
        const y = places[index] ?? 0
        if (value === null) return []
        if (series.length === 1) return [label(text, across(area, categories.length, at) + 10, y)]
        const x = area.left + area.width + 8
        return [shapeAt(shape, x, y, 8, colour), label(text, x + 10, y)]
      }),
    ],
  }
}

/** All figures of some series. */
export function figuresOf(series: readonly Series[]): readonly number[] {
  return series.flatMap(({ values }) => values.filter((value) => value !== null))
}

/** A line as the library is told it. */
export function line({ name, values }: Series, { colour, shape, dash }: LineLook): PlotSeries {
  return {
    ...{ type: 'line', name, data: [...values], silent: true, z: 4 },
    ...{ symbol: shape, symbolSize: values.length > 40 ? 4 : 8, showAllSymbol: true },
    lineStyle: { color: colour, width: 2, type: dash === 'solid' ? dash : [...dash] },
    itemStyle: { color: colour, borderColor: ink.paper, borderWidth: 1 },
  }
}

/** The last figure of a line, and what stands beside it. */
interface End {
  readonly value: number | null
  readonly at: number
  readonly text: string
}

function endOf({ name, values }: Series, unit: string, named: boolean): End {
  const value = values.findLast((each) => each !== null) ?? null
  const figure = value === null ? 'no data' : withUnit(value, unit)
  return {
    value,
    at: values.findLastIndex((each) => each !== null),
    text: named ? `${fitted(name, widestName)} ${figure}` : figure,
  }
}

function bandLegend({ band, series }: LineChart): readonly LegendEntry[] {
  const empty = series.filter(({ values }) => values.every((value) => value === null)).map(({ name }) => name)
  return [
    ...(band ? [{ name: band.name, sign: fillSign(ink.band, ink.bandEdge) }] : []),
    ...empty.map((name) => ({ name: `${name}: no data`, sign: fillSign('none', ink.faint) })),
  ]
}

function bandShape({ band }: LineChart, area: Area, scale: Scale): readonly string[] {
  if (!band) return []
  const top = down(area, scale, band.until ?? scale.until)
  const bottom = down(area, scale, band.from ?? scale.from)
  const { left: x, width } = area
  const edge = (y: number): string =>
    element('line', {
      x1: x,
      y1: y,
      x2: x + width,
      y2: y,
      stroke: ink.bandEdge,
      'stroke-width': 1.5,
      'stroke-dasharray': '5 4',
    })
  return [
    element('rect', { x, y: top, width, height: Math.max(0, bottom - top), fill: ink.band }),
    ...(band.until === null ? [] : [edge(top)]),
    ...(band.from === null ? [] : [edge(bottom)]),
  ]
}

/** More than this many marks are drawn without their names. */
const mostMarks = 4

function markLine({ category }: ChartMark, categories: readonly string[], { left, top, width, height }: Area): string {
  const x = across({ left, top, width, height }, categories.length, categories.indexOf(category))
  return element('line', {
    ...{ x1: x, y1: 0, x2: x, y2: top + height, stroke: ink.axis, 'stroke-width': 1 },
    'stroke-dasharray': dashArray([3, 3]),
  })
}

function markName({ category, name }: ChartMark, row: number, categories: readonly string[], area: Area): string {
  const x = across(area, categories.length, categories.indexOf(category))
  const isLeft = x < area.left + area.width / 2
  const room = isLeft ? area.left + area.width - x : x - area.left
  return label(fitted(name, room - 6, size.note), x + (isLeft ? 5 : -5), 8 + 17 * row, {
    ...{ anchor: isLeft ? 'start' : 'end', colour: ink.muted, pixels: size.note },
  })
}
