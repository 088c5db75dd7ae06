import { formatInstant, type Instant } from '../instant.ts'
import { type Data, textAt, textsAt } from '../record.ts'
import type { Drift } from './drift.ts'

/**
 * The unauthorised change that a drift tells of: nobody was asked, so it waits to be authorised afterwards, by the team
 * that answers for the item, and is then reviewed. `undefined` where no team answers for it.
 */
export function unauthorisedChange(
  { record, kind, attributes, seenAt }: Drift,
  { id, me, now }: { readonly id: string; readonly me: string; readonly now: Instant },
): Data | undefined {
  const team = textAt(record.data, 'owner')
  if (team === undefined) return undefined
  const services = textsAt(record.data, 'services')
  const what = attributes.map(({ name }) => name)
  const found =
    kind === 'gone'
      ? `${record.id} is ${textAt(record.data, 'state')} by its record, but was seen at ${formatInstant(seenAt)}.`
      : `Discovery saw ${record.id} otherwise than its record says.`
  return {
    id,
    title:
      kind === 'gone'
        ? `${record.id} runs though it is retired`
        : `${record.id} differs from its record: ${shortened(what)}`,
    state: 'authorize',
    change_type: 'emergency',
    unauthorised: true,
    ...(services.length > 0 && { services }),
    cis: [record.id],
    requester: me,
    team,
    opened_at: formatInstant(now),
    reason: `${found}\n`,
    description: `${[found, ...attributes.map(differenceText)].join('\n')}\n`,
  }
}

/** How many attributes a title names. */
const few = 4

function shortened(names: readonly string[]): string {
  return names.length <= few ? names.join(', ') : `${names.slice(0, few).join(', ')} and ${names.length - few} more`
}

function differenceText({ name, intended, observed, seenAt }: Drift['attributes'][number]): string {
  const said = intended === undefined ? 'the record says nothing of it' : `the record says ${oneLine(intended)}`
  return `${name}: ${oneLine(observed)} was seen at ${formatInstant(seenAt)}; ${said}.`
}

/** Text from discovery on one line, without what YAML cannot hold. */
function oneLine(value: unknown): string {
  return String(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}
