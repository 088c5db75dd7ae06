import type { Chart } from '../../core/chart/chart.ts'
import { pictureWidth } from '../../core/chart/picture.ts'
import type { Drawing, LegendEntry } from './drawing.ts'
import { ink } from './ink.ts'
import { label } from './label.ts'
import { fitted, fonts, size, textWidth, wrapped } from './text.ts'
import { element, textNode } from './xml.ts'

const margin = 4
const width = pictureWidth - 2 * margin
/** How much wider bold letters are. */
const bolder = 1.2

/** A picture: title, unit and legend over what is drawn, the source below; "no data" where nothing is drawn. */
export function framed(chart: Chart, drawing: Drawing | null, plot: string): string {
  const title = wrapped(chart.title, width / bolder, size.title, 2)
  const rows = legendRows(drawing?.legend ?? [])
  const unitY = 22 * title.length + 16
  const legendY = unitY + 24
  const plotY = legendY + 22 * rows.length - (rows.length === 0 ? 8 : 0)
  const inner = drawing?.height ?? 90
  const source = wrapped(chart.source, width, size.note, 2)
  const height = Math.ceil(plotY + inner + 14 + 17 * source.length)
  const attributes = {
    ...{ xmlns: 'http://www.w3.org/2000/svg', width: pictureWidth, height, viewBox: `0 0 ${pictureWidth} ${height}` },
    ...{ role: 'img', 'aria-labelledby': 'title desc', 'font-family': fonts },
  }
  const parts = [
    element('title', { id: 'title' }, [textNode(chart.title)]),
    element('desc', { id: 'desc' }, [textNode(`${chart.description} ${chart.source}`)]),
    ...title.map((line, index) => label(line, margin, 14 + 22 * index, { pixels: size.title, bold: true })),
    label(chart.unit, margin, unitY, { colour: ink.muted }),
    ...rows.flatMap((row, index) => row.map((entry) => legendEntry(entry, legendY + 22 * index))),
    element('g', { transform: `translate(0 ${plotY})` }, [
      ...(drawing ? [...drawing.under, plot, ...drawing.over] : [noData(inner)]),
    ]),
    ...source.map((line, index) =>
      label(line, margin, plotY + inner + 14 + 17 * index, { colour: ink.muted, pixels: size.note }),
    ),
  ]
  return `${element('svg', attributes, ['\n', parts.filter((part) => part !== '').join('\n'), '\n'])}\n`
}

function noData(height: number): string {
  return [
    element('rect', { x: margin, y: 0, width, height: height - 10, rx: 6, fill: 'none', stroke: ink.grid }),
    label('no data', pictureWidth / 2, (height - 10) / 2, { anchor: 'middle', colour: ink.muted }),
  ].join('\n')
}

interface PlacedEntry extends LegendEntry {
  readonly x: number
  /** Where its name begins, from there on. */
  readonly indent: number
}

/** The legend in rows that fit into the width. */
function legendRows(entries: readonly LegendEntry[]): readonly (readonly PlacedEntry[])[] {
  const rows: PlacedEntry[][] = []
  let x = Number.POSITIVE_INFINITY
  for (const { name, sign } of entries) {
    const entry = { name: fitted(name, 520), sign }
    const indent = sign === '' ? 0 : 28
    const needed = indent + textWidth(entry.name, size.label) + 20
    if (x + needed > pictureWidth) {
      rows.push([])
      x = margin
    }
    rows.at(-1)?.push({ ...entry, x, indent })
    x += needed
  }
  return rows
}

function legendEntry({ name, sign, x, indent }: PlacedEntry, y: number): string {
  const named = label(name, x + indent, y)
  return sign === '' ? named : `${element('g', { transform: `translate(${x + 11} ${y})` }, [sign])}${named}`
}
