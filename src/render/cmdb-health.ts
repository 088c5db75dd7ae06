import type { CmdbHealth } from '../core/cmdb/health.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** Health as JSON: each check with how many were asked and what does not pass, and what runs out. */
export function healthJson(health: CmdbHealth): string {
  return json({ ...health, asOf: formatInstant(health.asOf) })
}

/** Health for people at a terminal: the sums first, then every item with why. */
export function healthText({ asOf, ahead, items, checks, expiring }: CmdbHealth, colour: boolean): string {
  const { bold, dim, yellow, green } = paint(colour)
  const sums = checks.map(({ id, title, n, found }) => [
    bold(id),
    found.length === 0 ? green('0') : yellow(String(found.length)),
    `of ${n}`,
    dim(title),
  ])
  const details = checks
    .filter(({ found }) => found.length > 0)
    .map(({ id, found }) => `${bold(id)}\n${columns(found.map((each) => [`  ${each.id}`, oneLine(each.why)]))}`)
  const soon = expiring.map(({ id, field, date, days, owner }) => [
    `  ${date}`,
    days < 0 ? yellow(`${-days} d ago`) : `in ${days} d`,
    bold(id),
    what[field] ?? field,
    dim(owner ?? ''),
  ])
  const parts = [
    `${items} configuration items that are not retired, as of ${humanInstant(asOf)} UTC`,
    columns([['check', 'fail', '', 'what passes'].map(dim), ...sums], [1]),
    ...details,
    ...(soon.length === 0
      ? [`Nothing runs out within ${ahead} days.`]
      : [`${bold('runs out')} within ${ahead} days, or has run out\n${columns(soon, [1])}`]),
  ]
  return `${parts.join('\n\n')}\n`
}

const what: Readonly<Record<string, string>> = {
  warranty_until: 'warranty',
  licence_until: 'licence',
  contract_until: 'contract',
  valid_until: 'validity',
  end_of_life: 'support by the maker',
}
