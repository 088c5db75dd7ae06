import type { Commit } from '../../src/adapters/fast-import.ts'
import { formatInstant, type Instant } from '../../src/core/instant.ts'
import { fileOf, processId } from '../../src/core/record-id.ts'
import { daysFor, firstDay } from './incident-life.ts'

/** How many commits the life of a change takes: scheduled, carried out, closed. */
export const changeLength = 3

const [hour, day] = [3_600, 86_400]
const items = ['web-1', 'web-2', 'shop-db-1', 'search-1', 'payment-gateway', 'mail-relay-1', 'label-printer-1']
const people = ['ada', 'bob', 'carla']
const outcomes = ['successful', 'successful', 'successful_with_issues', 'successful', 'unsuccessful_backed_out']

/** The commit by which a change reaches a step of its life (0 to 2), spread over the days of so many incidents. */
export function changeCommit(incidents: number, changes: number, index: number, step: number): Commit {
  const opened = firstDay + Math.floor((index * daysFor(incidents) * day) / changes) + (index % 7) * hour
  const start = opened + (1 + (index % 9)) * day
  const end = start + (1 + (index % 3)) * hour
  const by = people[index % people.length] ?? 'ada'
  const id = processId('CHG', opened, Uint8Array.of(index >>> 15, (index >>> 10) & 31, (index >>> 5) & 31, index & 31))
  return {
    at: [opened, end, end + 2 * day][step] ?? opened,
    by: { name: by, email: `${by}@example.invalid` },
    message: `${id}: ${['scheduled', 'carried out', 'closed'][step]}`,
    files: [
      {
        path: fileOf('change', id, opened, true, 'day'),
        content: recordText({ id, index, opened, start, end, by }, step),
      },
    ],
  }
}

interface Life {
  readonly id: string
  readonly index: number
  readonly opened: Instant
  readonly start: Instant
  readonly end: Instant
  readonly by: string
}

function recordText({ id, index, opened, start, end, by }: Life, step: number): string {
  const [asked, begun, over, closed] = [opened, start, end, end + 2 * day].map(formatInstant)
  const kind = index % 4 === 0 ? 'normal' : index % 11 === 5 ? 'emergency' : 'standard'
  const log = [
    [`{ at: ${asked}, by: ${by}, state: ${kind === 'emergency' ? 'implement' : 'scheduled'} }`],
    [`{ at: ${begun}, by: ${by}, state: implement }`, `{ at: ${over}, by: ${by}, state: review }`],
    [`{ at: ${closed}, by: ada, state: closed }`],
  ]
  const outcome = outcomes[index % outcomes.length]
  const lines = [
    '# yaml-language-server: $schema=../../../../../schemas/change/schema.json',
    `id: ${id}`,
    `title: Update the software of ${items[index % items.length]}`,
    `state: ${['scheduled', 'review', 'closed'][step]}`,
    `change_type: ${kind}`,
    `cis: [${items[index % items.length]}]`,
    'requester: ines',
    `implementer: ${by}`,
    'team: operations',
    `opened_at: ${asked}`,
    'reason: The maker ends its support of the version in use.',
    `risk: ${['low', 'moderate', 'high'][index % 3]}`,
    `planned_start: ${begun}`,
    `planned_end: ${over}`,
    `outage: ${index % 5 === 0}`,
    ...(step === 0 ? [] : [`actual_start: ${begun}`, `actual_end: ${over}`, `outcome: ${outcome}`]),
    ...(step === 2 ? ['review_notes: Looked at with those who took part.'] : []),
    'log:',
    ...log.slice(0, step + 1).flatMap((entries) => entries.map((entry) => `  - ${entry}`)),
  ]
  return `${lines.join('\n')}\n`
}
