import { formatInstant, humanDuration, type Instant } from '../core/instant.ts'
import { localTime } from '../core/report-time.ts'
import { overlap, type TimeSpan } from '../core/time-span.ts'
import { isLockdown, type Window } from '../core/window.ts'
import type { WindowTime } from '../core/window-schedule.ts'
import { json } from './json.ts'
import { clipped, columns, oneLine, paint } from './terminal.ts'

/** The times of windows in a stretch, to be told in a zone. */
export interface WindowSchedule {
  readonly span: TimeSpan
  readonly zone: string
  readonly times: readonly WindowTime[]
}

/** A schedule as JSON; instants in UTC, `local` the same on the clocks of the reports' zone. */
export function windowTimesJson({ span, zone, times }: WindowSchedule): string {
  return json({
    from: formatInstant(span.from),
    until: formatInstant(span.until),
    timezone: zone,
    windows: times.map(({ window, from, until }) => ({
      window: window.id,
      title: window.title,
      kind: window.kind,
      lockdown: isLockdown(window),
      from: formatInstant(from),
      until: formatInstant(until),
      seconds: until - from,
      local: { from: localTime(from, zone).text, until: localTime(until, zone).text },
      appliesTo: scopeJson(window),
      allows: window.allows,
    })),
  })
}

function scopeJson({ scope }: Window): { readonly [key: string]: readonly string[] } {
  const { services, cis, environments, changeTypes } = scope
  return Object.fromEntries(
    Object.entries({ services, cis, environments, change_types: changeTypes }).flatMap(([key, ids]) =>
      ids === undefined ? [] : [[key, [...ids]] as const],
    ),
  )
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/**
 * A schedule as a table: begin and end in the zone of the reports and in UTC. What lasts at the first instant is
 * marked.
 */
export function windowTimesText({ span, zone, times }: WindowSchedule, colour: boolean, width?: number): string {
  const { bold, dim, red, yellow } = paint(colour)
  const until = localTime(span.until, zone).text
  if (times.length === 0) return `no windows until ${until} ${zone}\n`
  const utc = zone === 'UTC'
  const rows = times.map(({ window, ...time }) => {
    const lasts = time.from <= span.from
    const kind = isLockdown(window) ? red('lockdown') : window.kind === 'freeze' ? yellow('freeze') : window.kind
    return [
      `${weekday(time.from, zone)} ${localTime(time.from, zone).text}`,
      `${weekday(time.until, zone)} ${localTime(time.until, zone).text}`,
      humanDuration(time.until - time.from),
      ...(utc ? [] : [dim(utcText(time.from)), dim(utcText(time.until))]),
      kind,
      `${bold(oneLine(window.id))}${lasts ? red(' now') : ''}`,
      oneLine(scopeText(window)),
    ]
  })
  const head = [
    `from (${zone})`,
    'until',
    'for',
    ...(utc ? [] : ['from (UTC)', 'until (UTC)']),
    'kind',
    'window',
    'covers',
  ]
  const freezes = times.filter(({ window }) => window.kind === 'freeze')
  const frozen = freezes.some((time) => overlap(time, { from: span.from, until: span.from + 1 }))
  const count = `${times.length} ${times.length === 1 ? 'time' : 'times'} until ${until} ${zone}`
  const note = frozen ? `${count}; a freeze lasts now` : count
  return `${clipped(columns([head.map(dim), ...rows], [2]), width)}\n\n${note}\n`
}

function weekday(at: Instant, zone: string): string {
  return weekdays[localTime(at, zone).weekday - 1] ?? ''
}

function utcText(at: Instant): string {
  return localTime(at, 'UTC').text
}

/** What a window covers, in a few words. */
function scopeText({ scope }: Window): string {
  const parts = [
    listed('', scope.services),
    listed('', scope.cis),
    listed('', scope.environments),
    listed('changes: ', scope.changeTypes),
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'everything' : parts.join('; ')
}

function listed(before: string, ids: ReadonlySet<string> | undefined): string {
  return ids === undefined ? '' : before + [...ids].join(', ')
}
