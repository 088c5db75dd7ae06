import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import type { LifeFacts } from '../../src/core/report.ts'
import {
  busyItems,
  classLines,
  configurationMoves,
  controlledEdits,
  foundChanges,
  singlePoints,
} from '../../src/core/report-configuration.ts'
import { serviceMap } from '../../src/core/report-service-map.ts'
import { facts, incident, life, record, type Step } from '../reports/web-shop.ts'

const bare = { opened_at: undefined, service: undefined, priority: undefined }

const item = (id: string, fields: Data, ...steps: readonly Step[]): LifeFacts =>
  life(
    'ci',
    id,
    { ...bare, title: id, class: 'server', ...fields },
    steps.length > 0 ? steps : [{ at: '2026-01-01T00:00', state: 'operational' }],
  )

const change = (id: string, fields: Data, ...steps: readonly Step[]): LifeFacts =>
  life('change', id, { ...bare, ...fields }, steps)

const shop = record('service', 'webshop', { title: 'Web shop', state: 'operational', tier: 1, depends_on: ['search'] })
const search = record('service', 'search', { title: 'Search', state: 'operational' })

const given = (lives: readonly LifeFacts[], incidents: Parameters<typeof facts>[0]['incidents'] = []) =>
  facts({ period: '2026-03', incidents, lives, services: [shop, search] })

describe('single points of failure', () => {
  const cluster = (at_least?: Data) => ['node-1', 'node-2'].map((ci) => ({ ci, ...(at_least && { at_least }) }))

  test('are items in use that take a service down alone; those with most critical services first', () => {
    const lives = [
      item('db', { services: ['webshop', 'search'] }),
      item('disk', {}),
      item('index', { services: ['search'], depends_on: [{ ci: 'disk' }] }),
      item('spare', { services: ['search'] }, { at: '2026-01-01T00:00', state: 'planned' }),
      item('printer', {}),
    ]
    expect(singlePoints(given(lives), 'configuration')).toMatchObject([
      { id: 'disk', services: ['Web shop', 'Search'], critical: 1, items: 1 },
      { id: 'db', services: ['Web shop', 'Search'], critical: 1, items: 0 },
      { id: 'index', services: ['Web shop', 'Search'], critical: 1, items: 0 },
    ])
  })

  test('are none where enough of a group are left', () => {
    const lives = (depends_on: Data[]) => [
      item('front', { services: ['search'], criticality: 'low', depends_on }),
      item('node-1', {}),
      item('node-2', {}),
    ]
    const ids = (depends_on: Data[]) => singlePoints(given(lives(depends_on)), 'configuration').map(({ id }) => id)
    expect(ids(cluster({ group: 'nodes', members: 1 }))).not.toContain('node-1')
    expect(ids(cluster())).toEqual([])
    expect(ids([])).toEqual([])
  })

  test('name three services and say how many more', () => {
    const services = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      record('service', id, { title: id.toUpperCase(), state: 'operational' }),
    )
    const wide = facts({
      period: '2026-03',
      incidents: [],
      services,
      lives: [item('db', { services: ['a', 'b', 'c', 'd', 'e'] })],
    })
    expect(singlePoints(wide, 'configuration')[0]?.services).toEqual(['A', 'B', 'C', '2 more'])
  })
})

describe('what there is', () => {
  test('is counted by class and by where it stands', () => {
    const lives = [
      item('a', { criticality: 'critical' }),
      item('b', {}, { at: '2026-01-01T00:00', state: 'planned' }),
      item('c', {}, { at: '2026-01-01T00:00', state: 'retired' }),
      item('d', { class: 'load_balancer' }, { at: '2026-01-01T00:00', state: 'maintenance' }),
    ]
    expect(classLines(given(lives))).toEqual([
      { name: 'load balancer', inUse: 1, coming: 0, gone: 0, critical: 0 },
      { name: 'server', inUse: 1, coming: 1, gone: 1, critical: 1 },
    ])
  })

  test('changes by what came, went, was edited or only verified in the period', () => {
    const verified = { verified_at: '2026-03-05T00:00:00Z' }
    const moves = configurationMoves(
      given([
        item('old', {}),
        item('new', {}, { at: '2026-03-02T00:00', state: 'planned' }, { at: '2026-03-03T00:00', state: 'build' }),
        item(
          'gone',
          {},
          { at: '2026-01-02T00:00', state: 'operational' },
          { at: '2026-03-03T00:00', state: 'retired' },
        ),
        item(
          'seen',
          {},
          { at: '2026-01-02T00:00', state: 'operational' },
          { at: '2026-03-05T00:00', state: 'operational', set: verified },
        ),
        item('later', {}, { at: '2026-04-02T00:00', state: 'planned' }),
      ]),
      'configuration',
    )
    expect(moves).toMatchObject({ added: [{ id: 'new' }], retired: [{ id: 'gone' }], edited: 1, verified: 1 })
  })
})

