import { type Data, isData, listAt, textAt } from '../record.ts'
import { type ConfigurationStep, type Edition, shippedAs, stepOn } from './edition.ts'
import { isOfMeasuring, measuringSteps } from './measuring.ts'

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
  const windows = paths.filter((path) => path.startsWith('records/window/') && path !== blackFriday2026)
  const begun = paths
    .filter((path) => !later.includes(path) && !/^records\/(window|change-model)\//.test(path) && !isOfMeasuring(path))
    .map((path) => ({ path, edits: atFirst(path, records) }))
  return [
    stepOn('2025-10-27', 'ada', 'Put services, teams, calendars and agreements under version control', [
      ...begun.filter(({ path }) => !path.startsWith('records/calendar/')),
      ...holidaysUntil('2026-01-02'),
    ]),
    stepOn('2025-11-10', 'carla', 'Freeze changes over Black Friday', [
      { path: blackFriday2025, ...blackFridayOf2025 },
    ]),
    stepOn('2025-12-02', 'ines', 'Enter the holidays of 2026', holidaysUntil('2027-01-02')),
    stepOn(
      '2025-12-03',
      'carla',
      'Freeze changes over Christmas and while the books are closed',
      shippedAs(windows.filter((path) => isFreeze(path, records))),
    ),
    stepOn(
      '2025-12-30',
      'dmitri',
      'Agree on windows for maintenance, from January on',
      shippedAs(windows.filter((path) => !isFreeze(path, records))),
    ),
    stepOn('2026-03-31', 'jonas', 'Give up orders by fax', [
      { path: 'records/service/fax-orders.yaml', edits: shipped },
      { path: 'records/ci/fax-server.yaml', edits: [{ route: ['verified_at'], value: undefined }] },
      { path: faxNumber, edits: shipped },
    ]),
    stepOn('2026-04-01', 'carla', 'Agree on shorter times for P2 with the retail business', [
      { path: 'records/sla/webshop-gold.yaml', edits: shipped },
    ]),
    stepOn('2026-07-20', 'dmitri', 'Order a fourth web server', [{ path: web4, edits: [] }]),
    stepOn('2026-08-10', 'erik', 'Test the fourth web server', [{ path: web4, edits: fourthServer('test') }]),
    stepOn('2026-08-18', 'dmitri', 'Put the fourth web server behind the load balancer', [
      {
        path: web4,
        edits: [...fourthServer('operational'), { route: ['verified_at'], value: '2026-08-18T07:20:00Z' }],
      },
      { path: loadBalancer, edits: [{ route: ['verified_at'], value: undefined }, ...withFourthServer(records)] },
    ]),
    stepOn('2026-09-14', 'carla', 'Freeze changes over the next Black Friday', shippedAs([blackFriday2026])),
    stepOn('2026-09-21', 'grace', 'Plan gift cards as a service', [
      { path: 'records/service/gift-cards.yaml', edits: shipped },
    ]),
    stepOn(
      '2026-10-05',
      'fatima',
      'Note which configuration items were verified',
      verified.map((path) => ({
        path,
        edits: path === loadBalancer ? withFourthServer(records) : path === searchNode ? working : shipped,
      })),
    ),
    stepOn('2026-10-12', 'carla', 'Draft shorter times for promotions', [
      { path: 'records/sla/webshop-gold-weekend.yaml', edits: shipped },
    ]),
    stepOn('2026-10-20', 'ines', 'Enter the holidays of 2027', holidaysUntil('9999-12-31')),
    stepOn('2026-10-29', 'fatima', 'Take the second search node out for maintenance', [
      { path: searchNode, edits: shipped },
    ]),
    stepOn('2026-11-01', 'dmitri', 'Verify the fourth web server after the anniversary sale', [
      {
        path: web4,
        edits: [...fourthServer('operational'), { route: ['verified_at'], value: '2026-11-01T08:15:00Z' }],
      },
    ]),
    ...modelSteps(records),
    ...measuringSteps(records),
  ]
}

const web4 = 'records/ci/web-4.yaml'
const loadBalancer = 'records/ci/lb-1.yaml'
const searchNode = 'records/ci/search-2.yaml'
const faxNumber = 'records/catalogue-item/fax-number.yaml'
const blackFriday2025 = 'records/window/black-friday-2025.yaml'
const blackFriday2026 = 'records/window/black-friday-2026.yaml'
const working: Edits = [{ route: ['state'], value: 'operational' }]

/** Records that are not there at the beginning. */
const later: readonly string[] = [web4, 'records/service/gift-cards.yaml', 'records/sla/webshop-gold-weekend.yaml']

const blackFridayOf2025: Omit<Edition, 'path'> = {
  after: blackFriday2026,
  edits: [
    { route: ['id'], value: 'black-friday-2025' },
    { route: ['title'], value: 'Black Friday 2025' },
    { route: ['description'], value: "The week-end that brings a tenth of the year's revenue.\n" },
    { route: ['from'], value: '2025-11-27T18:00:00+01:00' },
    { route: ['to'], value: '2025-12-02T06:00:00+01:00' },
  ],
}

/** Models of standard changes are there from the day on which they were published. */
function modelSteps(records: ReadonlyMap<string, Data>): readonly ConfigurationStep[] {
  return [...records]
    .filter(([path]) => path.startsWith('records/change-model/'))
    .map(([path, data]) =>
      stepOn(
        textAt(data, 'published_at') ?? '2025-11-03',
        'lena',
        `Publish a model: ${textAt(data, 'title')}`,
        shippedAs([path]),
      ),
    )
}

function isFreeze(path: string, records: ReadonlyMap<string, Data>): boolean {
  return records.get(path)?.['kind'] === 'freeze'
}

/** How a record that is there from the beginning differs from what is shipped. */
function atFirst(path: string, records: ReadonlyMap<string, Data>): Edits {
  const unverified =
    records.get(path)?.['verified_at'] === undefined ? [] : [{ route: ['verified_at'], value: undefined }]
  const own: Readonly<Record<string, Edits>> = {
    'records/service/fax-orders.yaml': [...working, { route: ['description'], value: 'Orders on paper.\n' }],
    'records/ci/fax-server.yaml': [...working, { route: ['attributes', 'model'], value: 'R310' }],
    [faxNumber]: [
      { route: ['state'], value: 'published' },
      { route: ['retire_reason'], value: undefined },
    ],
    [searchNode]: working,
    'records/sla/webshop-gold.yaml': [
      { route: ['targets', 'response', 'target', 'P2'], value: 'PT1H' },
      { route: ['targets', 'resolution', 'target', 'P2'], value: 'PT12H' },
    ],
  }
  const unmeasured = records.get(path)?.['capacity'] === undefined ? [] : [{ route: ['capacity'], value: undefined }]
  return [...unverified, ...unmeasured, ...(own[path] ?? [])]
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
