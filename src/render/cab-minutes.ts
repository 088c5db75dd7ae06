import type { Minutes } from '../core/cab/minutes.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import { localTime } from '../core/report-time.ts'
import { pastJson, pastRow, weekJson } from './cab-agenda.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** Minutes as JSON. */
export function minutesJson({
  week,
  zone,
  ledger,
  withoutPulls,
  present,
  decisions,
  remarks,
  carriedOut,
}: Minutes): string {
  return json({
    ...weekJson(week, zone),
    ledger,
    withoutPulls,
    present,
    decisions: decisions.map(({ at, pull, ...rest }) => ({ ...rest, pullRequest: pull, at: formatInstant(at) })),
    remarks: remarks.map(({ at, pull, ...rest }) => ({ ...rest, pullRequest: pull, at: formatInstant(at) })),
    carriedOut: carriedOut.map(pastJson),
  })
}

/** Minutes for a terminal. */
export function minutesText(minutes: Minutes, colour: boolean): string {
  const colours = paint(colour)
  const { bold, green, red, yellow } = colours
  const { week, zone, ledger, withoutPulls, present, decisions, remarks, carriedOut } = minutes
  const local = (at: Instant): string => localTime(at, zone).text
  const list = (title: string, rows: readonly (readonly string[])[]): string =>
    rows.length === 0
      ? `${bold(title)}\n  none`
      : `${bold(title)}\n${columns(rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]))}`
  const parts = [
    `${bold(`Minutes of the change advisory board, ${week.title}`)}\n  ${present.length === 0 ? 'nobody reviewed' : `reviewed by ${present.map(oneLine).join(', ')}`}`,
    ...(ledger === null ? [yellow('There is no ledger, so nothing is known of decisions')] : []),
    ...(withoutPulls === null ? [] : [yellow(`What was said on pull requests is not known: ${oneLine(withoutPulls)}`)]),
    list(
      'Decided',
      decisions.map(({ at, id, title, outcome, pull, by, met, because }) => [
        local(at),
        met ? green(outcome) : red(outcome),
        oneLine(id),
        oneLine(title ?? ''),
        `#${pull}`,
        by.length > 0 ? by.map(oneLine).join(', ') : oneLine(because),
      ]),
    ),
    list(
      'Said',
      remarks.map(({ at, login, state, pull, body }) => [
        local(at),
        oneLine(login),
        state.toLowerCase(),
        `#${pull}`,
        oneLine(body.slice(0, 200)),
      ]),
    ),
    list('Carried out', carriedOut.map(pastRow(local, colours))),
  ]
  return `${parts.join('\n\n')}\n`
}
