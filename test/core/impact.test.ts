import { describe, expect, test } from 'vitest'
import { indexRecords, type RecordIndex } from '../../src/core/facts.ts'
import { impactOf, startsAmong } from '../../src/core/impact.ts'
import { type GraphItem, impactGraph } from '../../src/core/impact-graph.ts'
import type { Data } from '../../src/core/record.ts'
import { shippedRecords } from '../support/shipped.ts'

/** Records by `<type>/<id>`; what a test leaves out is in use and of high criticality. */
function records(all: Readonly<Record<string, Data>>): RecordIndex {
  return indexRecords(
    Object.entries(all).map(([key, fields]) => {
      const [type = '', id = ''] = key.split('/')
      return {
        type,
        id,
        file: `records/${key}.yaml`,
        data: { id, state: 'operational', criticality: 'high', ...fields },
      }
    }),
  )
}

function item(key: string): GraphItem {
  const [type, id = ''] = key.split('/')
  return { type: type === 'service' ? 'service' : 'ci', id }
}

/** Each touched item as `depth effect type/id via type/id`. */
function told(all: RecordIndex, ...starts: readonly string[]): readonly string[] {
  return impactOf(impactGraph(all), starts.map(item)).map(
    ({ type, id, depth, effect, via }) => `${depth} ${effect} ${type}/${id}${via ? ` via ${via.type}/${via.id}` : ''}`,
  )
}

function oneOf(group: string, members: number, ...cis: readonly string[]): readonly Data[] {
  return cis.map((ci) => ({ ci, at_least: { group, members } }))
}

const farm = {
  'service/shop': {},
  'service/portal': { depends_on: ['shop'] },
  'ci/lb': { services: ['shop'], depends_on: oneOf('web', 2, 'web-1', 'web-2', 'web-3') },
  'ci/web-1': { services: ['shop'], depends_on: [{ ci: 'db' }] },
  'ci/web-2': { services: ['shop'], depends_on: [{ ci: 'db' }] },
  'ci/web-3': { services: ['shop'], depends_on: [{ ci: 'db' }] },
  'ci/db': { services: ['shop'] },
}

describe('the failure of one item', () => {
  test('fails what needs it, and services with what delivers them, step by step', () => {
    const chain = {
      'service/shop': {},
      'service/portal': { depends_on: ['shop'] },
      'ci/app': { services: ['shop'], depends_on: [{ ci: 'db' }] },
      'ci/db': {},
    }
    expect(told(records(chain), 'ci/db')).toEqual([
      '0 down ci/db',
      '1 down ci/app via ci/db',
      '2 down service/shop via ci/app',
      '3 down service/portal via service/shop',
    ])
  })

  test('only degrades what has enough other members left, and all that hangs on it', () => {
    expect(told(records(farm), 'ci/web-1')).toEqual([
      '0 down ci/web-1',
      '1 degraded ci/lb via ci/web-1',
      '1 degraded service/shop via ci/web-1',
      '2 degraded service/portal via service/shop',
    ])
  })

  test('fails through members that fail with it', () => {
    expect(told(records(farm), 'ci/db')).toEqual([
      '0 down ci/db',
      '1 down ci/web-1 via ci/db',
      '1 down ci/web-2 via ci/db',
      '1 down ci/web-3 via ci/db',
      '1 down service/shop via ci/db',
      '2 down ci/lb via ci/web-1',
      '2 down service/portal via service/shop',
    ])
  })

  test('does not reach what it depends on itself', () => {
    expect(told(records(farm), 'service/shop')).toEqual([
      '0 down service/shop',
      '1 down service/portal via service/shop',
    ])
  })
})

