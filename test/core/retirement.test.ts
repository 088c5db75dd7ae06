import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { impactGraph } from '../../src/core/impact-graph.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { orphansOf, standingAgainst } from '../../src/core/retirement.ts'
import { shipped } from '../support/shipped.ts'

function docs(all: Readonly<Record<string, Data>>): readonly RecordDoc[] {
  return Object.entries(all).map(([key, fields]) => {
    const [type = '', id = ''] = key.split('/')
    return { type, id, file: `records/${key}.yaml`, data: { id, state: 'operational', ...fields } }
  })
}

describe('what a retirement orphans', () => {
  const all = docs({
    'service/shop': {},
    'service/mail': {},
    'ci/web': { services: ['shop'], depends_on: [{ ci: 'db' }, { ci: 'cache' }] },
    'ci/relay': { services: ['mail'], depends_on: [{ ci: 'db' }] },
    'ci/cache': { depends_on: [{ ci: 'cache-disk' }] },
    'ci/cache-disk': {},
    'ci/db': {},
    'ci/spare': {},
  })
  const orphans = (type: 'ci' | 'service', id: string) =>
    orphansOf(impactGraph(indexRecords(all)), [{ type, id }]).map((each) => `${each.why} ${each.id}`)

  test('is what only it used, and what only that used, and the services that only it delivered', () => {
    expect(orphans('ci', 'web')).toEqual(['unused cache', 'unused cache-disk', 'undelivered shop'])
  })

  test('is not what others use too, nor what nothing used before', () => {
    expect(orphans('ci', 'relay')).toEqual(['undelivered mail'])
    expect(orphans('ci', 'spare')).toEqual([])
  })

  test('is, of a service, the items that deliver nothing else', () => {
    expect(orphans('service', 'shop')).toEqual(['unused web', 'unused cache', 'unused cache-disk'])
  })
})

describe('what stands against a retirement', () => {
  const against = (all: Readonly<Record<string, Data>>, key: string) =>
    (
      standingAgainst({ rulebook: shipped.rulebook, records: indexRecords(docs(all)) }, new Set([key])).get(key) ?? []
    ).map(({ record, route }) => `${record.id} ${route.join('.')}`)

  test('is open work, and what is in use and names it', () => {
    const all = {
      'ci/web': {},
      'ci/lb': { depends_on: [{ ci: 'db' }, { ci: 'web' }] },
      'incident/INC-1': { state: 'in_progress', service: 'shop', cis: ['web'] },
    }
    expect(against(all, 'ci/web')).toEqual(['lb depends_on.1.ci', 'INC-1 cis.0'])
  })

  test('is not what is resolved, closed or retired', () => {
    const all = {
      'ci/web': {},
      'ci/lb': { state: 'retired', depends_on: [{ ci: 'web' }] },
      'incident/INC-1': { state: 'resolved', cis: ['web'] },
      'incident/INC-2': { state: 'closed', cis: ['web'] },
    }
    expect(against(all, 'ci/web')).toEqual([])
  })

  test('is, of a service, the agreement in force and the items that deliver it', () => {
    const all = {
      'service/shop': {},
      'sla/gold': { state: 'active', applies_to: { service: ['shop'] } },
      'sla/old': { state: 'superseded', applies_to: { service: ['shop'] } },
      'ci/web': { services: ['shop'] },
      'team/operations': { services: ['shop'] },
    }
    expect(against(all, 'service/shop')).toEqual(['gold applies_to.service.0', 'web services.0'])
  })
})
