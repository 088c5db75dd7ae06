import { describe, expect, test } from 'vitest'
import type { ClockedRecord } from '../../src/core/clock-event.ts'
import type { Figure, MetricFacts, Scope } from '../../src/core/metric.ts'
import { metricOf } from '../../src/core/metric-catalogue.ts'
import { usualSettings } from '../../src/core/metric-settings.ts'
import { metricLines } from '../../src/core/metric-table.ts'
import type { Reading } from '../../src/core/reading.ts'
import { incident, at as instantAt, reading } from '../reports/web-shop.ts'
import { type LifeStep, lifeOf } from '../support/life.ts'

const march = { from: instantAt('2026-03-01T00:00'), until: instantAt('2026-04-01T00:00') }
const at = (day: number, time = '00:00'): string => `2026-03-${String(day).padStart(2, '0')}T${time}:00Z`

function facts(records: readonly ClockedRecord[], more: Partial<MetricFacts> = {}): MetricFacts {
  const since = instantAt('2026-01-01T00:00')
  const none = { incidents: [], clocked: [], services: [], settings: usualSettings }
  return { since, asOf: march.until, records, ...none, ...more }
}

function lived(type: string, id: string, ...steps: readonly LifeStep[]): ClockedRecord {
  return { type, id, moments: lifeOf(steps) }
}

function measure(id: string, given: MetricFacts, scope: Scope = {}, span = march): Figure {
  const metric = metricOf(id)
  if (!metric) throw new Error(`there is no ${id}`)
  return metric.measure(given, { span, scope })
}

const noData = { value: null, n: 0, median: null, p90: null }

describe('the wait of changes for approval', () => {
  const twice = lived(
    'change',
    'CHG-1',
    { at: at(1), state: 'new', set: { services: ['webshop', 'mail'], team: 'platform' } },
    { at: at(2), state: 'authorize' },
    { at: at(2, '12:00'), state: 'authorize', set: { title: 'An edit is no end' } },
    { at: at(3), state: 'new' },
    { at: at(4), state: 'assess' },
    { at: at(4, '06:00'), state: 'authorize' },
    { at: at(4, '12:00'), state: 'scheduled' },
    { at: at(5), state: 'implement' },
    { at: at(5, '02:00'), state: 'review' },
  )
  const waiting = lived('change', 'CHG-2', { at: at(6), state: 'authorize', set: { services: ['fax'] } })
  const given = facts([twice, waiting])

  test('is each stay in assess and authorize that ended in the period; who still waits is not in it', () => {
    expect(measure('change-approval-wait', given)).toEqual({ value: 18, n: 2, median: 18, p90: 24 })
    expect(measure('change-implementation-time', given)).toMatchObject({ value: 2, n: 1 })
  })

  test('counts a stay in the period that it ended in', () => {
    const early = { from: march.from, until: instantAt('2026-03-03T00:00') }
    expect(measure('change-approval-wait', given, {}, early)).toEqual(noData)
    expect(measure('change-approval-wait', given, {}, { ...march, from: early.until })).toMatchObject({ n: 2 })
  })

  test('is told by each service that a change lists, and by team', () => {
    for (const scope of [{ service: 'mail' }, { service: 'webshop' }, { team: 'platform' }]) {
      expect(measure('change-approval-wait', given, scope)).toMatchObject({ n: 2 })
    }
    expect(measure('change-approval-wait', given, { service: 'fax' })).toEqual(noData)
  })

  test('knows nothing that was recorded after the as-of instant', () => {
    expect(measure('change-approval-wait', facts([twice], { asOf: instantAt('2026-03-03T12:00') }))).toMatchObject({
      n: 1,
    })
  })
})

describe('the times of requests and problems', () => {
  const request = lived(
    'request',
    'REQ-1',
    { at: at(2), state: 'submitted', set: { opened_at: at(1), service: 'mail' } },
    { at: at(3), state: 'awaiting_approval' },
    { at: at(5), state: 'approved' },
    { at: at(6), state: 'fulfilled' },
    { at: at(7), state: 'in_fulfilment' },
    { at: at(8), state: 'fulfilled' },
  )
  const problem = lived(
    'problem',
    'PRB-1',
    { at: at(2), state: 'new' },
    { at: at(4), state: 'root_cause_analysis' },
    { at: at(9), state: 'fix_in_progress' },
    { at: at(12), state: 'resolved' },
  )
  const given = facts([request, problem])

  test('run from the start that was declared, if that is earlier, to the first end', () => {
    expect(measure('request-fulfilment-time', given)).toMatchObject({ value: 5 * 24, n: 1 })
    expect(measure('problem-resolution-time', given)).toMatchObject({ value: 10 * 24, n: 1 })
  })

  test('tell the wait for approval and the analysis apart', () => {
    expect(measure('request-approval-wait', given)).toMatchObject({ value: 48, n: 1 })
    expect(measure('problem-analysis-time', given)).toMatchObject({ value: 5 * 24, n: 1 })
  })

  test('take none of another type', () => {
    expect(measure('request-fulfilment-time', facts([problem]))).toEqual(noData)
    expect(measure('problem-resolution-time', facts([request]))).toEqual(noData)
  })
})

