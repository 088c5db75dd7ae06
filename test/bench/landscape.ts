import type { Data } from '../../src/core/record.ts'

/** A record that a benchmark makes up. */
export interface MadeRecord {
  readonly type: string
  readonly id: string
  readonly data: Data
}

/** How much there is: items, and changes that are open at once. */
export interface LandscapeSize {
  readonly items: number
  readonly changes: number
}

/** The change that is asked about: it reaches every item, and its time overlaps that of a third of all changes. */
export const askedChange = 'CHG-0'

/** When the landscape's changes begin, to be planned over 90 days. */
const start = Date.parse('2026-12-01T00:00:00Z')
const day = 86_400_000

/**
 * A landscape where everything hangs together: a tenth of the items are redundant groups, the others depend on two or
 * three items each, and all of them, in the end, on the first. A hundred services, fifty windows, changes of three
 * items each.
 */
export function landscape({ items, changes }: LandscapeSize): readonly MadeRecord[] {
  const chance = linear(7)
  const services = Array.from({ length: 100 }, (_, index) =>
    made('service', `service-${index}`, {
      title: `Service ${index}`,
      owner: 'platform',
      tier: 1 + (index % 4),
      state: 'operational',
      ...(index > 0 && { depends_on: [`service-${chance(index)}`] }),
    }),
  )
  const cis = Array.from({ length: items }, (_, index) =>
    made('ci', `item-${index}`, {
      title: `Item ${index}`,
      class: 'server',
      environment: index % 7 === 6 ? 'staging' : 'production',
      owner: 'platform',
      state: 'operational',
      ...(index % 3 === 0 && { services: [`service-${chance(100)}`] }),
      ...(index > 0 && { depends_on: dependencies(index, chance) }),
    }),
  )
  const windows = Array.from({ length: 50 }, (_, index) =>
    made('window', `window-${index}`, {
      title: `Window ${index}`,
      kind: index % 5 === 0 ? 'freeze' : 'maintenance',
      recurs: {
        rule: index % 5 === 0 ? 'FREQ=YEARLY' : 'FREQ=WEEKLY',
        timezone: 'Europe/Berlin',
        start: `2026-01-${String(1 + (index % 28)).padStart(2, '0')}T02:00`,
        duration: 'PT6H',
      },
      applies_to: { services: [`service-${index}`] },
    }),
  )
  const asked = change(askedChange, ['item-0'], 0, 30)
  const others = Array.from({ length: changes - 1 }, (_, index) =>
    change(
      `CHG-${index + 1}`,
      [1, 2, 3].map(() => `item-${chance(items)}`),
      chance(90 * 24) / 24,
      1 / 6,
    ),
  )
  return [...services, ...cis, ...windows, asked, ...others]
}

function dependencies(index: number, chance: (below: number) => number): readonly Data[] {
  if (index % 10 === 0 && index > 10) {
    return [1, 2, 3].map((back) => ({ ci: `item-${index - back}`, at_least: { group: 'pool', members: 2 } }))
  }
  const needed = new Set([Math.floor(index / 2), chance(index), chance(index)])
  return [...needed].map((ci) => ({ ci: `item-${ci}` }))
}

/** A change that begins after some days and lasts others. */
function change(id: string, cis: readonly string[], after: number, days: number): MadeRecord {
  const at = (time: number): string => new Date(start + Math.floor(time * 24) * (day / 24)).toISOString().slice(0, 19)
  return made('change', id, {
    title: `Change ${id}`,
    state: 'scheduled',
    change_type: 'normal',
    cis: [...new Set(cis)],
    implementer: `person-${id.length}-${id.slice(-2)}`,
    requester: 'ada',
    reason: 'It has to be done.',
    opened_at: '2026-11-20T08:00:00Z',
    planned_start: `${at(after)}Z`,
    planned_end: `${at(after + days)}Z`,
  })
}

function made(type: string, id: string, data: Data): MadeRecord {
  return { type, id, data: { id, ...data } }
}

/** Numbers below a bound by a linear congruential generator (Numerical Recipes). */
function linear(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