describe('a redundant group', () => {
  test('is broken by several failures at once', () => {
    const effects = told(records(farm), 'ci/web-1', 'ci/web-2')
    expect(effects).toContain('1 down ci/lb via ci/web-1')
    expect(effects).toContain('1 down service/shop via ci/web-1')
    expect(effects).toContain('2 down service/portal via service/shop')
  })

  test('counts members in service only: one in maintenance is no reserve', () => {
    const weakened = records({ ...farm, 'ci/web-3': { ...farm['ci/web-3'], state: 'maintenance' } })
    expect(told(weakened, 'ci/web-1')).toContain('1 down ci/lb via ci/web-1')
    expect(told(weakened, 'ci/web-3')).toContain('1 degraded ci/lb via ci/web-3')
  })

  test('has no retired members', () => {
    const weakened = records({ ...farm, 'ci/web-3': { ...farm['ci/web-3'], state: 'retired' } })
    expect(told(weakened, 'ci/web-1')).toContain('1 down ci/lb via ci/web-1')
    expect(told(weakened, 'ci/web-3')).toEqual([])
  })

  test('when broken, takes down the services that its members alone deliver', () => {
    const caches = {
      'service/shop': {},
      'service/accounts': {},
      'ci/web': { services: ['shop'], depends_on: oneOf('cache', 1, 'cache-1', 'cache-2') },
      'ci/cache-1': { services: ['accounts'] },
      'ci/cache-2': { services: ['accounts'] },
    }
    expect(told(records(caches), 'ci/cache-1')).toContain('1 degraded service/accounts via ci/cache-1')
    expect(told(records(caches), 'ci/cache-1', 'ci/cache-2')).toContain('1 down service/accounts via ci/cache-1')
  })

  test('degrades its dependant when a member degrades', () => {
    const deep = {
      'ci/lb': { depends_on: oneOf('web', 1, 'web-1', 'web-2') },
      'ci/web-1': { depends_on: oneOf('cache', 1, 'cache-1', 'cache-2') },
      'ci/web-2': { depends_on: oneOf('cache', 1, 'cache-1', 'cache-2') },
      'ci/cache-1': {},
      'ci/cache-2': {},
    }
    expect(told(records(deep), 'ci/cache-2')).toEqual([
      '0 down ci/cache-2',
      '1 degraded ci/web-1 via ci/cache-2',
      '1 degraded ci/web-2 via ci/cache-2',
      '2 degraded ci/lb via ci/web-1',
    ])
  })

  test('with different numbers for one group needs the greatest', () => {
    const unclear = {
      'ci/lb': { depends_on: [...oneOf('web', 1, 'web-1'), ...oneOf('web', 2, 'web-2')] },
      'ci/web-1': {},
      'ci/web-2': {},
    }
    expect(told(records(unclear), 'ci/web-1')).toContain('1 down ci/lb via ci/web-1')
  })
})

describe('the graph', () => {
  test('lets items of low criticality degrade services, but not fail them', () => {
    const printers = { 'service/warehouse': {}, 'ci/printer': { services: ['warehouse'], criticality: 'low' } }
    expect(told(records(printers), 'ci/printer')).toEqual([
      '0 down ci/printer',
      '1 degraded service/warehouse via ci/printer',
    ])
  })

  test('has no place for what is retired, disposed of or missing', () => {
    const old = {
      'service/fax': { state: 'retired' },
      'ci/box': { services: ['fax'], depends_on: [{ ci: 'nowhere' }] },
      'ci/scrap': { state: 'disposed', depends_on: [{ ci: 'box' }] },
    }
    expect([...impactGraph(records(old)).nodes.keys()]).toEqual(['ci/box'])
    expect(told(records(old), 'ci/box', 'ci/scrap', 'ci/nowhere')).toEqual(['0 down ci/box'])
  })

  test('may have circles', () => {
    const circle = { 'ci/a': { depends_on: [{ ci: 'b' }] }, 'ci/b': { depends_on: [{ ci: 'a' }, { ci: 'b' }] } }
    expect(told(records(circle), 'ci/a')).toEqual(['0 down ci/a', '1 down ci/b via ci/a'])
  })

  test('tells every item once, by depth, whatever the starts', () => {
    const all = shippedRecords()
    const graph = impactGraph(all)
    for (const { type, id } of graph.nodes.values()) {
      const touched = impactOf(graph, [{ type, id }])
      const keys = touched.map((each) => `${each.type}/${each.id}`)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys[0]).toBe(`${type}/${id}`)
      for (const { via, depth } of touched.slice(1)) {
        const before = touched.find((other) => other.type === via?.type && other.id === via.id)
        expect(before?.depth).toBe(depth - 1)
      }
    }
  })

  test('is read in time that grows with its size, also where all groups share their members', () => {
    const size = 10_000
    const caches = oneOf('cache', 1, 'cache-1', 'cache-2')
    const webs = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [`ci/web-${index}`, { services: ['shop'], depends_on: caches }]),
    )
    const large = impactGraph(
      records({
        'service/shop': {},
        'ci/cache-1': { services: ['shop'] },
        'ci/cache-2': { services: ['shop'] },
        'ci/lb': { depends_on: oneOf('web', 1, ...Object.keys(webs).map((key) => key.slice(3))) },
        ...webs,
      }),
    )
    let reads = 0
    const counted = {
      nodes: new Map(
        Array.from(large.nodes, ([key, node]) => [
          key,
          {
            ...node,
            get dependants() {
              reads += node.dependants.length
              return node.dependants
            },
          },
        ]),
      ),
    }
    expect(impactOf(counted, [item('ci/cache-1'), item('ci/cache-2')])).toHaveLength(size + 4)
    expect(reads).toBeLessThan(10 * 5 * size)
  })
})

describe('what a record is about', () => {
  const graph = impactGraph(records({ ...farm, 'service/reports': {}, 'ci/runner': {} }))

  test('its items stand for the services that they reach', () => {
    expect(startsAmong(graph, { cis: ['web-1'], services: ['shop'] })).toEqual([item('ci/web-1')])
  })

  test('a service that its items do not reach is taken as it is named', () => {
    expect(startsAmong(graph, { cis: ['runner'], services: ['reports'] })).toEqual([
      item('ci/runner'),
      item('service/reports'),
    ])
    expect(startsAmong(graph, { cis: [], services: ['shop'] })).toEqual([item('service/shop')])
  })
})
