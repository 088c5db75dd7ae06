import { pictureWidth } from '../../core/chart/picture.ts'
import { categoryLabels } from './category-label.ts'
import type { Area } from './drawing.ts'
import { ink } from './ink.ts'
import type { PlotOption } from './plot.ts'
import { marksOf, type Scale } from './scale.ts'
import { size, textWidth, withUnit } from './text.ts'

/** How upright charts are cut: room for labels of figures to the left, of categories below, of series to the right. */
export function uprightArea(
  scale: Scale,
  unit: string,
  { top = 12, right = 16 }: { readonly top?: number; readonly right?: number },
): Area {
  const widest = Math.max(...marksOf(scale).map((mark) => textWidth(withUnit(mark, unit), size.label)))
  const left = Math.ceil(widest) + 18
  return { left, top, width: pictureWidth - left - right, height: 240 }
}

/** Room below an upright area for the labels of categories, with a year under some. */
export const categoryRoom = 40

/** Grid and axes of an upright chart. */
export function uprightAxes(
  area: Area,
  scale: Scale,
  unit: string,
  categories: readonly string[],
): Pick<PlotOption, 'grid' | 'xAxis' | 'yAxis'> {
  const labels = categoryLabels(categories, area.width / Math.max(1, categories.length))
  return {
    grid: gridOf(area),
    xAxis: {
      type: 'category',
      data: [...categories],
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: ink.axis } },
      axisLabel: {
        ...labelLook,
        interval: 0,
        hideOverlap: false,
        margin: 10,
        lineHeight: 16,
        formatter: (_, at) => labels[at] ?? '',
      },
    },
    yAxis: {
      ...{ type: 'value', min: scale.from, max: scale.until, interval: scale.step },
      axisLabel: { ...labelLook, formatter: (value: number) => withUnit(value, unit) },
      splitLine: { lineStyle: { color: ink.grid, width: 1 } },
    },
  }
}

/** The rectangle of figures as the library is told it. */
export function gridOf({ left, top, width, height }: Area): NonNullable<PlotOption['grid']> {
  return { left, top, width, height, outerBoundsMode: 'none', show: false }
}

/** How labels of axes look. */
export const labelLook: { readonly color: string; readonly fontSize: number } = {
  color: ink.muted,
  fontSize: size.label,
}

/** Where the middle of a category lies across an upright area. */
export function across(area: Area, count: number, index: number): number {
  return area.left + ((index + 0.5) * area.width) / Math.max(1, count)
}

/** Where a figure lies down an upright area. */
export function down(area: Area, { from, until }: Scale, value: number): number {
  return area.top + ((until - value) / (until - from)) * area.height
}
