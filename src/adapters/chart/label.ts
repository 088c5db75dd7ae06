import { ink } from './ink.ts'
import { size } from './text.ts'
import { element, textNode } from './xml.ts'

/** How a label stands at its point. */
export interface LabelLook {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly colour?: string
  readonly pixels?: number
  readonly bold?: boolean
  /** Whether the ground shows around the letters. */
  readonly halo?: boolean
}

/** A text whose middle line goes through a point. What lies behind it is kept off its letters. */
export function label(text: string, x: number, y: number, look: LabelLook = {}): string {
  const { anchor = 'start', colour = ink.text, pixels = size.label, bold = false, halo = true } = look
  return element(
    'text',
    {
      ...{ x, y, 'text-anchor': anchor, 'dominant-baseline': 'central', fill: colour, 'font-size': pixels },
      'font-weight': bold ? 600 : undefined,
      ...(halo && { 'paint-order': 'stroke', stroke: ink.paper, 'stroke-width': 3, 'stroke-linejoin': 'round' }),
    },
    [textNode(text)],
  )
}

/** Places of labels along a line, each as near to where it is wanted as the others and both ends let it. */
export function spread(wanted: readonly number[], gap: number, from: number, until: number): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
  const places = [...wanted]
  let least = from
  for (const index of order) {
    places[index] = Math.max(wanted[index] ?? 0, least)
    least = (places[index] ?? 0) + gap
  }
  let most = until
  for (const index of order.toReversed()) {
    places[index] = Math.min(places[index] ?? 0, most)
    most = (places[index] ?? 0) - gap
  }
  return places
}
