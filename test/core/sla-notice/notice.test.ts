import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../../src/core/facts.ts'
import { formatInstant } from '../../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../../src/core/record.ts'
import { addresseesOf } from '../../../src/core/sla-notice/mention.ts'
import { clockNotices, comingInstants, isLive, type Watch } from '../../../src/core/sla-notice/notice.ts'
import { watchReportData, watchReportIn, watchReportText } from '../../../src/core/sla-notice/payload.ts'
import { lookedAgain, stateIn, stateLine } from '../../../src/core/sla-notice/watch-state.ts'
import { readings } from '../../../src/core/sla-reading.ts'
import { calendarRecord, instant, type LifeStep, lifeOf, slaRecord, standing } from '../../support/life.ts'

const office = calendarRecord('office', { timezone: 'UTC', hours: { 'mon-fri': ['08:00-18:00'] } })
const clock = { stop: ['resolved', 'closed'], pause: ['on_hold:awaiting_caller'], target: 'PT8H', calendar: 'office' }
const levels = standing([office, slaRecord('gold', { at_risk: 75, targets: { resolution: clock } })])

/** 2026-03-02 is a Monday. */
const on = (day: number, time: string): string => `2026-03-0${1 + day}T${time}:00Z`

function watched(steps: readonly LifeStep[], asOf: string) {
  const record = { type: 'incident', id: 'INC-1', moments: lifeOf(steps) }
  const told = {
    type: 'incident',
    file: 'records/incident/INC-1.yaml',
    title: 'It',
    mentions: ['ada'],
    team: 'operations',
  }
  return readings(record, levels, instant(asOf)).map((reading) => ({ reading, ...told }))
}

const week = 7 * 86_400
const watch = (asOf: string, more: Partial<Watch> = {}): Watch => ({
  asOf: instant(asOf),
  within: 0,
  back: week,
  ...more,
})

function notice(steps: readonly LifeStep[], asOf: string, more: Partial<Watch> = {}) {
  return clockNotices(watched(steps, asOf), watch(asOf, more)).map(({ atRiskAt, breachedAt, status }) => ({
    status,
    ...(atRiskAt !== null && { risk: formatInstant(atRiskAt) }),
    ...(breachedAt !== null && { breach: formatInstant(breachedAt) }),
  }))
}

const born = { at: on(1, '09:00'), state: 'new' }

describe('a clock calls for a notice', () => {
  test('from the instant on its calendar at which it is at risk, and not a second before', () => {
    // Six of eight office hours from 9:00 on are used up at 15:00.
    expect(notice([born], '2026-03-02T14:59:59Z')).toEqual([])
    expect(notice([born], on(1, '15:00'))).toEqual([{ status: 'running', risk: on(1, '15:00') }])
  })

  test('with the instant of its breach, which is the same however late somebody looks', () => {
    const due = { status: 'breached', risk: on(1, '15:00'), breach: on(1, '17:00') }
    expect(notice([born], on(1, '17:01'))).toEqual([due])
    expect(notice([born], on(4, '17:00'))).toEqual([due])
  })

  test('after it has ended, as long as its breach is not too long ago', () => {
    const steps = [born, { at: on(2, '09:00'), state: 'resolved' }]
    expect(notice(steps, on(5, '09:00'))).toEqual([{ status: 'breached', breach: on(1, '17:00') }])
    expect(notice(steps, on(5, '09:00'), { back: 3600 })).toEqual([])
  })

  test('not when it ended in time, even if it had been at risk: nothing can be done any more', () => {
    expect(notice([born, { at: on(1, '16:30'), state: 'resolved' }], on(1, '17:30'))).toEqual([])
  })

  test('not when it was filed after the fact', () => {
    expect(
      notice([{ at: on(4, '09:00'), state: 'resolved', set: { opened_at: on(1, '09:00') } }], on(4, '10:00')),
    ).toEqual([])
  })

  test('when less is left than asked for, if that comes before its share of the target', () => {
    expect(notice([born], on(1, '14:00'), { within: 3 * 3600 })).toEqual([{ status: 'running', risk: on(1, '14:00') }])
    expect(notice([born], on(1, '14:00'), { within: 2 * 3600 })).toEqual([])
  })

  test('not while it is paused before it was at risk, for its due instant moves along', () => {
    const steps = [born, { at: on(1, '10:00'), state: 'on_hold', hold: 'awaiting_caller' }]
    expect(notice(steps, on(3, '12:00'), { within: 7200 })).toEqual([])
  })
})

describe('what comes next', () => {
  const coming = (steps: readonly LifeStep[], asOf: string) =>
    comingInstants(watched(steps, asOf), watch(asOf)).map(({ at, what }) => `${what} ${formatInstant(at)}`)

  test('are the instants at which a running clock will be at risk and due, over nights and weekends', () => {
    expect(coming([{ at: on(5, '15:00'), state: 'new' }], on(5, '15:30'))).toEqual([
      'at_risk 2026-03-09T11:00:00Z',
      'due 2026-03-09T13:00:00Z',
    ])
  })

  test('is nothing for a clock that waits or has ended', () => {
    expect(coming([born, { at: on(1, '10:00'), state: 'on_hold', hold: 'awaiting_caller' }], on(1, '11:00'))).toEqual(
      [],
    )
    expect(coming([born, { at: on(1, '10:00'), state: 'resolved' }], on(1, '11:00'))).toEqual([])
  })
})

