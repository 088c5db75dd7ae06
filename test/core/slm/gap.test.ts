import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../../src/core/facts.ts'
import { formatInstant, parseInstant } from '../../../src/core/instant.ts'
import type { Data } from '../../../src/core/record.ts'
import { agreementGaps } from '../../../src/core/slm/gap.ts'
import { shipped } from '../../support/shipped.ts'

const asOf = parseInstant('2026-11-16T00:00:00Z') ?? 0 // a Monday

const stop = ['resolved', 'closed']
const day = { timezone: 'UTC', hours: { 'mon-fri': ['08:00-16:00'] } }
const gold = {
  kind: 'sla',
  state: 'active',
  provider: 'operations',
  order: 10,
  applies_to: { type: 'incident', service: ['shop'] },
  targets: { resolution: { stop, target: { P1: 'PT4H', default: 'PT8H' }, calendar: 'always' } },
}
const ola = {
  kind: 'ola',
  state: 'active',
  order: 10,
  applies_to: { type: 'incident' },
  targets: { handling: { while: { team: ['platform'] }, stop, target: 'PT4H', calendar: 'always' } },
}
const world = {
  'service/shop': { state: 'operational', owner: 'operations' },
  'ci/web': { state: 'operational', owner: 'operations', services: ['shop'], depends_on: [{ ci: 'db' }] },
  'ci/db': { state: 'operational', owner: 'platform' },
  'ci/far': { state: 'operational', owner: 'elsewhere' },
  'calendar/day': day,
}

function gaps(all: Readonly<Record<string, Data>>) {
  const records = indexRecords(
    Object.entries({ ...world, ...all }).map(([key, data]) => {
      const [type = '', id = ''] = key.split('/')
      return { type, id, file: `records/${key}.yaml`, data: { id, ...data } }
    }),
  )
  const found = agreementGaps({ records, rulebook: shipped.rulebook }, asOf)
  return {
    compared: found.compared,
    late: found.late.map(
      ({ sla, target, priority, beneath, late, start }) =>
        `${sla} ${target} ${priority} by ${beneath}: ${late / 3600} h from ${formatInstant(start)}`,
    ),
    missing: found.missing.map(({ kind, id, items }) => `${kind} ${id}: ${items.join(', ')}`),
  }
}

/** An OLA with this target. */
function handling(fields: Data): Data {
  return { ...ola, targets: { handling: { ...ola.targets.handling, ...fields } } }
}

describe('gaps between agreements', () => {
  test('there is none where every target beneath ends in time', () => {
    expect(gaps({ 'sla/gold': gold, 'sla/ola': ola })).toEqual({ compared: 5, late: [], missing: [] })
  })

  test('a longer target is one, by as much as it is longer', () => {
    expect(
      gaps({ 'sla/gold': gold, 'sla/ola': handling({ target: { P1: 'PT4H', P2: 'PT9H', default: 'PT8H' } }) }).late,
    ).toEqual(['gold resolution P2 by ola: 1 h from 2026-11-16T00:00:00Z'])
  })

  test('the same hours on a calendar with fewer of them are one, at their worst before the weekend', () => {
    const { late } = gaps({ 'sla/gold': gold, 'sla/ola': handling({ target: 'PT4H', calendar: 'day' }) })
    // From 12:15 on a Friday four hours around the clock end at 16:15, four hours of the day on Monday at 08:15.
    expect(late[0]).toBe('gold resolution P1 by ola: 64 h from 2026-11-20T12:15:00Z')
  })

  test('a calendar that promise and agreement share is none', () => {
    const both = { stop, target: 'PT8H', calendar: 'day' }
    const shared = { ...gold, targets: { resolution: both } }
    expect(gaps({ 'sla/gold': shared, 'sla/ola': handling({ target: 'PT8H', calendar: 'day' }) }).late).toEqual([])
  })

  test('targets are compared only when the same states stop them', () => {
    const response = { ...gold, targets: { response: { stop: ['in_progress', ...stop], target: 'PT1H' } } }
    expect(gaps({ 'sla/gold': response, 'sla/ola': ola }).compared).toBe(0)
  })

  test('agreements beneath are those of teams and items that the services stand on', () => {
    const elsewhere = handling({ while: { team: ['elsewhere'] }, target: 'PT99H' })
    const contract = (cis: readonly string[]) => ({
      ...ola,
      kind: 'contract',
      applies_to: { type: 'incident', cis },
      targets: { restoration: { stop, target: 'PT99H', calendar: 'always' } },
    })
    expect(
      gaps({ 'sla/gold': gold, 'sla/ola': ola, 'sla/else': elsewhere, 'sla/far': contract(['far']) }).late,
    ).toEqual([])
    expect(gaps({ 'sla/gold': gold, 'sla/ola': ola, 'sla/near': contract(['db']) }).late).toHaveLength(5)
  })

  test('drafts promise nothing, above and beneath', () => {
    const draft = handling({ target: 'PT99H' })
    expect(gaps({ 'sla/gold': gold, 'sla/ola': ola, 'sla/draft': { ...draft, state: 'draft' } }).late).toEqual([])
    expect(gaps({ 'sla/gold': { ...gold, state: 'draft' }, 'sla/ola': draft })).toMatchObject({ compared: 0, late: [] })
  })

  test('teams and suppliers beneath that promised nothing are named', () => {
    const supplied = { state: 'operational', owner: 'operations', asset: { contract_until: '2027-01-01' } }
    const all = {
      'sla/gold': gold,
      'ci/web': { ...world['ci/web'], depends_on: [{ ci: 'db' }, { ci: 'dns' }] },
      'ci/dns': supplied,
    }
    expect(gaps(all).missing).toEqual(['ola platform: db', 'contract dns: dns'])
    expect(gaps({ ...all, 'sla/gold': { ...gold, applies_to: { type: 'incident' } } }).missing).toEqual([])
  })
})