describe('the time with teams', () => {
  const given = facts([
    lived(
      'incident',
      'INC-1',
      { at: '2026-02-28T00:00:00Z', state: 'new', set: { team: 'desk' } },
      { at: at(2), state: 'in_progress', set: { team: 'platform' } },
      { at: at(3), state: 'in_progress', set: { team: 'desk' } },
      { at: at(5), state: 'resolved' },
    ),
    lived('request', 'REQ-1', { at: at(31), state: 'in_fulfilment', set: { team: 'desk' } }),
  ])

  test('is what lies in the period, by who had a record then and not by who has it now', () => {
    expect(measure('team-time', given)).toMatchObject({ value: (1 + 1 + 2 + 1) * 24, n: 2 })
    expect(measure('team-time', given, { team: 'desk' })).toMatchObject({ value: (1 + 2 + 1) * 24, n: 2 })
    expect(measure('team-time', given, { team: 'platform' })).toMatchObject({ value: 24, n: 1 })
    expect(measure('team-time', given, { team: 'nobody' })).toEqual(noData)
  })

  test('broken down by team, the parts are the whole', () => {
    const teamTime = metricOf('team-time')
    const [line] = teamTime ? metricLines([teamTime], given, march, 'UTC', 'team') : []
    expect(line?.parts?.map(({ of, figure }) => [of, figure.value])).toEqual([
      ['desk', 96],
      ['platform', 24],
    ])
    expect(line?.figure.value).toBe(96 + 24)
  })
})

describe('the time until recorded', () => {
  test('is over the steps of the period that declare a time', () => {
    const late = lived(
      'incident',
      'INC-1',
      { at: '2026-02-20T00:00:00Z', state: 'new', declared: '2026-02-10T00:00:00Z' },
      { at: at(2), state: 'in_progress' },
      { at: at(3, '04:00'), state: 'resolved', declared: at(3) },
    )
    const born = lived('problem', 'PRB-1', { at: at(4, '02:00'), state: 'new', set: { opened_at: at(4) } })
    expect(measure('recording-skew', facts([late, born]))).toMatchObject({ value: 3, n: 2, p90: 4 })
  })
})

describe('targets met', () => {
  const clocks = (type: string, id: string, ...readings: readonly Reading[]) => {
    const steps = [{ at: '2026-03-02T08:00', state: 'new' }]
    return { ...incident(id, { services: ['mail'] }, steps, readings), type }
  }
  const stopped = (id: string, more: Partial<Omit<Reading, 'start' | 'stop'>> = {}, used = 1) =>
    reading(id, { start: '2026-03-02T08:00', stop: '2026-03-03T08:00', used, of: 4, ...more })

  test('are counted for each type by itself, records filed after the fact for themselves', () => {
    const given = facts([], {
      incidents: [clocks('incident', 'INC-1', stopped('INC-1', { retrospective: true }))],
      clocked: [
        clocks('change', 'CHG-1', stopped('CHG-1'), stopped('CHG-1', { target: 'approval' }, 5)),
        clocks('problem', 'PRB-1', stopped('PRB-1', { retrospective: true }, 5)),
        clocks('request', 'REQ-1', stopped('REQ-1')),
      ],
    })
    expect(measure('sla-compliance', given)).toMatchObject({ value: 200 / 3, n: 3 })
    expect(measure('incident-targets-met', given)).toEqual(noData)
    expect(measure('resolution-targets-met', given)).toMatchObject({ value: 100, n: 2 })
    expect(measure('change-targets-met', given)).toMatchObject({ value: 50, n: 2 })
    expect(measure('change-targets-met', given, { service: 'mail' })).toMatchObject({ value: 50, n: 2 })
    expect(measure('change-targets-met', given, { service: 'fax' })).toEqual(noData)
    expect(measure('problem-targets-met', given)).toEqual(noData)
    expect(measure('request-targets-met', given)).toMatchObject({ value: 100, n: 1 })
    expect(measure('retrospective-targets-met', given)).toMatchObject({ value: 50, n: 2 })
  })
})
