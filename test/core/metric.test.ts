import { describe, expect, test } from 'vitest'
import { calendarOf } from '../../src/core/calendar.ts'
import type { ClockedRecord } from '../../src/core/clock-event.ts'
import { type KpiFacts, measureKpi } from '../../src/core/kpi-record.ts'
import { type Asked, type Figure, type MetricFacts, unitText } from '../../src/core/metric.ts'
import { metricOf, metrics } from '../../src/core/metric-catalogue.ts'
import { usualSettings } from '../../src/core/metric-settings.ts'
import { kpiLines, metricLines, monthsOf } from '../../src/core/metric-table.ts'
import type { Data } from '../../src/core/record.ts'
import type { IncidentFacts, RecordFacts } from '../../src/core/report.ts'
import type { Series } from '../../src/core/series.ts'
import { at, incident, reading, record, type Step } from '../reports/web-shop.ts'

const span = { from: at('2026-03-01T00:00'), until: at('2026-04-01T00:00') }

function facts(given: {
  readonly incidents?: readonly IncidentFacts[]
  readonly clocked?: readonly RecordFacts[]
  readonly records?: readonly ClockedRecord[]
  readonly asOf?: string
  readonly since?: string
}): MetricFacts {
  return {
    since: at(given.since ?? '2026-01-01T00:00'),
    asOf: at(given.asOf ?? '2026-04-01T00:00'),
    incidents: given.incidents ?? [],
    clocked: given.clocked ?? [],
    records: given.records ?? [],
    settings: usualSettings,
    services: [
      record('service', 'webshop', { state: 'operational' }),
      record('service', 'fax', { state: 'retired' }),
      record('service', 'mail', { state: 'operational' }),
    ],
  }
}

function measure(id: string, given: MetricFacts, asked: Partial<Asked> = {}): Figure {
  const metric = metricOf(id)
  if (!metric) throw new Error(`there is no ${id}`)
  return metric.measure(given, { span, scope: {}, ...asked })
}

function lived(type: string, id: string, fields: Data, steps: readonly Step[]): ClockedRecord {
  return { type, id, moments: incident(id, fields, steps).moments }
}

const noData = { value: null, n: 0, median: null, p90: null }

describe('the catalogue', () => {
  test('names every figure once, with its unit and meaning', () => {
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length)
    for (const { id, unit, formula, title, population, source } of metrics) {
      expect(id).toMatch(/^[a-z]+[0-9]?(-[a-z0-9]+)*$/)
      expect(unitText[unit]).toMatch(/\S/)
      expect(title).toMatch(/^[A-Z]/)
      expect(formula).toMatch(/^[A-Z].*\.$/)
      expect([id, population]).toEqual([id, expect.stringMatching(/^(n counts|Of one service).*\.$/)])
      expect([id, source]).toEqual([id, expect.stringMatching(/\S{3}/)])
      expect([id, source]).toEqual([id, expect.not.stringMatching(/\.md\b/)]) // whoever reads it has the public ones only
    }
  })

  test('has no data where nothing was, and never a share of nothing', () => {
    for (const metric of metrics) {
      const { value, n } = metric.measure(facts({}), { span, scope: {} })
      const isCount = metric.unit === 'count' && !['reassignments', 'outages'].includes(metric.id)
      expect([metric.id, value, n]).toEqual([metric.id, isCount ? 0 : null, 0])
    }
  })

  test('knows nothing of the time before the history', () => {
    const young = facts({ since: '2026-04-01T00:00', asOf: '2026-05-01T00:00' })
    for (const metric of metrics) {
      const scope = metric.perService ? { service: 'webshop' } : {}
      expect([metric.id, metric.measure(young, { span, scope })]).toEqual([metric.id, noData])
    }
  })
})

