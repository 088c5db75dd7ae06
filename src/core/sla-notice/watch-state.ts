import { formatInstant, type Instant, parseInstant, type Seconds } from '../instant.ts'

/** A time in which nobody looked at the clocks. */
export interface WatchGap {
  readonly from: Instant
  readonly until: Instant
}

/** What the watch has to remember: everything else follows from the history. */
export interface WatchState {
  /** When it looked for the first time: what was late before is told only while it is open. */
  readonly since: Instant
  /** When it looked last. */
  readonly looked: Instant
  /** The last gaps, newest first. */
  readonly gaps: readonly WatchGap[]
}

const mostGaps = 10

/** What is remembered after another look; a longer time than usual since the last one is a gap. */
export function lookedAgain(before: WatchState | undefined, now: Instant, longest: Seconds): WatchState {
  if (!before) return { since: now, looked: now, gaps: [] }
  const { since, looked, gaps } = before
  const isGap = now - looked > longest
  const known = isGap ? [{ from: looked, until: now }, ...gaps].slice(0, mostGaps) : gaps
  return { since: Math.min(since, now), looked: Math.max(looked, now), gaps: known }
}

/** The state as a hidden line of Markdown. */
export function stateLine({ since, looked, gaps }: WatchState): string {
  const told = gaps.map(({ from, until }) => `${formatInstant(from)}/${formatInstant(until)}`)
  return `<!-- since=${formatInstant(since)} looked=${formatInstant(looked)} gaps=${told.join(',')} -->`
}

const form = /^<!-- since=(\S+) looked=(\S+) gaps=(\S*) -->\r?$/m

/** The state that a text keeps; `undefined` where it keeps none, or somebody has changed it. */
export function stateIn(text: string): WatchState | undefined {
  const [, first = '', last = '', told = ''] = form.exec(text) ?? []
  const [since, looked] = [parseInstant(first), parseInstant(last)]
  if (since === undefined || looked === undefined || since > looked) return undefined
  const gaps = told.split(',').flatMap((gap): WatchGap[] => {
    const [from, until] = gap.split('/').map(parseInstant)
    return from === undefined || until === undefined ? [] : [{ from, until }]
  })
  return { since, looked, gaps: gaps.slice(0, mostGaps) }
}
