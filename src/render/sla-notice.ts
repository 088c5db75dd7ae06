import { humanInstant, type Instant } from '../core/instant.ts'
import { cellText, codeText, inlineText, linkText } from '../core/markdown.ts'
import { priorityText } from '../core/reading.ts'
import { type ClockNotice, type ComingInstant, isLive, standingOf } from '../core/sla-notice/notice.ts'
import type { WatchReport } from '../core/sla-notice/payload.ts'
import type { WatchState } from '../core/sla-notice/watch-state.ts'
import { oneLine } from './terminal.ts'

/** Where people find a file of the mainline. */
export type FileAddress = (file: string) => string

/** The title of the issue about a clock. GitHub shows titles as text. */
export function noticeTitle(notice: ClockNotice): string {
  return oneLine(`${notice.record}: ${notice.target} ${standingOf(notice)} (${notice.sla})`)
}

/** The issue about a clock: what it is about, and whom it concerns. It says the same whenever it is written. */
export function noticeBody(notice: ClockNotice, address: FileAddress): string {
  const { record, file, title, sla, target, cycle, priority, due, stop, atRiskAt, breachedAt, team } = notice
  const rows: (readonly [string, string])[] = [
    ['Record', `${linkText(record, address(file))} ${inlineText(title)}`],
    ['Clock', `${inlineText(target)} of ${inlineText(sla)}${cycle > 1 ? `, cycle ${cycle}` : ''}`],
    ['Priority', inlineText(priorityText(priority))],
    ...(team === null ? [] : [['Team', inlineText(team)] as const]),
    ...instantRow('At risk since', atRiskAt),
    ...instantRow('Due', due),
    ...instantRow('Breached', breachedAt),
    ...instantRow('Ended', stop),
  ]
  return [
    `**${inlineText(sentence(notice))}**`,
    rows.map(([what, said]) => `- ${what}: ${said}`).join('\n'),
    ...(isLive(notice) ? [mentionLine(notice)] : []),
    `<sub>The account of every second: ${codeText(`gitsm explain ${record}`)}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function sentence({ status, target, breachedAt, stop, atRiskAt }: ClockNotice): string {
  if (status === 'cancelled') return `The ${target} clock was cancelled.`
  if (breachedAt !== null && stop !== null) return `The ${target} target was missed; the clock has ended.`
  if (breachedAt !== null) return `The ${target} target is missed, and the clock goes on.`
  if (stop !== null) return `The ${target} target was met.`
  return atRiskAt === null ? `The ${target} clock is in time again.` : `The ${target} target is at risk.`
}

function instantRow(what: string, at: Instant | null): readonly (readonly [string, string])[] {
  return at === null ? [] : [[what, `${humanInstant(at)} UTC`]]
}

/** The logins and teams come from the team record, which is governed, and were checked to be nothing else. */
function mentionLine({ mentions }: Pick<ClockNotice, 'mentions'>): string {
  return mentions.length === 0 ? '' : `To ${mentions.map((name) => `@${name}`).join(' ')}`
}

/** The comment by which people are told, once, that a target was exceeded. */
export function breachComment(notice: ClockNotice): string {
  const { target, sla, breachedAt } = notice
  const at = breachedAt === null ? '' : ` at ${humanInstant(breachedAt)} UTC`
  return [`**The ${inlineText(target)} target of ${inlineText(sla)} was exceeded${at}.**`, mentionLine(notice)]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The comment on a notice whose clock is neither at risk nor late any more, or has ended long ago. */
export const overComment = 'This clock is not at risk any more, or it ended while nobody looked.'

/** The title of the issue in which the watch keeps what it needs to know. */
export const watchTitle = 'SLA watch'

/** The issue in which the watch keeps when it looked, with what comes next for people to see. */
export function watchBody(
  state: WatchState,
  report: WatchReport,
  address: (key: ComingInstant) => string | null,
): string {
  const late = report.notices.filter((notice) => isLive(notice) && notice.breachedAt !== null).length
  const close = report.notices.filter((notice) => isLive(notice) && notice.breachedAt === null).length
  const rows = report.next.map((coming) => {
    const { at, what, record, sla, target, priority } = coming
    const href = address(coming)
    const shown = href === null ? cellText(record) : linkText(record, href)
    return [
      shown,
      cellText(priorityText(priority)),
      cellText(`${sla} ${target}`),
      word(what),
      `${humanInstant(at)} UTC`,
    ]
  })
  const gaps = state.gaps.map(({ from, until }) => `- ${humanInstant(from)} to ${humanInstant(until)} UTC`)
  return [
    `Open clocks: ${late} beyond their target, ${close} at risk. Looked at ${humanInstant(state.looked)} UTC, and since ${humanInstant(state.since)} UTC.`,
    '## Next',
    rows.length === 0 ? 'Nothing falls due.' : table(['record', 'prio', 'clock', 'what', 'when'], rows),
    ...(gaps.length === 0
      ? []
      : ['## Gaps', `Nobody looked in these times. What fell due in them was told afterwards.\n\n${gaps.join('\n')}`]),
    '<sub>Kept by gitsm. Do not close or edit it: it says from when on breaches are told.</sub>',
  ].join('\n\n')
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

function word(what: ComingInstant['what']): string {
  return what === 'due' ? 'due' : 'at risk'
}
