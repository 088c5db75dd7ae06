import type { Data } from '../../../src/core/record.ts'
import type { ToldRecord, ToldStep } from './told.ts'

/** Numbers that look like chance and are the same for the same seed: a linear congruential generator. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const lives: { readonly [type: string]: readonly (readonly string[])[] } = {
  incident: [
    ['new', 'in_progress', 'resolved', 'closed'],
    ['new', 'in_progress', 'on_hold', 'in_progress', 'resolved'],
    ['new', 'resolved', 'in_progress', 'resolved', 'closed'],
    ['in_progress', 'on_hold', 'resolved'],
    ['new', 'in_progress', 'on_hold'],
    ['new', 'cancelled'],
  ],
  change: [
    ['new', 'assess', 'authorize', 'scheduled', 'implement', 'review', 'closed'],
    ['new', 'assess', 'new', 'assess', 'authorize', 'rejected'],
    ['scheduled', 'implement', 'review', 'closed'],
    ['implement', 'review'],
    ['new', 'authorize', 'scheduled', 'cancelled'],
  ],
  request: [
    ['submitted', 'awaiting_approval', 'approved', 'in_fulfilment', 'fulfilled', 'closed'],
    ['submitted', 'in_fulfilment', 'fulfilled', 'in_fulfilment', 'fulfilled', 'closed'],
    ['submitted', 'awaiting_approval', 'rejected'],
    ['submitted', 'cancelled'],
  ],
  problem: [
    ['new', 'assess', 'root_cause_analysis', 'fix_in_progress', 'resolved', 'closed'],
    ['new', 'root_cause_analysis', 'resolved', 'closed', 'root_cause_analysis'],
    ['new', 'assess'],
  ],
}

/** Instants on which a month of Berlin begins or ends, and one second before: where periods are got wrong. */
function edges(base: number, days: number): readonly number[] {
  const found: number[] = []
  for (let day = 0; day <= days; day++) {
    for (const hour of [22, 23]) found.push(base + day * 86_400 + hour * 3600, base + day * 86_400 + hour * 3600 - 1)
  }
  return found
}

/** Records of all process types over some seventy days from an instant on. */
export function generated(seed: number, base: number): readonly ToldRecord[] {
  const below = chance(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item
  const maybe = (value: unknown, ofTen = 5): unknown => (below(10) < ofTen ? value : undefined)
  const iso = (at: number): string => new Date(at * 1000).toISOString().replace('.000', '')
  const limits = edges(base, 70)
  const records: ToldRecord[] = []
  const add = (type: string, number: number, fields: (at: number) => Data): void => {
    for (let index = 0; index < number; index++) {
      let at = below(4) === 0 ? pick(limits) : base + below(70 * 24) * 3600
      let now = fields(at)
      const steps: ToldStep[] = []
      for (const state of pick(lives[type] ?? [])) {
        if (below(3) === 0) now = { ...now, team: pick(['desk', 'platform']), assignee: pick(['ada', 'lena']) }
        if (below(8) === 0) now = { ...now, priority: pick(['P1', 'P2', 'P3']) }
        steps.push({ at, state, fields: now })
        const later = limits.filter((limit) => limit > at)
        at = below(5) === 0 && later.length > 0 ? Math.min(...later) : at + 60 + below(pick([600, 9000, 400_000]))
        if (below(12) === 0) break
      }
      records.push({ type, id: `${type.slice(0, 3).toUpperCase()}-${index}`, steps })
    }
  }
  const common = (at: number): Data => ({
    service: pick(['shop', 'mail', undefined]),
    team: pick(['desk', 'platform', undefined]),
    priority: pick(['P1', 'P2', 'P3', undefined]),
    opened_at: maybe(iso(at + pick([-400_000, -3600, 0, 0, 7200]))),
    satisfaction: maybe(1 + below(5), 3),
  })
  add('incident', 60, (at) => ({
    ...common(at),
    category: pick(['software', 'network']),
    cis: pick([['web-1'], ['web-2'], ['web-2', 'web-1'], undefined]),
    caused_by: maybe(`CHA-${below(20)}`, 3),
    change: maybe(`CHA-${below(20)}`, 2),
    problem: maybe('PRO-1', 3),
    knowledge: maybe(['how-to'], 3),
    detected_at: maybe(iso(at - 600)),
    outage: maybe([{ service: maybe('mail', 3), from: iso(at - 1200), to: maybe(iso(at + below(40_000)), 8) }], 3),
  }))
  add('change', 20, (at) => ({
    ...common(at),
    service: undefined,
    services: pick([['shop'], ['mail', 'shop'], undefined]),
    cis: pick([['web-1'], ['web-2'], ['web-1', 'web-2'], undefined]),
    change_type: pick(['normal', 'standard', 'emergency']),
    outcome: pick(['successful', 'successful', 'successful_with_issues', 'unsuccessful_backed_out']),
    unauthorised: maybe(true, 1),
    committed_at: maybe(iso(at - below(200_000))),
    incidents_caused: maybe([`INC-${below(80)}`, 'INC-3'], 3),
    incidents: maybe(['INC-1'], 2),
    waivers: maybe([{ conflict: 'lockdown' }], 3),
    planned_start: maybe(iso(at), 8),
    planned_end: maybe(iso(at + 7200), 9),
    actual_start: maybe(iso(at + pick([-60, 0, 60])), 8),
    actual_end: maybe(iso(at + 3600 + below(7200)), 9),
  }))
  add('request', 20, common)
  add('problem', 10, (at) => ({ ...common(at), team: undefined, owner: pick(['desk', 'platform']) }))
  const standing = (type: string, id: string, fields: Data): ToldRecord => ({
    type,
    id,
    steps: [{ at: base, state: 'operational', fields: { title: id, ...fields } }],
  })
  return [
    ...records,
    standing('service', 'shop', {}),
    standing('service', 'mail', {}),
    standing('ci', 'web-1', {
      services: ['shop'],
      owner: 'platform',
      environment: 'production',
      verified_at: iso(base),
    }),
    standing('ci', 'web-2', { services: ['mail'], owner: 'desk', environment: 'staging' }),
  ]
}
