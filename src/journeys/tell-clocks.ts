import { putComment } from '../adapters/github/comment.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { editIssue, issuesSince, type KeyedIssue, postIssue } from '../adapters/github/keyed-issue.ts'
import type { Instant, Seconds } from '../core/instant.ts'
import { type ClockNotice, clockKey, isLive } from '../core/sla-notice/notice.ts'
import type { WatchReport } from '../core/sla-notice/payload.ts'
import { lookedAgain, stateIn, stateLine, type WatchState } from '../core/sla-notice/watch-state.ts'
import {
  breachComment,
  type FileAddress,
  noticeBody,
  noticeTitle,
  overComment,
  watchBody,
  watchTitle,
} from '../render/sla-notice.ts'
import type { ToldNotice, WatchTold } from '../render/sla-watch.ts'

/** The label of every notice. */
const noticeLabel = 'gitsm:sla'
/** The marker of the issue that remembers when the clocks were looked at. */
const watchKey = 'sla-watch'
/** GitHub takes some 80 writings a minute; what is left over is told by the next run. */
const mostWrites = 60

/** Tells people of a report, and remembers that the clocks were looked at. */
export async function tellClocks(github: GitHub, report: WatchReport, gap: Seconds): Promise<WatchTold> {
  const standing = await issuesSince(github, noticeLabel, report.asOf - report.back - 86_400)
  const remembered = standing.get(watchKey)
  const before = remembered && stateIn(remembered.body)
  const state = lookedAgain(before, report.asOf, gap)
  const address: FileAddress = (file) => `${github.server}/${github.owner}/${github.repo}/blob/HEAD/${file}`
  const told: ToldNotice[] = []
  const writes = () => told.filter(({ outcome }) => outcome !== 'kept' && outcome !== 'postponed').length
  for (const notice of report.notices) {
    const clock = clockKey(notice)
    const issue = standing.get(clock)
    if (!issue && !isNews(notice, before?.since)) continue
    if (writes() >= mostWrites) told.push({ clock, outcome: 'postponed' })
    else told.push({ clock, ...(await tellClock(github, notice, issue, address)) })
  }
  const named = new Set(report.notices.map(clockKey))
  for (const [clock, issue] of standing) {
    if (!report.complete || clock === watchKey || named.has(clock) || !issue.open || writes() >= mostWrites) continue
    await putComment(github, issue.number, `${clock}:over`, overComment)
    const closed = await editIssue(github, issue.number, { state: 'closed' })
    told.push({ clock, issue: issue.number, ...outcomeOf(closed, 'closed') })
  }
  await remember(github, remembered, state, report, address)
  const [newest] = state.gaps
  return { told, gap: newest && newest !== before?.gaps[0] && newest.until === report.asOf ? newest : null }
}

/** An open clock is always news; one that ended is where its breach came after the first look. */
function isNews(notice: ClockNotice, since: Instant | undefined): boolean {
  return isLive(notice) || (since !== undefined && (notice.breachedAt ?? 0) > since)
}

type Told = Omit<ToldNotice, 'clock'>

const breachTold = '<!-- told: breach -->'

async function tellClock(
  github: GitHub,
  notice: ClockNotice,
  issue: KeyedIssue | undefined,
  address: FileAddress,
): Promise<Told> {
  const key = clockKey(notice)
  const title = noticeTitle(notice)
  const hasBreached = notice.breachedAt !== null
  const body = `${hasBreached ? `${breachTold}\n` : ''}${noticeBody(notice, address)}`
  const isOver = !isLive(notice)
  if (!issue) {
    const made = await postIssue(github, key, { title, body, labels: [noticeLabel] })
    if (made.outcome === 'refused' || !isOver) return { ...numberOf(made), ...outcomeOf(made, 'raised') }
    const closed = await editIssue(github, made.is.number, { state: 'closed' })
    return { issue: made.is.number, ...outcomeOf(closed, 'raised') }
  }
  const isBreachNew = hasBreached && !issue.body.includes(breachTold)
  if (isBreachNew) {
    const written = await putComment(github, issue.number, `${key}:breach`, breachComment(notice))
    if (written.outcome === 'refused') return { issue: issue.number, ...outcomeOf(written, 'refused') }
  }
  const state = isOver ? 'closed' : isBreachNew ? 'open' : issue.open ? 'open' : 'closed'
  const isSame = issue.title === title && issue.says(key, body) && issue.open === (state === 'open')
  if (isSame) return { issue: issue.number, outcome: 'kept' }
  const edited = await editIssue(github, issue.number, { key, title, body, state })
  const outcome = isBreachNew ? 'breach told' : isOver && issue.open ? 'closed' : 'updated'
  return { issue: issue.number, ...outcomeOf(edited, outcome) }
}

function numberOf(written: Awaited<ReturnType<typeof postIssue>>): Pick<Told, 'issue'> {
  return written.outcome === 'refused' ? {} : { issue: written.is.number }
}

function outcomeOf(
  written: { readonly outcome: string; readonly because?: string },
  outcome: Told['outcome'],
): Pick<Told, 'outcome' | 'because'> {
  return written.outcome === 'refused' ? { outcome: 'refused', because: written.because ?? '' } : { outcome }
}

async function remember(
  github: GitHub,
  issue: KeyedIssue | undefined,
  state: WatchState,
  report: WatchReport,
  address: FileAddress,
): Promise<void> {
  const files = new Map(report.notices.map(({ record, file }) => [record, file]))
  const href = ({ record }: { readonly record: string }): string | null => {
    const file = files.get(record)
    return file === undefined ? null : address(file)
  }
  const body = `${stateLine(state)}\n${watchBody(state, report, href)}`
  if (!issue) await postIssue(github, watchKey, { title: watchTitle, body, labels: [noticeLabel] })
  else if (!issue.says(watchKey, body)) await editIssue(github, issue.number, { key: watchKey, body })
}