describe('who is told', () => {
  const team = (id: string, data: Data = {}): RecordDoc => {
    const members = [{ login: 'ada' }, { login: 'bob' }, { login: 'Bob Smith <x>' }]
    return { type: 'team', id, file: `records/team/${id}.yaml`, data: { id, members, ...data } }
  }
  const service = {
    type: 'service',
    id: 'shop',
    file: 'records/service/shop.yaml',
    data: { id: 'shop', owner: 'owners' },
  }
  const records = indexRecords([team('operations'), team('owners', { github_team: 'kontor/owners' }), service])

  test('is whoever works on it, then the team member by member, and nothing that GitHub would read otherwise', () => {
    expect(addresseesOf({ team: 'operations', assignee: 'bob' }, { kind: 'sla' }, records)).toEqual({
      team: 'operations',
      mentions: ['bob', 'ada'],
    })
  })

  test('is the team of the service where no team works on it yet, by its name on GitHub', () => {
    expect(addresseesOf({ service: 'shop' }, { kind: 'sla' }, records)).toEqual({
      team: 'owners',
      mentions: ['kontor/owners'],
    })
  })

  test('is the provider of an OLA, whoever works on the record', () => {
    expect(addresseesOf({ team: 'operations' }, { kind: 'ola', provider: 'owners' }, records).team).toBe('owners')
  })

  test('is nobody where the record only says a name', () => {
    expect(addresseesOf({ team: '@everyone', assignee: '@org/cab' }, undefined, records)).toEqual({
      team: null,
      mentions: [],
    })
  })
})

describe('a report that is handed on', () => {
  const asOf = on(2, '12:00')
  const found = watched([born], asOf)
  const report = {
    asOf: instant(asOf),
    back: week,
    complete: true,
    notices: clockNotices(found, watch(asOf)),
    next: comingInstants(watched([{ at: on(2, '11:00'), state: 'new' }], asOf), watch(asOf)),
  }

  test('is read as it was written', () => {
    expect(report.notices).toHaveLength(1)
    expect(report.next).toHaveLength(2)
    expect(watchReportIn(watchReportText(report))).toEqual(report)
  })

  const [first] = report.notices
  const told = JSON.parse(JSON.stringify(watchReportData(report)))
  test.each([
    ['no JSON', '{'],
    ['another version', { ...told, version: 2 }],
    ['no instant', { ...told, asOf: 'yesterday' }],
    ['a mention of somebody else', { ...told, notices: [{ ...told.notices[0], mentions: ['org/cab, @everyone'] }] }],
    ['a key that ends its marker', { ...told, notices: [{ ...told.notices[0], record: 'INC-1 --> @cab' }] }],
    ['a target of several lines', { ...told, notices: [{ ...told.notices[0], target: 'a\nb' }] }],
    ['a file elsewhere', { ...told, notices: [{ ...told.notices[0], file: 'records/../../x' }] }],
    ['a link', { ...told, notices: [{ ...told.notices[0], file: 'https://example.invalid' }] }],
    ['a state that there is not', { ...told, notices: [{ ...told.notices[0], status: 'fine' }] }],
    ['a coming instant that is none', { ...told, next: [{ ...told.next[0], at: null }] }],
    ['larger than can be', `"${'x'.repeat(300_000)}"`],
  ])('is refused where it is %s', (_, text) => {
    expect(watchReportIn(typeof text === 'string' ? text : JSON.stringify(text))).toBeUndefined()
  })

  test('leaves out ended clocks first where it would be too large, and says that it is not complete', () => {
    if (!first) throw new Error('a notice was expected')
    const many = Array.from({ length: 400 }, (_, at) => ({
      ...first,
      record: `INC-${at}`,
      stop: at % 2 ? report.asOf : null,
    }))
    const read = watchReportIn(watchReportText({ ...report, notices: many }))
    expect(read?.complete).toBe(false)
    expect(read?.notices.every(isLive)).toBe(true)
    expect(read?.notices).toHaveLength(200)
    const more = Array.from({ length: 4000 }, (_, at) => ({ ...first, record: `INC-${at}`, stop: null }))
    expect(watchReportIn(watchReportText({ ...report, notices: more }))?.notices.length).toBeGreaterThan(100)
  })
})

describe('what the watch remembers', () => {
  const [start, hour] = [instant(on(1, '09:00')), 3600]

  test('is read again as it was written, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 * hour }), { minLength: 1, maxLength: 30 }), (steps) => {
        let [state, now] = [lookedAgain(undefined, start, hour), start]
        for (const step of steps) {
          now += step
          state = lookedAgain(state, now, hour)
        }
        expect(stateIn(`<!-- gitsm:sla-watch -->\n${stateLine(state)}\nmore`)).toEqual(state)
        expect(state.since).toBe(start)
        expect(state.gaps).toHaveLength(Math.min(10, steps.filter((step) => step > hour).length))
      }),
    )
  })

  test('is nothing where somebody changed it to what cannot be', () => {
    expect(stateIn('')).toBeUndefined()
    expect(stateIn('<!-- since=x looked=2026-03-02T09:00:00Z gaps= -->')).toBeUndefined()
    expect(stateIn('<!-- since=2026-03-03T09:00:00Z looked=2026-03-02T09:00:00Z gaps= -->')).toBeUndefined()
  })
})
