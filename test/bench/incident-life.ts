import type { Commit } from '../../src/adapters/fast-import.ts'
import { formatInstant, type Instant } from '../../src/core/instant.ts'
import { fileOf, processId } from '../../src/core/record-id.ts'

/** How many commits the life of an incident takes: reported, taken, handed over, waiting, taken up, resolved. */
export const lifeLength = 6

/** How many incidents may lie in one folder. */
const widestFolder = 200

/** The day on which the first incident is opened. */
export const firstDay: Instant = 1_704_067_200 // 2024-01-01T00:00:00Z
const day = 86_400

/** Over how many days so many incidents are spread: a year, or as many as keep every day's folder small. */
export function daysFor(incidents: number): number {
  return Math.max(365, Math.ceil(incidents / widestFolder))
}

/** An instant after the last commit about any of so many incidents. */
export function after(incidents: number): Instant {
  return firstDay + (daysFor(incidents) + 30) * day
}

/** The commit by which an incident reaches a step of its life (0 to 5); all of it follows from the numbers alone. */
export function lifeCommit(incidents: number, index: number, step: number): Commit {
  const life = lifeOf(incidents, index)
  const by = step === 0 ? 'kate' : life.assignee
  return {
    at: life.times[step] ?? life.opened,
    by: { name: by, email: `${by}@example.invalid` },
    message: `${life.id}: ${says[step]}`,
    files: [{ path: life.file, content: recordText(life, step) }],
  }
}

const says = ['reported', 'taken', 'handed over', 'waiting', 'taken up', 'resolved']
const services = ['webshop', 'payment', 'catalogue-search', 'customer-accounts', 'order-mail', 'warehouse']
const items = ['web-1', 'web-2', 'shop-db-1', 'search-1', 'payment-gateway', 'mail-relay-1', 'payment-provider']
const teams = ['operations', 'platform', 'payments', 'service-desk']
const people = ['ada', 'bob', 'carla']
const levels = ['high', 'medium', 'low']
const waits = ['awaiting_caller', 'awaiting_vendor', 'awaiting_caller', 'awaiting_problem']
const symptoms = [
  'Checkout is slow for customers in the north',
  'Orders arrive twice in the warehouse',
  'Search finds nothing since the last release',
  'Customers cannot reset their passwords',
  'Confirmation mails come hours late',
]

interface Life {
  readonly id: string
  readonly file: string
  readonly opened: Instant
  /** When each step reaches the mainline. */
  readonly times: readonly Instant[]
  readonly assignee: string
  readonly chance: (salt: number) => number
}

function lifeOf(incidents: number, index: number): Life {
  const chance = (salt: number): number => mixed(index * 31 + salt)
  const opened = firstDay + (index % daysFor(incidents)) * day + (chance(1) % day)
  const times = [60 + (chance(2) % 600)]
  for (const most of [7_200, 14_400, 28_800, 172_800, 86_400]) {
    times.push((times.at(-1) ?? 0) + 60 + (chance(times.length + 2) % most))
  }
  // An odd factor permutes the numbers below 2^20, so that four characters of five bits are never used twice.
  const serial = Math.imul(index, 0x9e3779b1) & 0xfffff
  const id = processId(
    'INC',
    opened,
    Uint8Array.of(serial >>> 15, (serial >>> 10) & 31, (serial >>> 5) & 31, serial & 31),
  )
  return {
    id,
    file: fileOf('incident', id, opened, true, 'day'),
    opened,
    times: times.map((later) => opened + later),
    assignee: pick(people, chance(8)),
    chance,
  }
}

function recordText({ id, opened, times, assignee, chance }: Life, step: number): string {
  const at = (index: number): string => formatInstant(times[index] ?? opened)
  const [impact, urgency] = [chance(10) % 3, chance(11) % 3]
  const symptom = pick(symptoms, chance(12))
  const reason = pick(waits, chance(13))
  const [first, second] = [chance(14), chance(14) + 1 + (chance(15) % 3)].map((number) => pick(teams, number))
  const state = step === 0 ? 'new' : step === 3 ? 'on_hold' : step === 5 ? 'resolved' : 'in_progress'
  const log = [
    `{ at: ${at(0)}, by: kate, state: new }`,
    `{ at: ${at(1)}, by: ${assignee}, state: in_progress, note: Looking at the last changes and the load }`,
    `{ at: ${at(2)}, by: ${assignee}, note: "Handed over to ${second}: nothing wrong on our side" }`,
    `{ at: ${at(3)}, by: ${assignee}, state: on_hold, hold_reason: ${reason} }`,
    `{ at: ${at(4)}, by: ${assignee}, state: in_progress, note: The answer came }`,
    `{ at: ${at(5)}, by: ${assignee}, state: resolved, note: Confirmed by the reporter on the phone }`,
  ]
  const lines = [
    '# yaml-language-server: $schema=../../../../../schemas/incident/schema.json',
    `id: ${id}`,
    `title: ${symptom}`,
    `state: ${state}`,
    `service: ${pick(services, chance(16))}`,
    `cis: [${pick(items, chance(17))}]`,
    `impact: ${levels[impact]}`,
    `urgency: ${levels[urgency]}`,
    `priority: P${impact + urgency + 1}`,
    `reporter: customer ${chance(18) % 5_000}`,
    'origin: phone',
    'category: software',
    ...(step === 0 ? [] : [`team: ${step === 1 ? first : second}`, `assignee: ${assignee}`]),
    `opened_at: ${formatInstant(opened)}`,
    ...(step === 0 ? [] : [`acknowledged_at: ${at(1)}`]),
    ...(step === 5 ? [`resolved_at: ${at(5)}`] : []),
    ...(step === 3 ? [`hold_reason: ${reason}`] : []),
    'description: |',
    `  ${symptom}. The first report came from customer ${chance(18) % 5_000};`,
    `  ${chance(19) % 90} more followed within the hour. Monitoring shows ${chance(20) % 9}.${chance(21) % 10} s for nine of ten requests.`,
    ...(step === 5
      ? ['resolution_code: workaround', 'resolution: |', '  Restarted the workers one after the other.']
      : []),
    'log:',
    ...log.slice(0, step + 1).map((entry) => `  - ${entry}`),
  ]
  return `${lines.join('\n')}\n`
}

function pick(from: readonly string[], number: number): string {
  return from[number % from.length] ?? ''
}

/** A number below 2^31 that looks like chance: the finaliser of MurmurHash3, by Austin Appleby. */
function mixed(number: number): number {
  let mix = number | 0
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 1
}
