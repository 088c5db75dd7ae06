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
  return chart.orientation === 'horizontal' ? lying(chart) : upright(chart)
}

function upright(chart: BarChart): Drawing {
  const { categories, lines = [], unit } = chart
  const scale = scaleOf([...reaches(chart), ...figuresOf(lines)], undefined)
  const area = uprightArea(scale, unit, { top: 22 })
  return {
    height: area.top + area.height + categoryRoom,
    legend: legendOf(chart),
    under: [],
    option: {
      ...uprightAxes(area, scale, unit, categories),
      series: [...chart.series.map((each, index) => bar(each, index, chart)), ...lines.flatMap(lineOver)],
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

function lying(chart: BarChart): Drawing {
  const { categories, series, stacked, unit } = chart
  const names = categories.map((name) => fitted(name, 230))
  const left = 14 + Math.max(0, ...names.map((name) => textWidth(name, size.label)))
  const row = stacked ? 28 : 12 + 16 * series.length
  const area = { left, top: 4, width: pictureWidth - left - 90, height: Math.max(1, categories.length) * row }
  const scale = scaleOf(reaches(chart), undefined)
  const place = (value: number): number => area.left + ((value - scale.from) / (scale.until - scale.from)) * area.width
  return {
    height: area.top + area.height + 26,
    legend: legendOf(chart),
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
      series: series.map((each, index) => bar(each, index, chart)),
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

function bar({ name, values, tone }: Series, index: number, { stacked }: BarChart): PlotSeries {
  return {
    ...{
      type: 'bar',
      name,
      data: values.map((value) => value || null),
      silent: true,
      barMaxWidth: stacked ? 44 : 34,
      barGap: '8%',
      barCategoryGap: '28%',
    },
    ...(stacked && { stack: 'all' }),
    itemStyle: { color: seriesInk(index, tone), borderColor: ink.paper, borderWidth: stacked ? 1 : 0 },
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
    ...series.map(({ name, tone }, index) => ({ name, sign: fillSign(seriesInk(index, tone)) })),
    ...lines.map(({ name }, index) => {
      const { colour, dash, shape } = lookOver(index)
      return { name, sign: lineSign(colour, dash, shape) }
    }),
  ]
}
