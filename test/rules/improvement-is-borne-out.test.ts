import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import type { Proof } from '../../src/core/improvement-proof.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Measured } from '../../src/core/kpi-record.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { judge } from '../../src/core/rule.ts'
import { improvementIsBorneOut } from '../../src/rules/improvement-is-borne-out.ts'
import { shipped } from '../support/shipped.ts'

const kpi: RecordDoc = {
  type: 'kpi',
  id: 'downtime',
  file: 'records/kpi/downtime.yaml',
  data: { id: 'downtime', unit: 'min', direction: 'down' },
}

const claim: Data = {
  id: 'IMP-1',
  state: 'closed',
  kpi: 'downtime',
  baseline: { value: 5, from: '2026-01-01', to: '2026-03-01' },
  target: 2.5,
  measured_value: 2.4,
  measured_period: { from: '2026-04-01', to: '2026-06-01' },
  result: 'achieved',
}

function figure(value: number | null, n = 60): Measured {
  return { figure: { value, n, median: null, p90: null } }
}

function found(data: Data, proof: Partial<Proof> = {}): readonly string[] {
  const after: RecordDoc = { type: 'improvement', id: 'IMP-1', file: 'records/improvement/IMP-1.yaml', data }
  const proven: Proof = {
    asOf: parseInstant('2026-06-10T00:00:00Z') ?? 0,
    kpi,
    baseline: figure(5),
    measured: figure(2.4),
    ...proof,
  }
  const facts = {
    rulebook: shipped.rulebook,
    records: indexRecords([after, kpi]),
    changes: [{ kind: 'added', after }] as const,
    unreadable: new Set<string>(),
    proofs: new Map([['IMP-1', proven]]),
  }
  return judge([improvementIsBorneOut], facts).map(({ place, message, hint }) => {
    expect(hint).toMatch(/\S/)
    return `${place.route.join('.')}: ${message}`
  })
}

describe('improvement-is-borne-out', () => {
  test('a claim that the figures bear out passes', () => {
    expect(found(claim)).toEqual([])
  })

  test('what rounds to the declared value agrees, what rounds to another does not', () => {
    expect(found(claim, { measured: figure(2.449) })).toEqual([])
    expect(found(claim, { measured: figure(2.4501) })).toEqual([
      'measured_value: downtime is 2.45 min from 2026-04-01 to before 2026-06-01, not 2.4',
    ])
    expect(found({ ...claim, measured_value: 2 }, { measured: figure(2.449) })).toEqual([])
    expect(found({ ...claim, measured_value: 2.38 }, { measured: figure(2.3846) })).toEqual([])
    expect(found({ ...claim, measured_value: 2.39 }, { measured: figure(2.3846) })).toHaveLength(1)
  })

  test('a rosier baseline is refused', () => {
    expect(found({ ...claim, baseline: { value: 9, from: '2026-01-01', to: '2026-03-01' } })).toEqual([
      'baseline.value: downtime is 5 min from 2026-01-01 to before 2026-03-01, not 9',
    ])
  })

  test('the exact figure decides whether the target is reached, not the rounded one', () => {
    const rounded = { ...claim, measured_value: 2.5 }
    expect(found(rounded, { measured: figure(2.5) })).toEqual([])
    expect(found(rounded, { measured: figure(2.504) })).toEqual([
      'result: The figures say partially_achieved, not achieved',
    ])
  })

  test('no better than before is not achieved', () => {
    const same = { ...claim, measured_value: 5, result: 'partially_achieved' }
    expect(found(same, { measured: figure(5) })).toEqual([
      'result: The figures say not_achieved, not partially_achieved',
    ])
  })

  test('a period that is not over proves nothing', () => {
    const asOf = parseInstant('2026-05-31T21:59:59Z') ?? 0
    expect(found(claim, { asOf })).toEqual(['measured_period.to: The measured period is not over yet'])
    expect(found(claim, { asOf: asOf + 1 })).toEqual([])
  })

  test('no data is no proof', () => {
    expect(found(claim, { measured: figure(null, 0) })).toEqual([
      'measured_value: downtime has no data from 2026-04-01 to before 2026-06-01',
    ])
  })

  test('what cannot be computed says why', () => {
    expect(found(claim, { baseline: { gap: 'the mainline has no commit abc1234' } })).toEqual([
      'baseline.value: downtime cannot be computed from 2026-01-01 to before 2026-03-01: the mainline has no commit abc1234',
    ])
  })
})
