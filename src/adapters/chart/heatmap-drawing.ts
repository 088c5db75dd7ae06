import type { HeatmapChart } from '../../core/chart/chart.ts'
import { pictureWidth } from '../../core/chart/picture.ts'
import { gridOf, labelLook } from './axis.ts'
import type { Drawing, LegendEntry } from './drawing.ts'
import { ink } from './ink.ts'
import { label } from './label.ts'
import { fillSign } from './sign.ts'
import { figureText, fitted, size, textWidth } from './text.ts'

/** Cells that are deeper in colour the more there was, with the figure in each. */
export function heatmapDrawing({ rows, columns, values }: HeatmapChart): Drawing {
  const names = rows.map((name) => fitted(name, 200))
  const left = 14 + Math.max(0, ...names.map((name) => textWidth(name, size.label)))
  const room = (pictureWidth - left - 8) / Math.max(1, columns.length)
  const height = rows.length > 12 ? 24 : 30
  const area = { left, top: 4, width: room * columns.length, height: Math.max(1, rows.length) * height }
  const most = Math.max(0, ...values.flat().filter((value) => value !== null))
  const levels = levelsUpTo(
    most,
    values.flat().every((value) => value === null || Number.isInteger(value)),
  )
  const widestColumn = Math.max(0, ...columns.map((name) => textWidth(name, size.label)))
  const every = Math.ceil((widestColumn + 6) / room)
  const cells = values.flatMap((row, y) =>
    row.flatMap((value, x) => (value === null ? [] : [{ x, y, value, level: levelOf(value, levels) }])),
  )
  return {
    height: area.top + area.height + 28,
    legend: legendOf(levels),
    under: [],
    option: {
      grid: gridOf(area),
      xAxis: {
        ...{ type: 'category', data: [...columns], axisTick: { show: false }, axisLine: { show: false } },
        axisLabel: {
          ...labelLook,
          interval: 0,
          formatter: (name: string, at: number) => (at % every === 0 ? name : ''),
        },
      },
      yAxis: {
        ...{ type: 'category', data: [...rows], inverse: true, axisTick: { show: false }, axisLine: { show: false } },
        axisLabel: {
          ...labelLook,
          color: ink.text,
          interval: 0,
          formatter: (_: string, at: number) => names[at] ?? '',
        },
      },
      visualMap: {
        ...{ type: 'piecewise', show: false, dimension: 2 },
        pieces: [{ value: -1, color: 'none' }, ...ink.heat.map((color, value) => ({ value, color }))],
      },
      series: {
        ...{ type: 'heatmap', silent: true, itemStyle: { borderColor: ink.grid, borderWidth: 1 } },
        data: cells.map(({ x, y, level }) => [x, y, level]),
      },
    },
    over: cells.flatMap(({ x, y, value, level }) => {
      const text = short(value)
      if (level < 0 || textWidth(text, size.note) > room - 2) return []
      const [atX, atY] = [area.left + (x + 0.5) * room, area.top + (y + 0.5) * height]
      return [plainLabel(text, atX, atY, ink.onHeat[level] ?? ink.text)]
    }),
  }
}

/** Upper ends of the levels, in equal steps up to the most; as many as there are colours, or fewer. */
function levelsUpTo(most: number, isWhole: boolean): readonly number[] {
  const count = isWhole ? Math.min(ink.heat.length, most) : most > 0 ? ink.heat.length : 0
  return Array.from({ length: count }, (_, index) => {
    const end = (most * (index + 1)) / count
    return isWhole ? Math.floor(end) : end
  })
}

/** The colour of a figure: the last one is the deepest, however few levels there are; -1 for none. */
function levelOf(value: number, levels: readonly number[]): number {
  if (value <= 0) return -1
  const found = levels.findIndex((end) => value <= end)
  return colourOf(found === -1 ? levels.length - 1 : found, levels.length)
}

function colourOf(level: number, count: number): number {
  return count < 2 ? ink.heat.length - 2 : Math.round((level * (ink.heat.length - 1)) / (count - 1))
}

function legendOf(levels: readonly number[]): readonly LegendEntry[] {
  const isWhole = levels.every(Number.isInteger)
  return [
    { name: '0', sign: fillSign('none', ink.grid) },
    ...levels.map((end, index) => {
      const start = (levels[index - 1] ?? 0) + (isWhole ? 1 : 0)
      const range = isWhole && start === end ? figureText(end) : `${figureText(start)}–${figureText(end)}`
      return { name: range, sign: fillSign(ink.heat[colourOf(index, levels.length)] ?? ink.faint) }
    }),
  ]
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(2))}M`
  if (value >= 1000) return `${Number((value / 1000).toPrecision(2))}k`
  return figureText(value)
}

function plainLabel(text: string, x: number, y: number, colour: string): string {
  return label(text, x, y, { anchor: 'middle', colour, pixels: size.note, halo: false })
}
