import type { ParetoChart } from '../../core/chart/chart.ts'
import { pictureWidth } from '../../core/chart/picture.ts'
import { percentText } from '../../core/kpi-figure.ts'
import { gridOf, labelLook } from './axis.ts'
import type { Drawing } from './drawing.ts'
import { ink, seriesInk } from './ink.ts'
import { label } from './label.ts'
import { fillSign, lineSign } from './sign.ts'
import { fitted, size, textWidth, withUnit } from './text.ts'
import { element } from './xml.ts'

/** The share that the vital few make. */
const vital = 80

/** Lying bars from the largest on, as shares of the total, and the line of what they make together. */
export function paretoDrawing({ items, total, unit }: ParetoChart): Drawing {
  const shares = items.map(({ value }) => (total === 0 ? 0 : (100 * value) / total))
  const sums = items.map((_, index) => items.slice(0, index + 1).reduce((sum, { value }) => sum + value, 0))
  const together = sums.map((sum) => (total === 0 ? 0 : (100 * sum) / total))
  const isVital = (index: number): boolean => (together[index - 1] ?? 0) < vital - 1e-9
  const names = items.map(({ name }) => fitted(name, 210))
  const figures = items.map(({ value }) => withUnit(value, unit))
  const figureRoom = Math.max(0, ...figures.map((figure) => textWidth(figure, size.label)))
  const left = Math.max(0, ...names.map((name) => textWidth(name, size.label))) + figureRoom + 30
  const row = 28
  const area = { left, top: 26, width: pictureWidth - left - 62, height: Math.max(1, items.length) * row }
  const x = (share: number): number => area.left + (share / 100) * area.width
  const y = (index: number): number => area.top + (index + 0.5) * row
  return {
    height: area.top + area.height + 28,
    legend: [
      { name: 'Share of all', sign: fillSign(seriesInk(0)) },
      { name: 'Together', sign: lineSign(seriesInk(1), 'solid', 'circle') },
    ],
    under: [
      element('line', {
        ...{ x1: x(vital), y1: area.top - 6, x2: x(vital), y2: area.top + area.height, stroke: ink.axis },
        ...{ 'stroke-width': 1.5, 'stroke-dasharray': '5 4' },
      }),
    ],
    option: {
      grid: gridOf(area),
      xAxis: {
        ...{ type: 'value', min: 0, max: 100, interval: 20 },
        axisLabel: { ...labelLook, formatter: (value: number) => `${value} %` },
        splitLine: { lineStyle: { color: ink.grid } },
      },
      yAxis: {
        ...{ type: 'category', data: items.map(({ name }) => name), inverse: true },
        ...{ axisTick: { show: false }, axisLabel: { show: false }, axisLine: { lineStyle: { color: ink.axis } } },
      },
      series: [
        {
          ...{ type: 'bar', silent: true, barWidth: 18 },
          data: shares.map((value, index) => ({
            value,
            itemStyle: { color: isVital(index) ? seriesInk(0) : ink.faint },
          })),
        },
        {
          ...{ type: 'line', silent: true, z: 4, symbol: 'circle', symbolSize: 8, showAllSymbol: true },
          data: together.map((share, index) => [share, index]),
          lineStyle: { color: seriesInk(1), width: 2 },
          itemStyle: { color: seriesInk(1), borderColor: ink.paper, borderWidth: 1 },
        },
      ],
    },
    over: [
      label(`${vital} %`, x(vital), area.top - 15, { anchor: 'middle', colour: ink.muted, pixels: size.note }),
      ...names.map((name, index) => label(name, left - figureRoom - 22, y(index), { anchor: 'end' })),
      ...figures.map((figure, index) => label(figure, left - 10, y(index), { anchor: 'end', bold: true })),
      ...together.map((share, index) =>
        label(percentText({ count: sums[index] ?? 0, n: total }), x(share) + 9, y(index), {
          colour: ink.muted,
          pixels: size.note,
        }),
      ),
    ],
  }
}
