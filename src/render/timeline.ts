import { formatInstant, humanDuration, humanInstant, type Seconds } from '../core/instant.ts'
import { farthest, skewText } from '../core/recording-skew.ts'
import type { Stretch } from '../core/timeline.ts'
import { json } from './json.ts'
import { columns, paint, printable } from './terminal.ts'

/**
 * A timeline as the JSON of DESIGN.md §4; `holdReason`, `gap`, and `declared` with its `skew` in seconds only where there
 * is one. The record's `skew` is the farthest of its entries.
 */
export function timelineJson(id: string, stretches: readonly Stretch[]): string {
  return json({
    id,
    skew: farthest(stretches.flatMap(skewsOf)),
    entries: stretches.map(({ state, from, until, declared, commit, by, provenance, holdReason, gap }) => ({
      state,
      from: formatInstant(from),
      until: until === null ? null : formatInstant(until),
      commit,
      by,
      provenance,
      ...(holdReason === undefined ? {} : { holdReason }),
      ...(gap === undefined ? {} : { gap }),
      ...(declared === undefined ? {} : { declared: formatInstant(declared), skew: from - declared }),
    })),
  })
}

function skewsOf({ from, declared }: Stretch): readonly Seconds[] {
  return declared === undefined ? [] : [from - declared]
}

/** A timeline as a table: one line a stretch, times in UTC. */
export function timelineText(id: string, stretches: readonly Stretch[], colour: boolean): string {
  const { bold, dim, yellow } = paint(colour)
  const rows = stretches.map(({ state, holdReason, gap, from, until, commit, by }) => [
    gap === undefined ? `${state}${holdReason ? ` (${holdReason})` : ''}` : yellow(`unknown: ${printable(gap)}`),
    humanInstant(from),
    until === null ? 'still' : humanInstant(until),
    until === null ? '' : humanDuration(until - from),
    printable(by),
    dim(commit.slice(0, 10)),
  ])
  const head = ['state', 'from (UTC)', 'until', 'for', 'by', 'commit'].map(dim)
  const skew = skewText(stretches.flatMap(skewsOf))
  return `${bold(id)}\n${columns([head, ...rows], [3])}\n${skew === undefined ? '' : `${dim(skew)}\n`}`
}
