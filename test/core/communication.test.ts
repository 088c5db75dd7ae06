import { describe, expect, test } from 'vitest'
import { communicationPlan } from '../../src/core/communication.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { impactGraph } from '../../src/core/impact-graph.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'

const record = (type: string, id: string, data: Data): RecordDoc => ({
  type,
  id,
  file: `records/${type}/${id}.yaml`,
  data,
})

const records = indexRecords([
  record('team', 'ops', {
    stakeholders: [{ name: 'Desk', channel: 'chat', about: ['change', 'major_incident'], every: 'PT15M' }],
  }),
  record('service', 'pay', { owner: 'ops', state: 'operational' }),
  record('service', 'shop', {
    owner: 'other',
    state: 'operational',
    depends_on: ['pay'],
    stakeholders: [
      { name: 'Customers', channel: 'status_page', contact: 's.example', about: ['outage'], ahead: 'PT48H' },
    ],
  }),
  record('service', 'mail', {
    owner: 'other',
    stakeholders: [{ name: 'Nobody', channel: 'mail', about: ['outage', 'change'] }],
  }),
])
const graph = impactGraph(records)

function plan(type: string, data: Data): readonly string[] {
  return communicationPlan(record(type, 'X-1', data), records, graph).map(
    ({ at, moment, repeated, to, channel, because }) =>
      `${at === undefined ? '?' : formatInstant(at)} ${moment}${repeated ? ` every ${repeated}` : ''} ${to} by ${channel}: ${because}`,
  )
}

const time = { planned_start: '2026-11-24T05:00:00Z', planned_end: '2026-11-24T07:00:00Z' }

describe('who is told', () => {
  test('of a change without an outage: those near it, before and after', () => {
    expect(plan('change', { services: ['pay'], ...time })).toEqual([
      '2026-11-23T05:00:00Z announce Desk by chat: pay is changed',
      '2026-11-24T07:00:00Z end Desk by chat: pay is changed',
    ])
  })

  test('of an outage: whoever it reaches over the impact graph, as long before as they want', () => {
    expect(plan('change', { services: ['pay'], outage: true, ...time })).toEqual([
      '2026-11-22T05:00:00Z announce Customers by status_page: shop goes down',
      '2026-11-23T05:00:00Z announce Desk by chat: pay goes down',
      '2026-11-24T05:00:00Z begin Customers by status_page: shop goes down',
      '2026-11-24T07:00:00Z end Customers by status_page: shop goes down',
      '2026-11-24T07:00:00Z end Desk by chat: pay goes down',
    ])
  })

  test('of a major incident: at once, again and again, and at its end', () => {
    expect(plan('incident', { service: 'pay', major: true, opened_at: '2026-11-24T05:00:00Z' })).toEqual([
      '2026-11-24T05:00:00Z begin Desk by chat: pay is down',
      '2026-11-24T05:15:00Z update every 15 min Desk by chat: pay is down',
      '? end Desk by chat: pay is down',
    ])
    expect(plan('incident', { service: 'pay', opened_at: '2026-11-24T05:00:00Z' })).toEqual([])
  })

  test('while the time is not known, it is told later', () => {
    expect(plan('change', { services: ['pay'] })[0]).toBe('? announce Desk by chat: pay is changed')
  })

  test('of records that need no communication: nobody', () => {
    expect(plan('problem', { services: ['pay'] })).toEqual([])
  })
})