describe('figures of incidents', () => {
  const quick = incident('INC-1', { priority: 'P1', team: 'operations', satisfaction: 5, problem: 'PRB-1' }, [
    { at: '2026-03-02T08:00', state: 'new' },
    { at: '2026-03-02T09:00', state: 'in_progress' },
    { at: '2026-03-02T10:00', state: 'resolved' },
  ])
  const slow = incident('INC-2', { service: 'mail', team: 'platform', satisfaction: 2, caused_by: 'CHG-1' }, [
    { at: '2026-03-03T08:00', state: 'new' },
    { at: '2026-03-03T14:00', state: 'resolved' },
  ])
  const later = incident('INC-3', {}, [
    { at: '2026-03-31T23:00', state: 'new' },
    { at: '2026-04-01T01:00', state: 'resolved' },
  ])
  const given = facts({ incidents: [quick, slow, later] })

  test('time to resolve is the mean in hours, with median and 90th percentile', () => {
    expect(measure('mttr', given)).toEqual({ value: 4, n: 2, median: 4, p90: 6 })
  })

  test('a scope takes only what falls under it', () => {
    expect(measure('mttr', given, { scope: { service: 'webshop' } })).toMatchObject({ value: 2, n: 1 })
    expect(measure('mttr', given, { scope: { team: 'platform' } })).toMatchObject({ value: 6, n: 1 })
    expect(measure('mttr', given, { scope: { priority: 'P1', service: 'mail' } })).toEqual(noData)
  })

  test('links and scores are counted over what was resolved or opened', () => {
    expect(measure('satisfaction', given)).toMatchObject({ value: 3.5, n: 2 })
    expect(measure('resolved-with-problem', given)).toMatchObject({ value: 50, n: 2 })
    expect(measure('change-caused-incidents', given)).toMatchObject({ value: 100 / 3, n: 3 })
  })

  test('clocks count by their own priority', () => {
    const clocked = incident(
      'INC-1',
      { priority: 'P3' },
      [{ at: '2026-03-02T08:00', state: 'in_progress' }],
      [
        reading('INC-1', { start: '2026-03-02T08:00', stop: '2026-03-02T10:00', used: 2, of: 4, priority: 'P1' }),
        reading('INC-1', { start: '2026-03-02T08:00', stop: '2026-03-03T08:00', used: 24, of: 4, target: 'response' }),
      ],
    )
    const both = facts({ incidents: [clocked] })
    expect(measure('sla-compliance', both)).toMatchObject({ value: 50, n: 2 })
    expect(measure('sla-compliance', both, { scope: { priority: 'P1' } })).toMatchObject({ value: 100, n: 1 })
  })

  test('broken down, the parts are the whole', () => {
    const [opened] = metricLines(metrics.slice(0, 1), given, span, 'UTC', 'service')
    expect(opened?.parts?.map(({ of, figure: { value } }) => [of, value])).toEqual([
      ['mail', 1],
      ['webshop', 2],
    ])
    const [byMonth] = metricLines(
      metrics.slice(0, 1),
      facts({ incidents: [quick, later], asOf: '2026-05-01T00:00' }),
      { from: at('2026-03-02T09:00'), until: at('2026-04-30T22:00') },
      'Europe/Berlin',
      'month',
    )
    expect(byMonth?.parts?.map(({ of, figure: { value } }) => [of, value])).toEqual([
      ['2026-03', 0],
      ['2026-04', 1],
    ])
  })

  test('months are cut to the stretch, in the zone', () => {
    expect(monthsOf({ from: at('2026-03-31T22:30'), until: at('2026-04-02T00:00') }, 'Europe/Berlin')).toEqual([
      { id: '2026-04', within: { from: at('2026-03-31T22:30'), until: at('2026-04-02T00:00') } },
    ])
  })
})

