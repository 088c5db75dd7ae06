import { describe, expect, test } from 'vitest'
import { type MinutesFacts, minutesOf } from '../../src/core/cab/minutes.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { exampleAgenda, recordsWith, weekOf } from '../support/agenda.ts'
import { instant } from '../support/life.ts'
import { shippedRecords } from '../support/shipped.ts'

const gateway = 'CHG-20261119-9FQW'
const cluster = 'CHG-20261118-T3VE'

/** A change of the example organisation with some fields written otherwise. */
function change(id: string, fields: Readonly<Record<string, unknown>>): RecordDoc {
  const record = shippedRecords().find('change', id)
  if (!record) throw new Error(`no change ${id}`)
  return { ...record, data: { ...record.data, ...fields } }
}

describe('an agenda', () => {
  test('puts the riskiest change first, and of equal risk the one of the more important service', () => {
    const { items } = exampleAgenda()
    expect(items.map(({ id, risk, tier }) => [id, risk.level, tier])).toEqual([
      [gateway, 'very_high', 1],
      [cluster, 'high', 2],
      ['CHG-20261114-U5NA', 'high', 2],
    ])
    expect(items.map(({ place }) => place)).toEqual([1, 2, 3])
  })

  test('counts a declared risk that is higher than the computed one', () => {
    const { items } = exampleAgenda({ also: [change(cluster, { risk: 'very_high' })] })
    expect(items.find(({ id }) => id === cluster)?.risk).toMatchObject({ level: 'very_high', declared: 'very_high' })
  })

  test('says of each change whom it waits for, what it reaches and what is waived', () => {
    const [item] = exampleAgenda().items
    expect(item?.approvals).toEqual([{ rule: 'high risk', met: false, because: expect.stringContaining('cab') }])
    expect(item?.impact.down).toEqual(['payment', 'gift-cards', 'returns', 'webshop'])
    expect(item?.conflicts).toEqual([])
    expect(item?.waived).toEqual([expect.stringContaining('black-friday-2026; lena has waived it')])
  })

  test('names what a change still lacks until it can be authorised', () => {
    const { items } = exampleAgenda({ also: [change(cluster, { backout_plan: ' ', test_plan: undefined })] })
    expect(items.find(({ id }) => id === cluster)?.missing).toEqual(['test_plan', 'backout_plan'])
  })

  test('keeps changes that nobody has put up apart from those that are to be decided', () => {
    expect(exampleAgenda().unready.map(({ id }) => id)).toEqual(['CHG-20261120-N7GJ'])
  })

  test('leaves out what was rejected, cancelled, closed or authorised', () => {
    const { items, unready } = exampleAgenda()
    const told = [...items, ...unready].map(({ state }) => state)
    expect(new Set(told)).toEqual(new Set(['authorize', 'assess', 'new']))
  })

  test('tells each two changes that collide once', () => {
    const { pairs } = exampleAgenda({
      also: [
        change(cluster, {
          cis: ['payment-gateway'],
          planned_start: '2026-11-27T03:30:00Z',
          planned_end: '2026-11-27T05:00:00Z',
        }),
      ],
    })
    expect(pairs).toEqual([
      { one: gateway, other: cluster, because: expect.stringContaining('payment-gateway'), open: true },
    ])
  })

  test('shows the freezes and maintenance windows of the week, from Monday to Monday in the zone of the reports', () => {
    const { week, windows } = exampleAgenda()
    expect([week.from, week.until]).toEqual([instant('2026-11-22T23:00:00Z'), instant('2026-11-29T23:00:00Z')])
    expect(windows.map(({ kind, id }) => [kind, id])).toEqual([
      ['freeze', 'black-friday-2026'],
      ['maintenance', 'warehouse-maintenance'],
      ['maintenance', 'database-maintenance'],
    ])
  })

  test('lists what is scheduled in the week, and what should have begun before and did not', () => {
    const late = change('CHG-20261112-7M2K', {
      planned_start: '2026-11-10T05:00:00Z',
      planned_end: '2026-11-10T07:00:00Z',
    })
    expect(exampleAgenda().scheduled).toMatchObject([{ id: 'CHG-20261112-7M2K', overdue: false }])
    expect(exampleAgenda({ also: [late] }).scheduled).toMatchObject([{ id: 'CHG-20261112-7M2K', overdue: true }])
  })

  test('looks back on the changes whose work ended in the week before, the end of Sunday excluded', () => {
    const ended = (at: string) => change('CHG-20261117-K4DS', { actual_end: at, actual_start: '2026-11-01T00:00:00Z' })
    const past = (at: string) => exampleAgenda({ also: [ended(at)] }).past.map(({ id }) => id)
    expect(past('2026-11-15T23:00:00Z')).toEqual(['CHG-20261117-K4DS'])
    expect(past('2026-11-15T22:59:59Z')).toEqual([])
    expect(past('2026-11-22T22:59:59Z')).toEqual(['CHG-20261117-K4DS'])
    expect(past('2026-11-22T23:00:00Z')).toEqual([])
  })

  test('counts a change that caused an incident as one that failed', () => {
    const harmful = change('CHG-20261117-K4DS', { incidents_caused: ['INC-20261118-4TGY'] })
    expect(exampleAgenda({ also: [harmful] }).past).toMatchObject([{ outcome: 'successful', failed: true }])
  })

  test('names emergencies whose approval is still due or missing, and no others', () => {
    const verdict = { because: 'asks for 1 approval from ecab', parts: [], approvals: [] }
    const id = 'CHG-20261121-6PMH'
    const of = (more: object) => new Map([[id, { ...verdict, met: true, ...more }]])
    const due = instant('2026-11-23T10:00:00Z')
    expect(exampleAgenda({ emergencies: of({ until: due }) }).ratifications).toMatchObject([{ id, until: due }])
    expect(exampleAgenda({ emergencies: of({ met: false }) }).ratifications).toMatchObject([{ id, until: null }])
    expect(exampleAgenda({ emergencies: of({}) }).ratifications).toEqual([])
  })

  test('takes up what an open pull request proposes, with its approvals as the gate decided them', () => {
    const proposed = new Map([
      [
        cluster,
        {
          ...{ pull: 12, url: 'https://github.com/kontor/services/pull/12', author: 'fatima', decides: true },
          approvals: [{ rule: 'high risk', met: true, because: 'approved' }],
          errors: ['The backout plan is missing'],
        },
      ],
    ])
    const { items } = exampleAgenda({ also: [change(cluster, { state: 'scheduled' })], proposed })
    expect(items.find(({ id }) => id === cluster)).toMatchObject({
      pull: { number: 12 },
      approvals: [{ met: true }],
      waits: null,
      errors: ['The backout plan is missing'],
    })
  })
})

