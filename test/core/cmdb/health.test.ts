import { describe, expect, test } from 'vitest'
import { cmdbHealth } from '../../../src/core/cmdb/health.ts'
import { indexRecords } from '../../../src/core/facts.ts'
import { parseInstant } from '../../../src/core/instant.ts'
import type { Data } from '../../../src/core/record.ts'
import { shipped } from '../../support/shipped.ts'

const whole = {
  state: 'operational',
  owner: 'platform',
  environment: 'production',
  criticality: 'high',
  source_of_truth: 'terraform',
  verified_at: '2026-11-01T00:00:00Z',
  services: ['shop'],
}
const base = {
  'team/platform': { members: [{ login: 'ada' }] },
  'team/ghosts': { members: [] },
  'service/shop': { state: 'operational' },
}

function health(
  all: Readonly<Record<string, Data>>,
  asOf = '2026-11-21T12:00:00Z',
  diagnostics: readonly string[] = [],
) {
  const records = indexRecords(
    Object.entries({ ...base, ...all }).map(([key, data]) => {
      const [type = '', id = ''] = key.split('/')
      return { type, id, file: `records/${key}.yaml`, data: { id, title: id, ...data } }
    }),
  )
  return cmdbHealth(
    { records, rulebook: shipped.rulebook },
    {
      asOf: parseInstant(asOf) ?? 0,
      staleAfter: 60,
      ahead: 90,
      diagnostics: diagnostics.map((id) => ({
        rule: 'dependency-without-cycle',
        severity: 'error',
        message: 'goes in a circle',
        place: { file: `records/ci/${id}.yaml`, route: [] },
      })),
    },
  )
}

/** What a check finds, as `id why`. */
function found(check: string, ...given: Parameters<typeof health>): readonly string[] {
  const [wanted] = health(...given).checks.filter(({ id }) => id === check)
  return wanted?.found.map(({ id, why }) => `${id} ${why}`) ?? ['there is no such check']
}

describe('the health of configuration records', () => {
  test('is whole where nothing is missing', () => {
    const { checks, items } = health({ 'ci/a': whole })
    expect(items).toBe(1)
    expect(checks.flatMap((check) => check.found)).toEqual([])
    expect(checks.map(({ id, n }) => `${id} ${n}`)).toEqual([
      'stale 1',
      'orphan 1',
      'duplicate 1',
      'owner 1',
      'incomplete 1',
      'class 1',
      'dangling 2',
      'outlived 2',
      'cycle 2',
      'redundancy 1',
    ])
  })

  test('is stale after, not at, sixty days', () => {
    const item = { 'ci/a': { ...whole, verified_at: '2026-09-22T12:00:00Z' } }
    expect(found('stale', item)).toEqual([])
    expect(found('stale', item, '2026-11-21T12:00:01Z')).toEqual(['a was last verified 2026-09-22, 60 days ago'])
    expect(found('stale', { 'ci/a': { ...whole, verified_at: undefined } })).toEqual(['a was never verified'])
  })

  test('asks nothing of what is retired, and no verification of what is not in use yet', () => {
    const old = { state: 'retired' }
    const planned = { state: 'planned', owner: 'platform', title: 'new' }
    const { items, checks } = health({ 'ci/a': old, 'ci/b': { ...old, state: 'disposed' }, 'ci/c': planned })
    expect(items).toBe(1)
    expect(checks.flatMap((check) => check.found)).toEqual([])
  })

  test('finds orphans: what serves nothing and nobody depends on', () => {
    const all = {
      'ci/a': { ...whole, services: [], depends_on: [{ ci: 'b' }] },
      'ci/b': { ...whole, services: [] },
    }
    expect(found('orphan', all)).toEqual(['a serves nothing and nobody depends on it'])
  })

  test('finds doubles by name, serial number and source', () => {
    const all = {
      'ci/a': { ...whole, title: 'Web  Server' },
      'ci/b': { ...whole, title: 'web server' },
      'ci/c': { ...whole, asset: { serial: 'X1' } },
      'ci/d': { ...whole, asset: { serial: 'X1' } },
      'ci/e': { ...whole, source: { system: 'tool', id: '7' } },
      'ci/f': { ...whole, source: { system: 'tool', id: '7' } },
      'ci/g': { ...whole, source: { system: 'other', id: '7' } },
    }
    expect(found('duplicate', all)).toEqual([
      'a has the name of b',
      'b has the name of a',
      'c has the serial number of d',
      'd has the serial number of c',
      'e has the source of f',
      'f has the source of e',
    ])
  })

  test('finds items without an owner, and owners without anybody', () => {
    const all = { 'ci/a': { ...whole, owner: undefined }, 'ci/b': { ...whole, owner: 'ghosts' } }
    expect(found('owner', all)).toEqual(['a has no owner', 'b belongs to ghosts, a team without members'])
  })

  test('finds what is missing and what depends on the dead', () => {
    const all = {
      'ci/a': { ...whole, criticality: undefined, source_of_truth: ' ' },
      'ci/b': { ...whole, depends_on: [{ ci: 'c' }], services: ['fax', 'shop'] },
      'ci/c': { state: 'retired' },
      'service/fax': { state: 'retired' },
      'service/portal': { state: 'operational', depends_on: ['fax'] },
    }
    expect(found('incomplete', all)).toEqual(['a lacks criticality, source_of_truth'])
    expect(found('outlived', all)).toEqual(['b names c, fax, which are retired', 'portal names fax, which is retired'])
  })

  test('takes over what the rules found about items, and nothing else', () => {
    expect(found('cycle', { 'ci/a': whole }, undefined, ['a', 'nowhere'])).toEqual(['a goes in a circle'])
  })

  test('tells what runs out, the soonest first, on the days of the reports', () => {
    const all = {
      'ci/a': { ...whole, asset: { warranty_until: '2027-02-19', licence_until: '2027-02-20' } },
      'ci/b': {
        ...whole,
        asset: { valid_until: '2026-11-21', contract_until: '2026-11-20', purchased_on: '2026-11-20' },
      },
      'ci/c': { state: 'retired', asset: { warranty_until: '2026-11-30' } },
    }
    const told = (asOf?: string) => health(all, asOf).expiring.map(({ id, field, days }) => `${id} ${field} ${days}`)
    expect(told()).toEqual(['b contract_until -1', 'b valid_until 0', 'a warranty_until 90'])
    // Half past eleven in the evening UTC is the next day in Berlin.
    expect(told('2026-11-21T23:30:00Z')).toEqual([
      'b contract_until -2',
      'b valid_until -1',
      'a warranty_until 89',
      'a licence_until 90',
    ])
  })
})