describe('figures of outages', () => {
  const down = (id: string, outage: readonly Data[], fields: Data = {}): IncidentFacts =>
    incident(id, { outage, ...fields }, [{ at: '2026-03-02T08:00', state: 'in_progress' }])
  const given = facts({
    incidents: [
      down('INC-1', [{ service: 'webshop', from: '2026-03-02T08:00:00Z', to: '2026-03-02T10:00:00Z' }]),
      down('INC-2', [{ service: 'webshop', from: '2026-03-02T09:00:00Z', to: '2026-03-02T11:00:00Z' }]),
      down('INC-3', [{ service: 'webshop', from: '2026-03-31T22:00:00Z', to: '2026-04-01T02:00:00Z' }]),
      down('INC-4', [{ service: 'fax', from: '2026-03-05T00:00:00Z', to: '2026-03-06T00:00:00Z' }]),
    ],
    asOf: '2026-05-01T00:00',
  })

  test('what several incidents tell of one outage counts once, and only what lies in the period', () => {
    expect(measure('downtime', given, { scope: { service: 'webshop' } })).toMatchObject({ value: 5, n: 1 })
    expect(measure('outages', given)).toMatchObject({ value: 2 })
    expect(measure('mtrs', given)).toMatchObject({ value: 3, n: 1 })
    expect(measure('mtbf', given)).toMatchObject({ value: 29 * 24 + 11, n: 1 })
  })

  test('availability is the agreed time less the downtime, over the operational services', () => {
    expect(measure('availability', given)).toMatchObject({ value: 100 * (1 - 5 / (2 * 744)), n: 2 })
    const calendar = calendarOf({ timezone: 'UTC', hours: { mon: ['10:00-12:00'] } })
    if (!calendar) throw new Error('the calendar is wrong')
    const asked = { scope: { service: 'webshop' }, calendar }
    expect(measure('availability', given, asked)).toMatchObject({ value: 90, n: 1 }) // 5 Mondays of 2 h, 1 h down
    expect(measure('downtime', given, asked)).toMatchObject({ value: 1 })
  })

  test('nobody knows whether a service that is not in operation was available', () => {
    for (const id of ['availability', 'downtime', 'outages', 'mtrs', 'mtbf'])
      expect([id, measure(id, given, { scope: { service: 'fax' } })]).toEqual([id, noData])
  })

  test('an outage without an end lasts until the as-of instant', () => {
    const open = facts({
      incidents: [down('INC-1', [{ service: 'webshop', from: '2026-03-10T00:00:00Z' }])],
      asOf: '2026-03-10T06:00',
    })
    expect(measure('downtime', open)).toMatchObject({ value: 6 })
  })

  test('while no incident has ever told of an outage, nothing is known of them', () => {
    const quiet = facts({ incidents: [incident('INC-1', {}, [{ at: '2026-03-10T00:00', state: 'new' }])] })
    for (const id of ['availability', 'downtime', 'outages']) expect([id, measure(id, quiet)]).toEqual([id, noData])
  })

  test('before the first outage that was told of, nothing is known of them, whatever came later', () => {
    const [before, during] = [
      [down('INC-1', [{ service: 'webshop', from: '2026-04-10T00:00:00Z', to: '2026-04-10T01:00:00Z' }])],
      [down('INC-1', [{ service: 'webshop', from: '2026-03-31T23:00:00Z', to: '2026-04-10T01:00:00Z' }])],
    ]
    const later = (incidents: readonly IncidentFacts[]) => facts({ incidents, asOf: '2026-05-01T00:00' })
    for (const id of ['availability', 'downtime', 'outages'])
      expect([id, measure(id, later(before))]).toEqual([id, noData])
    expect(measure('downtime', later(during))).toMatchObject({ value: 1, n: 2 })
  })

  test('a cancelled incident tells of no outage', () => {
    const mistake = incident('INC-1', { outage: [{ from: '2026-03-10T00:00:00Z', to: '2026-03-11T00:00:00Z' }] }, [
      { at: '2026-03-10T00:00', state: 'new' },
      { at: '2026-03-10T01:00', state: 'cancelled' },
    ])
    const seen = down('INC-2', [{ service: 'mail', from: '2026-02-01T00:00:00Z', to: '2026-02-01T01:00:00Z' }])
    expect(measure('downtime', facts({ incidents: [mistake, seen] }))).toMatchObject({ value: 0, n: 2 })
    expect(measure('availability', facts({ incidents: [mistake, seen] }))).toMatchObject({ value: 100 })
  })
})

describe('figures of changes', () => {
  const closed = (id: string, fields: Data, day = '2026-03-10'): ClockedRecord =>
    lived('change', id, { change_type: 'normal', services: ['webshop'], team: 'platform', ...fields }, [
      { at: '2026-02-20T08:00', state: 'new' },
      { at: `${day}T07:00`, state: 'implement' },
      { at: `${day}T08:00`, state: 'closed' },
    ])
  const given = facts({
    records: [
      closed('CHG-1', { outcome: 'successful' }),
      closed('CHG-2', { outcome: 'successful_with_issues', change_type: 'standard' }),
      closed('CHG-3', { outcome: 'unsuccessful_backed_out', change_type: 'emergency', incidents_caused: ['INC-1'] }),
      lived(
        'change',
        'CHG-4',
        {
          change_type: 'emergency',
          outcome: 'unsuccessful_not_backed_out',
          services: ['mail'],
          team: 'operations',
          unauthorised: true,
        },
        [
          { at: '2026-03-11T08:00', state: 'authorize' },
          { at: '2026-03-12T08:00', state: 'closed' },
        ],
      ),
      closed('CHG-5', { outcome: 'successful' }, '2026-04-01'),
      lived('change', 'CHG-6', { outcome: 'successful' }, [{ at: '2026-03-01T08:00', state: 'cancelled' }]),
    ],
    asOf: '2026-05-01T00:00',
  })

  test.each([
    ['change-success', 25],
    ['change-failure', 50],
    ['emergency-changes', 50],
    ['standard-changes', 25],
    ['unauthorised-changes', 25],
    ['harmful-changes', 25],
  ])('%s is a share of the four of the period', (id, value) => {
    expect(measure(id, given)).toMatchObject({ value, n: 4 })
  })

  test('a scope takes the changes that list the service, or belong to the team', () => {
    expect(measure('change-failure', given, { scope: { service: 'mail' } })).toMatchObject({ value: 100, n: 1 })
    expect(measure('change-failure', given, { scope: { team: 'platform' } })).toMatchObject({ value: 100 / 3, n: 3 })
  })

  test('lead time runs from the first record to the closing', () => {
    expect(measure('change-lead-time', given)).toMatchObject({ value: (3 * 18 * 24 + 24) / 4, n: 4, median: 18 * 24 })
  })

  test('what is closed later than the as-of instant plays no part', () => {
    expect(measure('change-success', { ...given, asOf: at('2026-03-10T07:30') })).toEqual(noData)
  })
})

