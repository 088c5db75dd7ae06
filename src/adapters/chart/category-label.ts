import { fitted, size, textWidth } from './text.ts'

/** The least gap between two labels, in pixels. */
const gap = 10

/**
 * The labels of categories along an axis, each `room` pixels wide: '' where a label would run into its neighbour.
 * Periods are said short (`Oct`, with the year below where it begins), other names are cut.
 */
export function categoryLabels(categories: readonly string[], room: number): readonly string[] {
  const parts = categories.map(periodOf)
  const isPeriods = parts.every((part) => part !== undefined) && parts.length > 0
  const shorts = isPeriods ? parts.map((part) => part?.short ?? '') : categories.map((name) => fitted(name, 120))
  const widest = Math.max(
    0,
    ...shorts.map((text) => textWidth(text, size.label)),
    isPeriods ? textWidth('2026', 13) : 0,
  )
  const least = Math.max(1, Math.ceil((widest + gap) / room))
  const isDays = parts[0]?.isDay === true
  const every = isDays && least > 1 ? Math.ceil(least / 7) * 7 : least
  const isShown = (index: number) => (isDays ? index : categories.length - 1 - index) % every === 0
  let year: string | undefined
  return shorts.map((text, index) => {
    if (!isShown(index)) return ''
    const part = parts[index]
    if (!isPeriods || !part || part.year === year) return text
    year = part.year
    return part.isDay && index === 0 && categories.length < 40 ? text : `${text}\n${part.year}`
  })
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface PeriodLabel {
  readonly short: string
  readonly year: string
  readonly isDay: boolean
}

/** A month, quarter, week or day in short. */
function periodOf(category: string): PeriodLabel | undefined {
  const [, year = '', month, day, other] = /^(\d{4})-(?:(\d\d)(?:-(\d\d))?|([QW]\d{1,2}))$/.exec(category) ?? []
  if (other !== undefined) return { short: other, year, isDay: false }
  const name = months[Number(month) - 1]
  if (name === undefined) return undefined
  return { short: day === undefined ? name : `${Number(day)} ${name}`, year, isDay: day !== undefined }
}
