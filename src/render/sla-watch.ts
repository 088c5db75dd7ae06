import { formatInstant, humanHours, humanInstant, type Instant } from '../core/instant.ts'
import { priorityText } from '../core/reading.ts'
import { type ComingInstant, isLive, type NoticedClock, standingOf } from '../core/sla-notice/notice.ts'
import type { WatchReport } from '../core/sla-notice/payload.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** What the watch found, for people at a terminal. */
export function watchText({ notices, next, asOf }: WatchReport, colour: boolean): string {
  const { red, yellow, dim, bold } = paint(colour)
  const told = notices.map((notice) => {
    const state = standingOf(notice)
    const shown = notice.breachedAt === null ? yellow(state) : isLive(notice) ? red(state) : dim(state)
    const at = notice.breachedAt ?? notice.atRiskAt
    return [...clockCells(notice, bold), shown, at === null ? '' : humanInstant(at)]
  })
  const coming = next.map((each) => [
    ...clockCells(each, bold),
    word(each.what),
    `${humanInstant(each.at)} (in ${humanHours(each.at - asOf)})`,
  ])
  return [
    told.length === 0 ? 'no clock is at risk or beyond its target' : columns([heads('since (UTC)').map(dim), ...told]),
    ...(coming.length === 0 ? [] : ['', columns([heads('next (UTC)').map(dim), ...coming])]),
    dim(`as of ${formatInstant(asOf)}`),
    '',
  ].join('\n')
}

function heads(last: string): readonly string[] {
  return ['record', 'prio', 'clock', 'what', last]
}

function clockCells(
  { record, sla, target, cycle, priority }: Pick<NoticedClock, 'record' | 'sla' | 'target' | 'cycle' | 'priority'>,
  bold: (text: string) => string,
): readonly string[] {
  return [bold(oneLine(record)), priorityText(priority), oneLine(`${sla} ${target}${cycle > 1 ? ` #${cycle}` : ''}`)]
}

/** What became of one notice. */
export interface ToldNotice {
  readonly clock: string
  readonly outcome: 'raised' | 'updated' | 'breach told' | 'closed' | 'kept' | 'refused' | 'postponed'
  readonly issue?: number
  readonly because?: string
}

/** What was told to people. */
export interface WatchTold {
  readonly told: readonly ToldNotice[]
  readonly gap: { readonly from: Instant; readonly until: Instant } | null
}

/** What was told, as JSON. */
export function toldJson({ told, gap }: WatchTold): string {
  return json({ told, gap: gap && { from: formatInstant(gap.from), until: formatInstant(gap.until) } })
}

/** What was told, for people who read the log. */
export function toldText({ told, gap }: WatchTold): string {
  const news = told.filter(({ outcome }) => outcome !== 'kept')
  const rows = news.map(({ clock, outcome, issue, because }) => [
    outcome,
    issue === undefined ? '' : `#${issue}`,
    oneLine(clock),
    oneLine(because ?? ''),
  ])
  const lines = rows.length === 0 ? 'nothing new to tell' : columns(rows)
  return gap === null ? `${lines}\n` : `${gapText(gap)}\n${lines}\n`
}

/** A gap in the watch, in words. */
export function gapText({ from, until }: { readonly from: Instant; readonly until: Instant }): string {
  return `WATCH_GAP nobody looked at the clocks from ${formatInstant(from)} to ${formatInstant(until)} (${humanHours(until - from)}); what fell due then is told now`
}

function word(what: ComingInstant['what']): string {
  return what === 'due' ? 'due' : 'at risk'
}