type Decided = MinutesFacts['decisions'][number]

describe('minutes', () => {
  const decision = (more: Partial<Decided>): Decided => ({
    ...{ at: instant('2026-11-24T10:00:00Z'), outcome: 'merged', pullRequest: 12 },
    ...{ subject: `change/${cluster}`, policy: 'change-authorisation', rule: 'high risk' },
    verdict: { met: true, because: 'approved', parts: [] },
    reviews: [
      { id: 1, login: 'lena', commit: 'a' },
      { id: 2, login: 'dmitri', commit: 'a' },
    ],
    ...more,
  })
  const remark = (at: string, login: string) => ({
    ...{ pull: 12, title: 'Upgrade', url: 'https://github.com/a/b/pull/12', state: 'APPROVED' as const },
    ...{ login, at: instant(at), body: 'Fine' },
  })
  const minutes = (decisions: readonly Decided[], remarks = [remark('2026-11-24T09:00:00Z', 'ada')]) =>
    minutesOf({
      ...{ week: weekOf('2026-W48'), zone: 'Europe/Berlin', records: recordsWith([]), decisions, remarks },
      ...{ ledger: 'gitsm-ledger', withoutPulls: null },
    })

  test('tell what was decided in the week, by whom, and what the record is called', () => {
    expect(minutes([decision({})]).decisions).toEqual([
      {
        ...{ at: instant('2026-11-24T10:00:00Z'), subject: `change/${cluster}`, id: cluster, pull: 12, met: true },
        ...{ title: 'Upgrade the search cluster', outcome: 'merged', because: 'approved', by: ['lena', 'dmitri'] },
        ...{ policy: 'change-authorisation', rule: 'high risk' },
      },
    ])
  })

  test('keep to the week, and name everybody who reviewed once', () => {
    const outside = [
      decision({ at: instant('2026-11-29T23:00:00Z') }),
      decision({ at: instant('2026-11-22T22:59:59Z') }),
    ]
    const told = minutes(
      [...outside, decision({})],
      [remark('2026-11-24T09:00:00Z', 'Lena'), remark('2026-11-20T09:00:00Z', 'erik')],
    )
    expect(told.decisions).toHaveLength(1)
    expect(told.remarks.map(({ login }) => login)).toEqual(['Lena'])
    expect(told.present.map((login) => login.toLowerCase())).toEqual(['dmitri', 'lena'])
  })

  test('tell of files that are no records by their path', () => {
    const told = minutes([decision({ subject: 'gitsm.yaml', outcome: 'rejected' })])
    expect(told.decisions).toMatchObject([{ id: 'gitsm.yaml', title: null, outcome: 'rejected' }])
  })
})
