import { expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import { restatementsOf } from '../../src/core/restated.ts'
import { facts, incident, record } from '../reports/web-shop.ts'

const services = ['webshop', 'fax'].map((id) => record('service', id, { title: id, state: 'operational' }))
const down = (day: string): Data => ({
  outage: [{ service: 'webshop', from: `${day}T08:00:00Z`, to: `${day}T09:00:00Z` }],
})
const told = (id: string, day: string) => incident(id, down(day), [{ at: `${day}T08:00`, state: 'new' }])
const march = (given: Omit<Parameters<typeof facts>[0], 'period'>) => facts({ period: '2026-03', services, ...given })

test('a service that was retired since restates no figure of the period', () => {
  const incidents = [told('INC-1', '2026-03-10')]
  const published = march({ incidents })
  const later = { incidents, asOf: '2026-06-01T00:00' }
  expect(restatementsOf(published, march(later))).toEqual([])
  expect(restatementsOf(published, march({ ...later, services: services.slice(0, 1) }))).toEqual([])
})

test('the first outage that is told of, if it came after the period, restates nothing; one within does', () => {
  const quiet = incident('INC-1', {}, [{ at: '2026-03-10T08:00', state: 'new' }])
  const published = march({ incidents: [quiet] })
  const restated = (day: string): readonly string[] =>
    restatementsOf(published, march({ incidents: [quiet, told('INC-2', day)], asOf: '2026-06-01T00:00' })).map(
      ({ id }) => id,
    )
  expect(restated('2026-04-05')).toEqual([])
  expect(restated('2026-03-20')).toEqual(expect.arrayContaining(['availability', 'downtime', 'outages']))
})

test('a figure that reads the same is not restated, though more stand behind it', () => {
  const filed = (id: string, day: string) => incident(id, {}, [{ at: `${day}T08:00`, state: 'new' }])
  const published = march({ incidents: [filed('INC-1', '2026-03-10')] })
  const now = march({
    incidents: [filed('INC-1', '2026-03-10'), filed('INC-2', '2026-03-11')],
    asOf: '2026-06-01T00:00',
  })
  const restated = restatementsOf(published, now).map(({ id }) => id)
  expect(restated).toContain('opened')
  // 0 % of 1, and of 2.
  expect(restated).not.toContain('retrospective-incidents')
})

test('a KPI that asks a formula of everything is the formula; one of a part is told by itself', () => {
  const filed = (id: string, day: string) => incident(id, {}, [{ at: `${day}T08:00`, state: 'new' }])
  const kpi = (id: string, fields: Data) =>
    record('kpi', id, { title: id, formula: 'opened', unit: 'incidents', ...fields })
  const kpis = [kpi('all', {}), kpi('of-the-shop', { scope: { service: 'webshop' } })]
  const given = (incidents: readonly ReturnType<typeof filed>[], asOf: string) =>
    march({ incidents, asOf, improving: { kpis } })
  const first = filed('INC-1', '2026-03-10')
  const restated = restatementsOf(
    given([first], '2026-04-01T00:00'),
    given([first, filed('INC-2', '2026-03-11')], '2026-06-01T00:00'),
  )
  expect(restated.map(({ id }) => id)).toEqual(expect.arrayContaining(['opened', 'of-the-shop']))
  expect(restated.map(({ id }) => id)).not.toContain('all')
})
