import type { Agenda } from '../core/cab/agenda.ts'
import type { AgendaItem } from '../core/cab/item.ts'
import type { PastChange } from '../core/cab/past.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import type { Period } from '../core/period.ts'
import { localTime } from '../core/report-time.ts'
import type { TimeSpan } from '../core/time-span.ts'
import { counted } from './counted.ts'
import { json } from './json.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** An agenda as JSON. */
export function agendaJson(agenda: Agenda): string {
  const { week, zone, asOf, withoutPulls, items, unready, pairs, ratifications, windows, scheduled, past } = agenda
  return json({
    ...weekJson(week, zone),
    asOf: formatInstant(asOf),
    withoutPulls,
    items: items.map(itemJson),
    unready: unready.map(itemJson),
    pairs: pairs.map(({ one, other, because, open }) => ({ changes: [one, other], because, open })),
    ratifications: ratifications.map(({ until, ...rest }) => ({ ...rest, until: instantJson(until) })),
    windows: windows.map((window) => ({ ...window, ...spanJson(window) })),
    scheduled: scheduled.map((change) => ({ ...change, ...spanJson(change) })),
    past: past.map(pastJson),
  })
}

/** A week as JSON. */
export function weekJson({ id, from, until }: Period, zone: string): object {
  return { week: id, from: formatInstant(from), until: formatInstant(until), timezone: zone }
}

/** A change whose work is over as JSON. */
export function pastJson({ until, ...rest }: PastChange): object {
  return { ...rest, until: formatInstant(until) }
}

function itemJson({ window, ...item }: AgendaItem): object {
  return { ...item, window: window && { ...window, ...spanJson(window) } }
}

function spanJson({ from, until }: TimeSpan): object {
  return { from: formatInstant(from), until: formatInstant(until) }
}

function instantJson(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}

/** An agenda for a terminal: what is decided about first, the rest in lists. */
export function agendaText(agenda: Agenda, colour: boolean): string {
  const colours = paint(colour)
  const { week, zone, items, unready, pairs, ratifications, windows, scheduled, past } = agenda
  const local = (at: Instant): string => localTime(at, zone).text
  const list = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
    rows.length === 0
      ? []
      : [`${colours.bold(title)}\n${columns(rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]))}`]
  const parts = [
    `${colours.bold(`Change advisory board, ${week.title}`)}  ${colours.dim(`${local(week.from)} to ${local(week.until)} ${zone}`)}`,
    ...(agenda.withoutPulls === null
      ? []
      : [colours.yellow(`Open pull requests are not known: ${oneLine(agenda.withoutPulls)}`)]),
    items.length === 0
      ? 'Nothing waits to be decided.'
      : items.map((item) => itemText(item, local, colours)).join('\n\n'),
    ...list(
      'Cannot both have their time',
      pairs.map(({ one, other, because, open }) => [
        `${open ? colours.red('open') : 'waived or advice'}`,
        `${oneLine(one)}, ${oneLine(other)}`,
        oneLine(because),
      ]),
    ),
    ...list(
      'To be ratified',
      ratifications.map(({ id, title, because, until }) => [
        oneLine(id),
        oneLine(title),
        until === null ? colours.red(oneLine(because)) : `due ${local(until)}`,
      ]),
    ),
    ...list(
      'Freezes and maintenance windows',
      windows.map(({ kind, id, title, from, until }) => [
        kind,
        oneLine(id),
        oneLine(title),
        `${local(from)} to ${local(until)}`,
      ]),
    ),
    ...list(
      'Scheduled',
      scheduled.map(({ id, title, from, until, implementer, overdue }) => [
        `${local(from)} to ${local(until)}`,
        oneLine(id),
        oneLine(title),
        oneLine(implementer ?? ''),
        overdue ? colours.red('overdue') : '',
      ]),
    ),
    ...list(
      'Not ready to be decided',
      unready.map(({ id, title, missing }) => [oneLine(id), oneLine(title), `lacks ${missing.join(', ')}`]),
    ),
    ...list('Carried out in the week before', past.map(pastRow(local, colours))),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A change whose work is over as cells of a row. */
export function pastRow(
  local: (at: Instant) => string,
  { red, green }: Paint,
): (change: PastChange) => readonly string[] {
  return ({ id, title, outcome, failed, until, incidents, review }) => [
    local(until),
    oneLine(id),
    oneLine(title),
    failed ? red(outcome ?? 'unknown') : green(outcome ?? 'unknown'),
    [...(incidents.length > 0 ? [`caused ${incidents.join(', ')}`] : []), ...(review === null ? [] : [review])]
      .map(oneLine)
      .join(', '),
  ]
}

function itemText(item: AgendaItem, local: (at: Instant) => string, colours: Paint): string {
  const {
    id,
    title,
    changeType,
    state,
    pull,
    services,
    tier,
    window,
    risk,
    impact,
    approvals,
    conflicts,
    missing,
    errors,
  } = item
  const { bold, dim, red, green, yellow } = colours
  const level = risk.level === 'low' || risk.level === 'moderate' ? risk.level : red(risk.level)
  const when = window
    ? `${local(window.from)} to ${local(window.until)}${window.over ? red(', which is over') : ''}`
    : red('no time planned')
  const lines = [
    `${item.place}. ${bold(oneLine(id))}  ${oneLine(title)}`,
    `${dim('risk')} ${level}: ${risk.reasons.map(oneLine).join('; ') || 'nothing raises it'}`,
    `${dim('about')} ${services.map(oneLine).join(', ') || 'no service'}${tier === null ? '' : ` (tier ${tier})`}; ${changeType}, ${state}${pull ? `, pull request #${pull.number} ${oneLine(pull.url)}` : ''}`,
    `${dim('when')} ${when}${item.outage ? yellow(', with an outage') : ''}`,
    `${dim('if it fails')} ${counted(impact.down.length, 'service')} down, ${impact.degraded.length} degraded, ${counted(impact.items, 'item')}`,
    ...approvals.map(({ met, because }) => `${met ? green('✓') : red('✗')} ${oneLine(because)}`),
    ...conflicts.map((because) => `${red('✗')} ${oneLine(because)}`),
    ...item.waived.map((because) => `${yellow('waived')} ${oneLine(because)}`),
    ...errors.map((because) => `${red('✗')} ${oneLine(because)}`),
    ...(missing.length === 0 ? [] : [`${red('✗')} lacks ${missing.join(', ')}`]),
  ]
  return lines.join('\n   ')
}
