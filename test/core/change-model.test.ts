import { describe, expect, test } from 'vitest'
import { modelDefaults, modelStanding } from '../../src/core/change-model.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { shippedRecords } from '../support/shipped.ts'

const record = (type: string, id: string, data: Data): RecordDoc => ({
  type,
  id,
  file: `records/${type}/${id}.yaml`,
  data,
})

const model = (data: Data = {}) =>
  record('change-model', 'm', {
    state: 'published',
    published_at: '2026-01-10',
    expires: '2026-12-31',
    max_failure_rate: 25,
    window_days: 30,
    ...data,
  })

const done = (id: string, day: string, outcome: string) =>
  record('change', id, { model: 'm', outcome, actual_end: `${day}T08:00:00Z` })

const noon = (day: string) => parseInstant(`${day}T12:00:00Z`) ?? 0

function standing(day: string, changes: readonly RecordDoc[] = [], data: Data = {}): string {
  const { met, because } = modelStanding(model(data), indexRecords(changes), noon(day))
  return `${met} ${because}`
}

describe('whether a model may be followed', () => {
  test('is asked as of an instant', () => {
    expect(standing('2026-11-01')).toBe('true m may be followed')
    expect(standing('2026-12-31')).toBe('true m may be followed')
    expect(standing('2027-01-01')).toBe('false it expired on 2026-12-31')
    expect(standing('2026-01-09')).toBe('false it is published since 2026-01-10')
    expect(standing('2026-11-01', [], { state: 'draft' })).toBe('false it is draft')
    expect(standing('2026-11-01', [], { state: 'suspended' })).toBe('false it is suspended')
  })

  const [bad, good] = ['unsuccessful_backed_out', 'successful']
  const three = [done('A', '2026-10-20', good), done('B', '2026-10-21', good), done('C', '2026-10-22', good)]

  test('ends by itself when more of its changes fail than it allows', () => {
    expect(standing('2026-11-01', [...three, done('D', '2026-10-23', bad)])).toBe('true m may be followed')
    expect(standing('2026-11-01', [...three.slice(1), done('D', '2026-10-23', bad)])).toBe(
      'false it has suspended itself: 1 of 3 changes failed (D), at most 25 % may',
    )
  })

  test('does not end for few changes, old ones, ones before it was published anew, or later ones', () => {
    const failed = [done('D', '2026-10-23', bad), done('E', '2026-10-24', bad)]
    expect(standing('2026-11-01', failed)).toMatch(/^true/)
    expect(standing('2026-11-01', [...failed, ...three])).toMatch(/^false/)
    expect(standing('2026-12-01', [...failed, ...three])).toMatch(/^true/)
    expect(standing('2026-11-01', [...failed, ...three], { published_at: '2026-10-25' })).toMatch(/^true/)
    expect(standing('2026-10-22', [...failed, ...three])).toMatch(/^true/)
  })

  test('in the example organisation the model of printer updates has suspended itself', () => {
    const records = shippedRecords()
    const printers = records.find('change-model', 'update-printer-firmware')
    expect(printers && modelStanding(printers, records, noon('2026-11-21')).because).toBe(
      'it has suspended itself: 2 of 3 changes failed (CHG-20260921-V8QD, CHG-20260928-5TYR), at most 25 % may',
    )
  })
})

test('puts the parameters of a change into its defaults', () => {
  const defaults = modelDefaults(
    model({ defaults: { title: 'Renew {cert} for {who}', cis: ['{cert}'], outage: false } }),
    {
      cert: 'cert-shop',
    },
  )
  expect([...defaults]).toEqual([
    ['title', 'Renew cert-shop for {who}'],
    ['cis', ['cert-shop']],
    ['outage', false],
  ])
})