describe('the busiest items', () => {
  test('are named by incidents opened and changes begun in the period', () => {
    const struck = (id: string, day: string, cis: readonly string[]) =>
      incident(id, { cis }, [{ at: `2026-${day}T08:00`, state: 'new' }])
    const begun = (id: string, day: string, fields: Data = {}) =>
      change(id, { cis: ['a', 'b'], ...fields }, { at: `2026-${day}T08:00`, state: 'implement' })
    const told = busyItems(
      given(
        [
          item('a', {}),
          item('b', {}),
          item('c', {}),
          begun('CHG-1', '03-02'),
          begun('CHG-2', '02-02'),
          begun('CHG-3', '03-04', { unauthorised: true }),
        ],
        [struck('INC-1', '03-02', ['b', 'b']), struck('INC-2', '03-03', ['b', 'x']), struck('INC-3', '02-03', ['c'])],
      ),
      'configuration',
    )
    expect(told.map(({ id, incidents, changes, unauthorised }) => [id, incidents, changes, unauthorised])).toEqual([
      ['b', 2, 1, 1],
      ['a', 0, 1, 1],
    ])
  })
})

describe('an edit of a controlled item', () => {
  const edited = (set: Data, fields: Data = { controlled: true }) =>
    item(
      'db',
      fields,
      { at: '2026-01-01T00:00', state: 'operational' },
      { at: '2026-03-02T10:00', state: 'operational', set },
    )
  const uncovered = (...lives: readonly LifeFacts[]) => {
    const positioned = lives.map((each) => ({
      ...each,
      moments: each.moments.map((moment) => ({ ...moment, commit: { ...moment.commit, position: moment.recorded } })),
    }))
    const { n, uncovered: found } = controlledEdits(given(positioned), 'configuration')
    return [n, found.map(({ id, fields }) => [id, fields])]
  }
  const implementing = (from: string, until: string, fields: Data = {}) =>
    change('CHG-1', { cis: ['db'], ...fields }, { at: from, state: 'implement' }, { at: until, state: 'review' })

  test('is told where no change accounts for it', () => {
    expect(uncovered(edited({ title: 'Another' }))).toEqual([1, [['db', ['title']]]])
  })

  test('is covered by a change in implement that names the item at that time', () => {
    expect(uncovered(edited({ title: 'Another' }), implementing('2026-03-02T09:00', '2026-03-02T11:00'))).toEqual([
      1,
      [],
    ])
    expect(uncovered(edited({ title: 'Another' }), implementing('2026-03-02T08:00', '2026-03-02T09:00'))).toEqual([
      1,
      [['db', ['title']]],
    ])
    expect(
      uncovered(edited({ title: 'Another' }), implementing('2026-03-02T09:00', '2026-03-02T11:00', { cis: ['web'] })),
    ).toEqual([1, [['db', ['title']]]])
  })

  test('is covered by an unauthorised change in review', () => {
    const review = implementing('2026-03-01T09:00', '2026-03-02T09:00', { unauthorised: true })
    expect(uncovered(edited({ title: 'Another' }), review)).toEqual([1, []])
  })

  test('needs none where it only verifies, or where the item is not controlled', () => {
    expect(uncovered(edited({ verified_at: '2026-03-02T10:00:00Z' }))).toEqual([0, []])
    expect(uncovered(edited({ title: 'Another' }, {}))).toEqual([0, []])
  })

  test('cannot free the item for itself', () => {
    expect(uncovered(edited({ controlled: false }))).toEqual([1, [['db', ['controlled']]]])
  })
})

describe('changes that nobody had authorised', () => {
  test('are those found in the period and those that are still open', () => {
    const found = (id: string, at: string, state: string) =>
      change(id, { unauthorised: true, cis: ['a'] }, { at, state: 'authorize' }, { at: '2026-03-20T00:00', state })
    const told = foundChanges(
      given([
        found('CHG-1', '2026-03-02T00:00', 'closed'),
        found('CHG-2', '2026-02-02T00:00', 'review'),
        found('CHG-3', '2026-02-02T00:00', 'closed'),
        change('CHG-4', { cis: ['a'] }, { at: '2026-03-02T00:00', state: 'authorize' }),
      ]),
      'configuration',
    )
    expect(told.map(({ id, state }) => [id, state])).toEqual([
      ['CHG-1', 'closed'],
      ['CHG-2', 'review'],
    ])
  })
})

describe('the service map', () => {
  const items = [
    item('db', { services: ['webshop'], criticality: 'critical', depends_on: [{ ci: 'disk' }] }),
    item('disk', {}),
    item('lone', {}),
  ]
  const map = serviceMap(given(items), new Map())

  test('draws services by what they need, the critical ones marked', () => {
    const [overview] = map.overview
    expect(overview?.source).toContain('(["Web shop"]):::critical')
    expect(overview?.source).toContain('(["Search"])\n')
    expect(overview?.source).not.toContain('db')
  })

  test('draws below a service what it rests on, and nothing else', () => {
    expect(map.services).toMatchObject([{ title: 'Web shop', items: 2 }])
    const source = map.services[0]?.diagrams[0]?.source
    expect(source).toContain('["db<br/>server"]:::critical')
    expect(source).toContain('["disk<br/>server"]')
    expect(source).not.toContain('lone')
  })
})
