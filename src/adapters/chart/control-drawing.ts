import type { ControlChart } from '../../core/chart/chart.ts'
import { across, categoryRoom, down, uprightArea, uprightAxes } from './axis.ts'
import type { Drawing } from './drawing.ts'
import { ink, seriesInk } from './ink.ts'
import { label, spread } from './label.ts'
import { scaleOf } from './scale.ts'
import { dashArray, shapeAt } from './sign.ts'
import { size, textWidth, withUnit } from './text.ts'
import { element } from './xml.ts'

/** Figures over time between their natural limits; those beyond are diamonds with their figure. */
export function controlDrawing({ categories, values, limits, unit }: ControlChart): Drawing {
  const lines = limits
    ? [
        { name: `upper limit ${withUnit(limits.high, unit)}`, value: limits.high, dash: [5, 4] },
        { name: `mean ${withUnit(limits.mean, unit)}`, value: limits.mean, dash: 'solid' as const },
        { name: `lower limit ${withUnit(limits.low, unit)}`, value: limits.low, dash: [5, 4] },
      ]
    : []
  const right = 20 + Math.max(0, ...lines.map(({ name }) => textWidth(name, size.note)))
  const scale = scaleOf([...values.filter((value) => value !== null), ...lines.map(({ value }) => value)], undefined)
  const area = uprightArea(scale, unit, { top: 18, right })
  const end = area.left + area.width
  const places = spread(
    lines.map(({ value }) => down(area, scale, value)),
    15,
    area.top,
    area.top + area.height,
  )
  const points = values.flatMap((value, index) => {
    if (value === null) return []
    const isBeyond = limits !== null && (value > limits.high || value < limits.low)
    return [{ value, isBeyond, x: across(area, values.length, index), y: down(area, scale, value) }]
  })
  const dot = values.length > 40 ? 4 : 7
  return {
    height: area.top + area.height + categoryRoom,
    legend: [
      ...(points.some(({ isBeyond }) => isBeyond)
        ? [{ name: 'beyond the limits', sign: shapeAt('diamond', 0, 0, 10, ink.alarm) }]
        : []),
      ...(limits === null ? [{ name: 'too few values for limits', sign: '' }] : []),
    ],
    under: lines.map(({ value, dash }) => {
      const y = down(area, scale, value)
      return element('line', {
        ...{ x1: area.left, y1: y, x2: end, y2: y, stroke: ink.muted, 'stroke-width': 1.5 },
        'stroke-dasharray': dashArray(dash),
      })
    }),
    option: {
      ...uprightAxes(area, scale, unit, categories),
      series: {
        ...{ type: 'line', data: [...values], silent: true, symbol: 'none' },
        lineStyle: { color: seriesInk(0), width: 2 },
      },
    },
    over: [
      ...points.map(({ x, y, isBeyond }) =>
        isBeyond ? shapeAt('diamond', x, y, 11, ink.alarm) : shapeAt('circle', x, y, dot, seriesInk(0)),
      ),
      ...points
        .filter(({ isBeyond }) => isBeyond)
        .map(({ x, y, value }) =>
          label(
            withUnit(value, unit),
            x,
            value > (limits?.mean ?? 0) || y + 22 > area.top + area.height ? y - 15 : y + 15,
            {
              ...{ anchor: 'middle', pixels: size.note, bold: true, colour: ink.alarm },
            },
          ),
        ),
      ...lines.map(({ name }, index) =>
        label(name, end + 8, places[index] ?? 0, { colour: ink.muted, pixels: size.note }),
      ),
    ],
  }
}
