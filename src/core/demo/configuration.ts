import type { Instant } from '../instant.ts'
import type { Route } from '../place.ts'
import { type Data, isData, listAt, textAt } from '../record.ts'
import { inBerlin } from './berlin.ts'

/** A shipped file as it stands at some time of the story: the shipped text with some values set (`undefined` removes). */
export interface Edition {
  readonly path: string
  readonly edits: readonly { readonly route: Route; readonly value: unknown }[]
}

/** What the organisation changes about itself at an instant. */
export interface ConfigurationStep {
  readonly at: Instant
  /** Login of a team member. */
  readonly by: string
  readonly message: string
  readonly editions: readonly Edition[]
}

type Edits = Edition['edits']

const shipped: Edits = []
const longAgo = '0000-00-00'

/**
 * The year of the configuration, from its beginning to what GitSM ships: holidays are entered year by year, shorter
 * times are agreed in April, fax ends in March, the fourth web server comes in August. `records` are the shipped
 * configuration records by path.
 */
export function configurationSteps(records: ReadonlyMap<string, Data>): readonly ConfigurationStep[] {
  const paths = [...records.keys()]
  const holidaysUntil = (until: string): readonly Edition[] =>
    paths
      .filter((path) => path.startsWith('records/calendar/'))
      .map((path) => ({ path, edits: withoutHolidaysAfter(records.get(path) ?? {}, until) }))
  const verified = paths.filter((path) => records.get(path)?.['verified_at'] !== undefined)
  const begun = paths.filter((path) => !later.includes(path)).map((path) => ({ path, edits: atFirst(path, records) }))
  return [
    step('2025-10-27', 'ada', 'Put services, teams, calendars and agreements under version control', [
      ...begun.filter(({ path }) => !path.startsWith('records/calendar/')),
      ...holidaysUntil('2026-01-02'),
    ]),
    step('2025-12-02', 'ines', 'Enter the holidays of 2026', holidaysUntil('2027-01-02')),
    step('2026-03-31', 'jonas', 'Give up orders by fax', [
      { path: 'records/service/fax-orders.yaml', edits: shipped },
      { path: 'records/ci/fax-server.yaml', edits: [{ route: ['verified_at'], value: undefined }] },
    ]),
    step('2026-04-01', 'carla', 'Agree on shorter times for P2 with the retail business', [
      { path: 'records/sla/webshop-gold.yaml', edits: shipped },
    ]),
    step('2026-07-20', 'dmitri', 'Order a fourth web server', [{ path: web4, edits: [] }]),
    step('2026-08-10', 'erik', 'Test the fourth web server', [{ path: web4, edits: fourthServer('test') }]),
    step('2026-08-18', 'dmitri', 'Put the fourth web server behind the load balancer', [
      {
        path: web4,
        edits: [...fourthServer('operational'), { route: ['verified_at'], value: '2026-08-18T07:20:00Z' }],
      },
      { path: loadBalancer, edits: [{ route: ['verified_at'], value: undefined }, ...withFourthServer(records)] },
    ]),
    step('2026-09-21', 'grace', 'Plan gift cards as a service', [
      { path: 'records/service/gift-cards.yaml', edits: shipped },
    ]),
    step(
      '2026-10-05',
      'fatima',
      'Note which configuration items were verified',
      verified.map((path) => ({
        path,
        edits: path === loadBalancer ? withFourthServer(records) : path === searchNode ? working : shipped,
      })),
    ),
    step('2026-10-12', 'carla', 'Draft shorter times for promotions', [
      { path: 'records/sla/webshop-gold-weekend.yaml', edits: shipped },
    ]),
    step('2026-10-20', 'ines', 'Enter the holidays of 2027', holidaysUntil('9999-12-31')),
    step('2026-10-29', 'fatima', 'Take the second search node out for maintenance', [
      { path: searchNode, edits: shipped },
    ]),
    step('2026-11-01', 'dmitri', 'Verify the fourth web server after the anniversary sale', [
      {
        path: web4,
        edits: [...fourthServer('operational'), { route: ['verified_at'], value: '2026-11-01T08:15:00Z' }],
      },
    ]),
  ]
}

const web4 = 'records/ci/web-4.yaml'
const loadBalancer = 'records/ci/lb-1.yaml'
const searchNode = 'records/ci/search-2.yaml'
const working: Edits = [{ route: ['state'], value: 'operational' }]

/** Records that are not there at the beginning. */
const later: readonly string[] = [web4, 'records/service/gift-cards.yaml', 'records/sla/webshop-gold-weekend.yaml']

function step(day: string, by: string, message: string, editions: readonly Edition[]): ConfigurationStep {
  return { at: inBerlin(day, 9 * 60 + 30), by, message, editions }
}

/** How a record that is there from the beginning differs from what is shipped. */
function atFirst(path: string, records: ReadonlyMap<string, Data>): Edits {
  const unverified =
    records.get(path)?.['verified_at'] === undefined ? [] : [{ route: ['verified_at'], value: undefined }]
  const own: Readonly<Record<string, Edits>> = {
    'records/service/fax-orders.yaml': [...working, { route: ['description'], value: 'Orders on paper.\n' }],
    'records/ci/fax-server.yaml': working,
    [searchNode]: working,
    'records/sla/webshop-gold.yaml': [
      { route: ['targets', 'response', 'target', 'P2'], value: 'PT1H' },
      { route: ['targets', 'resolution', 'target', 'P2'], value: 'PT12H' },
    ],
  }
  return [...unverified, ...(own[path] ?? [])]
}

/** The last holidays first, so that the places of the others stay. */
function withoutHolidaysAfter(calendar: Data, until: string): Edits {
  return listAt(calendar, 'holidays')
    .flatMap((holiday, index) => (dayOf(holiday) < until ? [] : [{ route: ['holidays', index], value: undefined }]))
    .reverse()
}

function dayOf(holiday: unknown): string {
  if (typeof holiday === 'string') return holiday
  return isData(holiday) ? (textAt(holiday, 'date') ?? textAt(holiday, 'from') ?? longAgo) : longAgo
}

function fourthServer(state: string): Edits {
  return [
    { route: ['state'], value: state },
    { route: ['criticality'], value: 'high' },
    { route: ['description'], value: 'Fourth server, for the load of promotions.\n' },
  ]
}

function withFourthServer(records: ReadonlyMap<string, Data>): Edits {
  const place = listAt(records.get(loadBalancer) ?? {}, 'depends_on').length
  return [{ route: ['depends_on', place], value: { ci: 'web-4', at_least: { group: 'web', members: 2 } } }]
}
