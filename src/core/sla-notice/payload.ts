import { formatInstant, type Instant, parseInstant, type Seconds } from '../instant.ts'
import type { ReadingStatus } from '../reading.ts'
import { type Data, isData, listAt, textAt } from '../record.ts'
import { isMentionable } from './mention.ts'
import { type ClockNotice, type ComingInstant, isLive } from './notice.ts'

/** What one look at the clocks found, as the job that tells people of it takes it. */
export interface WatchReport {
  readonly asOf: Instant
  readonly back: Seconds
  /** Whether every notice is here; where not, notices that are missing here are left as they stand. */
  readonly complete: boolean
  readonly notices: readonly ClockNotice[]
  readonly next: readonly ComingInstant[]
}

/** An environment variable takes 128 KiB. */
const mostBytes = 100 * 1024
/** As many coming instants are told. */
const mostNext = 20

/**
 * A report as text that another job can read. Where it would be too large, clocks that have ended are left out first.
 */
export function watchReportText(report: WatchReport): string {
  const next = report.next.slice(0, mostNext)
  const live = report.notices.filter(isLive)
  for (const notices of [report.notices, live]) {
    const text = JSON.stringify(
      watchReportData({ ...report, next, notices, complete: report.complete && notices === report.notices }),
    )
    if (bytesOf(text) <= mostBytes) return text
  }
  let count = live.length
  for (;;) {
    count = Math.floor(count / 2)
    const text = JSON.stringify(
      watchReportData({ ...report, next: [], notices: live.slice(0, count), complete: false }),
    )
    if (bytesOf(text) <= mostBytes) return text
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/** A report as plain data, with its instants as texts. */
export function watchReportData({ asOf, next, notices, ...rest }: WatchReport): Data {
  const instants = ({ due, stop, atRiskAt, breachedAt, ...notice }: ClockNotice) => ({
    ...notice,
    due: textOrNull(due),
    stop: textOrNull(stop),
    atRiskAt: textOrNull(atRiskAt),
    breachedAt: textOrNull(breachedAt),
  })
  return {
    version: 1,
    asOf: formatInstant(asOf),
    ...rest,
    notices: notices.map(instants),
    next: next.map(({ at, ...coming }) => ({ at: formatInstant(at), ...coming })),
  }
}

function textOrNull(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}

/** Reads a report that a job without rights handed on: nothing in it is believed. `undefined` for anything else. */
export function watchReportIn(text: string): WatchReport | undefined {
  if (text.length > 2 * mostBytes) return undefined
  const data = parsed(text)
  if (!isData(data) || data['version'] !== 1) return undefined
  const { back, complete } = data
  const asOf = parseInstant(textAt(data, 'asOf') ?? '')
  const notices = listAt(data, 'notices').map(noticeIn)
  const next = listAt(data, 'next').map(comingIn)
  if (asOf === undefined || typeof back !== 'number' || !Number.isSafeInteger(back) || back < 0) return undefined
  if (typeof complete !== 'boolean' || !notices.every(isThere) || !next.every(isThere)) return undefined
  return { asOf, back, complete, notices, next }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined
}

const name = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/
const statuses: readonly string[] = ['running', 'paused', 'met', 'breached', 'cancelled'] satisfies ReadingStatus[]
const kinds: readonly string[] = ['sla', 'ola', 'contract']

function isStatus(value: unknown): value is ReadingStatus {
  return typeof value === 'string' && statuses.includes(value)
}

function isKind(value: unknown): value is ClockNotice['kind'] {
  return typeof value === 'string' && kinds.includes(value)
}

function noticeIn(data: unknown): ClockNotice | undefined {
  const clock = clockIn(data)
  if (!isData(data) || !clock) return undefined
  const { status, kind } = data
  const [type, file, title, team] = [textAt(data, 'type'), textAt(data, 'file'), textAt(data, 'title'), data['team']]
  const [due, stop, atRiskAt, breachedAt] = ['due', 'stop', 'atRiskAt', 'breachedAt'].map((at) =>
    instantOrNull(data[at]),
  )
  const mentions = listAt(data, 'mentions').filter((each): each is string => typeof each === 'string')
  if (!isStatus(status) || !isKind(kind) || type === undefined || !name.test(type)) return undefined
  if (file === undefined || !/^records\/[A-Za-z0-9_./-]{1,200}$/.test(file) || file.includes('..')) return undefined
  if (title === undefined || title.length > 1000 || !(team === null || (typeof team === 'string' && name.test(team)))) {
    return undefined
  }
  if (due === undefined || stop === undefined || atRiskAt === undefined || breachedAt === undefined) return undefined
  if (mentions.length > 12 || !mentions.every(isMentionable)) return undefined
  return { ...clock, type, file, title, kind, status, due, stop, atRiskAt, breachedAt, mentions, team }
}

function comingIn(data: unknown): ComingInstant | undefined {
  const clock = clockIn(data)
  if (!isData(data) || !clock) return undefined
  const at = instantOrNull(data['at'])
  const { what } = data
  if (typeof at !== 'number' || (what !== 'at_risk' && what !== 'due')) return undefined
  return { ...clock, at, what }
}

/** The parts of a clock's name, each of which could end up in a marker or an address. */
function clockIn(data: unknown): Pick<ClockNotice, 'record' | 'sla' | 'target' | 'cycle' | 'priority'> | undefined {
  if (!isData(data)) return undefined
  const [record, sla, target, priority] = ['record', 'sla', 'target', 'priority'].map((field) => nameAt(data, field))
  const { cycle } = data
  if (record === undefined || sla === undefined || target === undefined || priority === undefined) return undefined
  if (typeof cycle !== 'number' || !Number.isSafeInteger(cycle) || cycle < 1) return undefined
  return { record, sla, target, priority, cycle }
}

function nameAt(data: Data, field: string): string | undefined {
  const text = textAt(data, field)
  return text !== undefined && name.test(text) ? text : undefined
}

function instantOrNull(value: unknown): Instant | null | undefined {
  return value === null ? null : typeof value === 'string' ? parseInstant(value) : undefined
}
