import { describe, expect, test } from 'vitest'
import { configOf, metricSettings } from '../../src/core/config.ts'
import type { MetricFacts } from '../../src/core/metric.ts'
import { kpiOf } from '../../src/core/metric-catalogue.ts'
import type { Data } from '../../src/core/record.ts'
import { at, incident } from '../reports/web-shop.ts'
import { lifeOf } from '../support/life.ts'

const march = { from: at('2026-03-01T00:00'), until: at('2026-04-01T00:00') }

function facts(metrics: Data): MetricFacts {
  const quick = incident('INC-1', { priority: 'P1' }, [
    { at: '2026-03-02T08:00', state: 'new' },
    { at: '2026-03-02T08:40', state: 'resolved' },
  ])
  const harmful = {
    type: 'change',
    id: 'CHG-1',
    moments: lifeOf([
      { at: '2026-03-03T08:00:00Z', state: 'implement', set: { outcome: 'successful', incidents_caused: ['INC-1'] } },
      { at: '2026-03-04T08:00:00Z', state: 'closed' },
    ]),
  }
  const item = {
    type: 'ci',
    id: 'web-1',
    moments: lifeOf([
      { at: '2026-02-01T00:00:00Z', state: 'operational', set: { verified_at: '2026-03-20T00:00:00Z' } },
    ]),
  }
  return {
    since: at('2026-01-01T00:00'),
    asOf: march.until,
    incidents: [quick],
    clocked: [],
    records: [harmful, item],
    services: [],
    settings: metricSettings(configOf({ metrics })),
  }
}

function value(id: string, metrics: Data): number | null {
  return kpiOf(id).measure(facts(metrics), { span: march, scope: {} }).value
}

describe('metrics of gitsm.yaml', () => {
  test('left out, are the usual ones', () => {
    expect(value('first-contact-resolution', {})).toBe(100)
    expect(value('change-score', {})).toBe(3 - 10)
    expect(value('cmdb-stale', {})).toBe(0)
  })

  test('settle what first contact is, when a verification is stale, and what a change costs', () => {
    expect(value('first-contact-resolution', { first_contact: 'PT30M' })).toBe(0)
    expect(value('cmdb-stale', { stale_days: 11 })).toBe(100)
    expect(value('change-score', { change_score: { outcomes: { successful: 1 }, incidents_caused: { P1: -4 } } })).toBe(
      -3,
    )
  })
})
