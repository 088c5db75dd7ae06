import type { BurnDownChart } from '../../core/chart/chart.ts'
import { across, categoryRoom, down, uprightArea, uprightAxes } from './axis.ts'
import type { Drawing } from './drawing.ts'
import { ink, seriesInk } from './ink.ts'
import { label } from './label.ts'
import { scaleOf } from './scale.ts'
import { dashArray, lineSign, shapeAt } from './sign.ts'
import { size, textWidth, withUnit } from './text.ts'
import { element } from './xml.ts'

/**
 * What is left of a budget, against an even burn; the days on which it was overspent are diamonds below the line of 0.
 */
export function burnDownDrawing({ categories, left, budget, unit }: BurnDownChart): Drawing {
  const days = left.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  const last = days.at(-1)
  const told = last
    ? last.value < 0
      ? `overspent by ${withUnit(-last.value, unit)}`
      : `${withUnit(last.value, unit)} left`
    : ''
  const scale = scaleOf([...days.map(({ value }) => value), budget], undefined)
  const area = uprightArea(scale, unit, { top: 14, right: 24 + textWidth(told, size.label) })
  const x = (index: number): number => across(area, categories.length, index)
  const y = (value: number): number => down(area, scale, value)
  const end = area.left + area.width
  const isOverspent = days.some(({ value }) => value < 0)
  return {
    height: area.top + area.height + categoryRoom,
    legend: [
      { name: 'Left', sign: lineSign(seriesInk(0), 'solid') },
      { name: 'Even burn', sign: lineSign(ink.muted, [5, 4]) },
      ...(isOverspent ? [{ name: 'Overspent', sign: shapeAt('diamond', 0, 0, 9, ink.alarm) }] : []),
    ],
    under: [
      element('line', {
        ...{ x1: x(0), y1: y(budget - budget / categories.length), x2: x(categories.length - 1), y2: y(0) },
        ...{ stroke: ink.muted, 'stroke-width': 1.5 },
        'stroke-dasharray': dashArray([5, 4]),
      }),
      element('line', { x1: area.left, y1: y(0), x2: end, y2: y(0), stroke: ink.text, 'stroke-width': 1.5 }),
    ],
    option: {
      ...uprightAxes(area, scale, unit, categories),
      series: {
        ...{ type: 'line', step: 'end', data: left.slice(0, (last?.index ?? 0) + 1), silent: true, symbol: 'none' },
        lineStyle: { color: seriesInk(0), width: 2.5 },
        areaStyle: { color: seriesInk(0), opacity: 0.14, origin: 0 },
      },
    },
    over: [
      ...days
        .filter(({ value }) => value < 0)
        .map(({ value, index }) => shapeAt('diamond', x(index), y(value), 7, ink.alarm)),
      ...(last
        ? [
            shapeAt(
              last.value < 0 ? 'diamond' : 'circle',
              x(last.index),
              y(last.value),
              9,
              last.value < 0 ? ink.alarm : seriesInk(0),
            ),
          ]
        : []),
      ...(last ? [label(told, x(last.index) + 11, y(last.value), { bold: true })] : []),
    ],
  }
}
