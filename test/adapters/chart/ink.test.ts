import { describe, expect, test } from 'vitest'
import { grounds, ink, palettes } from '../../../src/adapters/chart/ink.ts'
import { type Theme, themes } from '../../../src/core/chart/picture.ts'

type Triple = readonly [number, number, number]

/** The light of a colour in linear red, green and blue (sRGB, IEC 61966-2-1). */
function linear(colour: string): Triple {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function times(rows: readonly Triple[], [r, g, b]: Triple): Triple {
  const [x = 0, y = 0, z = 0] = rows.map(([i, j, k]) => i * r + j * g + k * b)
  return [x, y, z]
}

/** Contrast of two colours after WCAG 2.2. */
function contrast(one: string, other: string): number {
  const light = (colour: string): number => times([[0.2126, 0.7152, 0.0722]], linear(colour))[0]
  const [less = 0, more = 0] = [light(one), light(other)].toSorted((a, b) => a - b)
  return (more + 0.05) / (less + 0.05)
}

/**
 * How people without one of the three kinds of cones see light (Machado, Oliveira and Fernandes 2009, full severity).
 */
const sights: Readonly<Record<string, readonly Triple[]>> = {
  'all three kinds of cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no long-wave cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no middle-wave cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no short-wave cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const xyz: readonly Triple[] = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
]

/** How different two colours look (CIE 1976), to eyes of a kind. */
function difference(one: string, other: string, sight: readonly Triple[]): number {
  const lab = (colour: string): Triple => {
    const [r, g, b] = times(sight, linear(colour))
    const kept = (value: number): number => Math.min(1, Math.max(0, value))
    const [x, y, z] = times(xyz, [kept(r), kept(g), kept(b)])
    const root = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
    const [fx, fy, fz] = [root(x / 0.9505), root(y), root(z / 1.089)]
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
  }
  return Math.hypot(...lab(one).map((value, at) => value - (lab(other)[at] ?? 0)))
}

function colourOf(theme: Theme, name: string): string {
  const colour = palettes[theme].get(name)
  if (colour === undefined) throw new Error(`${name} has no colour in the ${theme} theme`)
  return colour
}

describe.each(themes)('the colours of the %s theme', (theme) => {
  const colours = [...ink.series, ink.bad].map((name) => colourOf(theme, name))

  test('are there for every ink', () => {
    for (const name of Object.values(ink).flat()) expect(colourOf(theme, name)).toMatch(/^#[0-9a-f]{6}$/)
  })

  test.each([ink.text, ink.muted, ink.alarm])('let text be read on the page: %s', (name) => {
    expect(contrast(colourOf(theme, name), grounds[theme])).toBeGreaterThanOrEqual(4.5)
  })

  test.each(ink.heat.map((name, at) => [name, ink.onHeat[at] ?? '']))('let text be read upon %s', (cell, letters) => {
    expect(contrast(colourOf(theme, cell), colourOf(theme, letters))).toBeGreaterThanOrEqual(4.5)
  })

  test.each([...ink.series, ink.bad, ink.axis, ink.bandEdge])('let figures be told from the page: %s', (name) => {
    expect(contrast(colourOf(theme, name), grounds[theme])).toBeGreaterThanOrEqual(3)
  })

  test('let lines be seen upon the band', () => {
    for (const colour of colours) expect(contrast(colour, colourOf(theme, ink.band))).toBeGreaterThanOrEqual(2.5)
  })

  test.each(Object.keys(sights))('stay apart for eyes with %s', (sight) => {
    for (const [at, one] of colours.entries()) {
      for (const other of colours.slice(at + 1)) {
        expect(difference(one, other, sights[sight] ?? []), `${one} and ${other}`).toBeGreaterThan(15)
      }
    }
  })

  test('of a heatmap are further from the page the more there was', () => {
    const contrasts = ink.heat.map((name) => contrast(colourOf(theme, name), grounds[theme]))
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b))
  })
})