describe('improvements', () => {
  test('are realised where they reached their target', () => {
    const one = (id: string, result: string): ClockedRecord =>
      lived('improvement', id, { result }, [{ at: '2026-03-10T08:00', state: 'closed' }])
    const given = facts({ records: [one('IMP-1', 'achieved'), one('IMP-2', 'partially_achieved')] })
    expect(measure('improvement-realisation', given)).toMatchObject({ value: 50, n: 2 })
  })
})

describe('KPIs on a series', () => {
  const series: Series = {
    file: 'load.csv',
    columns: ['value', 'wait'],
    points: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((value, index) => ({
      at: span.from + index * 3600,
      values: [value, index === 0 ? null : index],
    })),
  }
  const given: KpiFacts = {
    series: new Map([['load', series]]),
    calendars: new Map([['nights', calendarOf({ timezone: 'UTC', hours: { sun: ['00:00-02:00'] } }) ?? raise()]]),
  }
  const kpi = (fields: Data) => ({ data: { measurement: 'load', aggregation: 'mean', ...fields } })

  test.each([
    ['mean', 55],
    ['median', 55],
    ['p90', 90],
    ['p95', 100],
    ['max', 100],
    ['min', 10],
    ['sum', 550],
  ])('%s is taken over the values of the period', (aggregation, value) => {
    expect(measureKpi(kpi({ aggregation }), given, span)).toEqual({ figure: { value, n: 10, median: 55, p90: 90 } })
  })

  test('the end of the period does not belong to it', () => {
    const short = { from: span.from, until: span.from + 3600 }
    expect(measureKpi(kpi({}), given, short)).toMatchObject({ figure: { value: 10, n: 1 } })
  })

  test('empty cells of another column are no values', () => {
    expect(measureKpi(kpi({ column: 'wait' }), given, span)).toMatchObject({ figure: { value: 5, n: 9 } })
  })

  test('a calendar takes only what was measured in its hours', () => {
    expect(measureKpi(kpi({ calendar: 'nights' }), given, span)).toMatchObject({ figure: { value: 15, n: 2 } })
  })

  test('no value in the period is no data', () => {
    expect(measureKpi(kpi({}), given, { from: 0, until: 1 })).toEqual({ figure: noData })
  })

  test.each([
    [{ measurement: undefined }, 'it names neither a formula nor a measurement'],
    [{ measurement: 'speed' }, 'there are no values of speed'],
    [{ column: 'speed' }, 'load has no column speed'],
    [{ calendar: 'days' }, 'the calendar days cannot be read'],
    [{ measurement: undefined, formula: 'mttr' }, 'there is no history to compute it from'],
    [{ measurement: undefined, formula: 'mtttr' }, 'the catalogue has no formula mtttr'],
  ])('%j is a gap with its reason', (fields, gap) => {
    expect(measureKpi(kpi(fields), given, span)).toEqual({ gap })
  })

  test('targets are held against the direction', () => {
    const records = [
      record('kpi', 'b', { ...kpi({}).data, unit: 'ms', direction: 'down', target: 55 }),
      record('kpi', 'a', { ...kpi({}).data, unit: 'ms', direction: 'up', target: 55.1 }),
      record('kpi', 'c', { unit: '%', direction: 'up', target: 5 }),
    ]
    const lines = kpiLines(records, given, span, 'UTC')
    expect(lines.map(({ id, reached, gap }) => [id, reached, gap])).toEqual([
      ['a', false, null],
      ['b', true, null],
      ['c', null, 'it names neither a formula nor a measurement'],
    ])
  })
})

function raise(): never {
  throw new Error('the calendar is wrong')
}
