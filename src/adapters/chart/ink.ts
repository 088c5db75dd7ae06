import type { Series } from '../../core/chart/chart.ts'
import type { Theme } from '../../core/chart/picture.ts'

/**
 * What colours are for. A picture is drawn once, in these names, and printed in the colours of each theme. Figures that
 * share a picture differ in lightness as well as hue, so that they stay apart for those who see hues differently, and
 * in grey.
 */
export const ink = {
  text: 'ink-text',
  muted: 'ink-muted',
  grid: 'ink-grid',
  axis: 'ink-axis',
  /** The ground that the picture stands on, which is not painted. */
  paper: 'ink-paper',
  band: 'ink-band',
  bandEdge: 'ink-band-edge',
  /** What lies beyond a limit; always with a shape of its own, too. */
  alarm: 'ink-alarm',
  /** What failed. */
  bad: 'ink-bad',
  /** What stands back behind the rest. */
  faint: 'ink-faint',
  series: ['ink-series-1', 'ink-series-2', 'ink-series-3', 'ink-series-4', 'ink-series-5', 'ink-series-6'],
  /** From little to much. */
  heat: ['ink-heat-1', 'ink-heat-2', 'ink-heat-3', 'ink-heat-4', 'ink-heat-5', 'ink-heat-6'],
  /** Text upon each of them. */
  onHeat: ['ink-on-heat-1', 'ink-on-heat-2', 'ink-on-heat-3', 'ink-on-heat-4', 'ink-on-heat-5', 'ink-on-heat-6'],
} as const

/** The series colour of a place in a list; after the last the first comes again. A tone has a colour of its own. */
export function seriesInk(index: number, tone?: Series['tone']): string {
  if (tone === 'bad') return ink.bad
  if (tone === 'doubtful') return ink.series[1]
  return ink.series[index % ink.series.length] ?? ink.text
}

/** The ground of GitHub's pages. */
export const grounds: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#0d1117' }

/** The colour of every ink, by theme. */
export const palettes: Readonly<Record<Theme, ReadonlyMap<string, string>>> = {
  light: palette({
    ...{ text: '#1f2328', muted: '#59636e', grid: '#e4e8ec', axis: '#8b949e', paper: grounds.light },
    ...{ band: '#dcefe4', bandEdge: '#1a7f4b', alarm: '#b42318', bad: '#b42318', faint: '#9aa4ae' },
    series: ['#0a5ea8', '#d9730d', '#12a37f', '#6b1f5c', '#3a3a3a', '#c2559d'],
    heat: ['#e3eef9', '#bdd7ee', '#8cbbe0', '#4a90c8', '#1565ab', '#0a3d75'],
    onHeat: ['#1f2328', '#1f2328', '#1f2328', '#0b1a2a', '#ffffff', '#ffffff'],
  }),
  dark: palette({
    ...{ text: '#e6edf3', muted: '#9198a1', grid: '#262d36', axis: '#6e7681', paper: grounds.dark },
    ...{ band: '#12301f', bandEdge: '#4ac27b', alarm: '#ff7b72', bad: '#d81850', faint: '#6e7681' },
    series: ['#56b4e9', '#e69f00', '#0f8a66', '#f3b5d8', '#f6ef9a', '#b04a00'],
    heat: ['#132a41', '#173f66', '#1d5a92', '#3a82c4', '#79b4ea', '#c9e3fb'],
    onHeat: ['#e6edf3', '#e6edf3', '#e6edf3', '#06121f', '#06121f', '#06121f'],
  }),
}

interface Colours extends Readonly<Record<Exclude<keyof typeof ink, 'series' | 'heat' | 'onHeat'>, string>> {
  readonly series: readonly string[]
  readonly heat: readonly string[]
  readonly onHeat: readonly string[]
}

function palette({ series, heat, onHeat, ...single }: Colours): ReadonlyMap<string, string> {
  const many = { series, heat, onHeat }
  return new Map([
    ...Object.entries(single).map(([name, colour]) => [kebab(name), colour] as const),
    ...Object.entries(many).flatMap(([name, colours]) =>
      colours.map((colour, index) => [`${kebab(name)}-${index + 1}`, colour] as const),
    ),
  ])
}

function kebab(name: string): string {
  return `ink-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
