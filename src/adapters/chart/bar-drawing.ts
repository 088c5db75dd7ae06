import type { BarSeriesOption } from 'echarts/charts'
import type { BarChart, Series } from '../../core/chart/chart.ts'
import { pictureWidth } from '../../core/chart/picture.ts'
import { across, categoryRoom, down, gridOf, labelLook, uprightArea, uprightAxes } from './axis.ts'
import type { Area, Drawing, LegendEntry } from './drawing.ts'
import { ink, seriesInk } from './ink.ts'
import { label } from './label.ts'
import { figuresOf, line } from './line-drawing.ts'
import type { PlotSeries } from './plot.ts'
import { type Scale, scaleOf } from './scale.ts'
import { fillSign, type LineLook, lineLook, lineSign } from './sign.ts'
import { fitted, size, textWidth, withUnit } from './text.ts'

/** Bars beside or upon each other; lying ones have room for long names. */
export function barDrawing(chart: BarChart): Drawing {
  const all = chart.series.map(dressed)
  const some = all.filter(hasBars)
  const drawn = { ...chart, series: some.length > 0 ? some : all }
  const drawing = chart.orientation === 'horizontal' ? lying(drawn) : upright(drawn)
  return { ...drawing, legend: legendOf(chart) }
}

/** Whether a series has a bar of any length. */
function hasBars({ values }: Series): boolean {
  return values.some(Boolean)
}

/** A series with the colour that it has in any company. */
interface Dressed extends Series {
  readonly colour: string
}

function dressed(series: Series, index: number): Dressed {
  return { ...series, colour: seriesInk(index, series.tone) }
}

/** A chart without the series that have no bar to show. */
interface DrawnBars extends BarChart {
  readonly series: readonly Dressed[]
}

function upright(chart: DrawnBars): Omit<Drawing, 'legend'> {
  const { categories, lines = [], unit } = chart
  const scale = scaleOf([...reaches(chart), ...figuresOf(lines)], undefined)
  const area = uprightArea(scale, unit, { top: 22 })
  return {
    height: area.top + area.height + categoryRoom,
    under: [],
    option: {
      ...uprightAxes(area, scale, unit, categories),
      series: [...chart.series.map((each) => bar(each, chart)), ...lines.flatMap(lineOver)],
    },
    over: lines.length > 0 ? [] : totalsAbove(chart, area, scale),
  }
}

/** The figures over bars, or over stacks of them, where there is room for all. */
function totalsAbove(chart: BarChart, area: Area, scale: Scale): readonly string[] {
  const { categories, unit } = chart
  const figures = totals(chart).flatMap((total, index) =>
    total === null ? [] : [{ total, index, text: withUnit(total, unit) }],
  )
  const room = area.width / categories.length - 4
  if (figures.some(({ text }) => textWidth(text, size.note) > room)) return []
  return figures.map(({ total, index, text }) => {
    const y = down(area, scale, total) + (total < 0 ? 10 : -10)
    return label(text, across(area, categories.length, index), y, { anchor: 'middle', pixels: size.note })
  })
}

function lying(chart: DrawnBars): Omit<Drawing, 'legend'> {
  const { categories, series, stacked, unit } = chart
  const isBeside = !stacked && series.length > 1
  const names = categories.map((name) => fitted(name, 230))
  const left = 14 + Math.max(0, ...names.map((name) => textWidth(name, size.label)))
  const row = stacked ? 28 : 12 + 16 * series.length
  const area = { left, top: 4, width: pictureWidth - left - 90, height: Math.max(1, categories.length) * row }
  const scale = scaleOf(reaches(chart), undefined)
  const place = (value: number): number => area.left + ((value - scale.from) / (scale.until - scale.from)) * area.width
  return {
    height: area.top + area.height + 26,
    under: [],
    option: {
      grid: gridOf(area),
      xAxis: {
        ...{ type: 'value', min: scale.from, max: scale.until, interval: scale.step },
        axisLabel: { ...labelLook, formatter: (value: number) => withUnit(value, unit) },
        splitLine: { lineStyle: { color: ink.grid } },
      },
      yAxis: {
        ...{ type: 'category', data: [...categories], inverse: true, axisTick: { show: false } },
        axisLine: { onZero: true, lineStyle: { color: ink.axis } },
        axisLabel: {
          ...labelLook,
          color: ink.text,
          interval: 0,
          formatter: (_: string, at: number) => names[at] ?? '',
        },
      },
      series: series.map((each) => (isBeside ? { ...bar(each, chart), label: figureLabel(unit) } : bar(each, chart))),
    },
    over: totals(chart).flatMap((total, index) =>
      total === null
        ? []
        : [
            label(withUnit(total, unit), place(Math.max(total, 0)) + 6, area.top + (index + 0.5) * row, {
              pixels: size.note,
            }),
          ],
    ),
  }
}

/** A line over bars: as dark as text, with a seam, so that it stands out from every colour below it. */
function lineOver(series: Series, index: number): readonly PlotSeries[] {
  const below = { ...line(series, lookOver(index)), symbol: 'none', z: 3, lineStyle: { color: ink.paper, width: 5 } }
  return [below, line(series, lookOver(index))]
}

function lookOver(index: number): LineLook {
  return { ...lineLook(index), colour: ink.text }
}

/** The figure at the end of each of several bars beside each other; none at those without length. */
function figureLabel(unit: string): NonNullable<BarSeriesOption['label']> {
  const said = (value: unknown): string => (typeof value === 'number' && value !== 0 ? withUnit(value, unit) : '')
  return {
    show: true,
    position: 'right',
    distance: 6,
    color: ink.text,
    fontSize: size.note,
    formatter: ({ value }) => said(value),
  }
}

function bar({ name, values, colour }: Dressed, { stacked }: DrawnBars): BarSeriesOption {
  return {
    ...{
      type: 'bar',
      name,
      // The border of a part of no length would hide the axis.
      data: values.map((value) => (stacked ? value || null : value)),
      silent: true,
      barMaxWidth: stacked ? 44 : 34,
      barGap: '8%',
      barCategoryGap: '28%',
    },
    ...(stacked && { stack: 'all' }),
    itemStyle: { color: colour, borderColor: ink.paper, borderWidth: stacked ? 1 : 0 },
  }
}

/** What stands at the end of each bar or stack; `null` where bars beside each other have no common end. */
function totals({ categories, series, stacked }: BarChart): readonly (number | null)[] {
  if (!stacked && series.length > 1) return categories.map(() => null)
  return categories.map((_, at) => {
    const values = series.flatMap(({ values }) => values[at] ?? [])
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0)
  })
}

/** How far the bars reach from 0. */
function reaches(chart: BarChart): readonly number[] {
  return chart.stacked ? totals(chart).flatMap((total) => total ?? []) : figuresOf(chart.series)
}

function legendOf({ series, lines = [] }: BarChart): readonly LegendEntry[] {
  if (series.length + lines.length < 2) return []
  return [
    ...series.map((each, index) => ({
      name: hasBars(each) ? each.name : `${each.name}: none`,
      sign: fillSign(seriesInk(index, each.tone)),
    })),
    ...lines.map(({ name }, index) => {
      const { colour, dash, shape } = lookOver(index)
      return { name, sign: lineSign(colour, dash, shape) }
    }),
  ]
}
