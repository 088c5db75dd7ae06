import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { nextDue, type Reading } from '../../src/core/reading.ts'
import type { Data } from '../../src/core/record.ts'
import { judge } from '../../src/core/rule.ts'
import { load } from '../../src/journeys/load.ts'
import { treeRules } from '../../src/rules/index.ts'
import { type ClockedRepo, clockedRepo } from '../support/clocked-repo.ts'
import { instant } from '../support/life.ts'
import { shippedText, shippedWith } from '../support/shipped.ts'

/**
 * What systems of service management disagree on, case by case, and what ours does. Each is a real repository whose
 * mainline is read. 2026-03-02 is a Monday; the office is open from 08:00 to 18:00 UTC on weekdays.
 */
function on(day: number, time: string): string {
  return `2026-03-0${1 + day}T${time}:00Z`
}

const office: Data = { title: 'Office', timezone: 'UTC', hours: { 'mon-fri': ['08:00-18:00'] } }
const response: Data = { stop: ['in_progress', 'resolved', 'closed'], target: 'PT1H' }
const resolution: Data = {
  stop: ['resolved', 'closed'],
  pause: ['on_hold:awaiting_caller'],
  target: { P1: 'PT4H', P2: 'PT8H', default: 'PT40H' },
}

function sla(targets: Data, more: Data = {}): Data {
  return { kind: 'sla', state: 'active', order: 10, applies_to: { type: 'incident' }, targets, ...more }
}

const gold = sla({ resolution })
const incident = (state: string, more: Data = {}): Data => ({ title: 'Slow', priority: 'P2', state, ...more })
const waiting = incident('on_hold', { hold_reason: 'awaiting_caller' })

/** What was agreed the night before, then one commit for each version of the incident; `always` is the calendar. */
function lived(agreed: { readonly [record: string]: Data }, ...steps: readonly (readonly [string, Data])[]) {
  return clockedRepo([
    { at: on(0, '20:00'), write: { gitsm: { calendar: 'always' }, ...agreed } },
    ...steps.map(([at, data]) => ({ at, write: { 'incident/INC-1': data } })),
  ])
}

const inOffice = { gitsm: { calendar: 'office' }, 'calendar/office': office, 'sla/gold': gold }
const aroundTheClock = { 'sla/gold': gold }

async function all(repo: ClockedRepo, asOf: string): Promise<readonly Reading[]> {
  return repo.readings('incident/INC-1', asOf)
}

async function one(repo: ClockedRepo, asOf: string): Promise<Reading> {
  const [reading, ...others] = await all(repo, asOf)
  if (!reading || others.length > 0) throw new Error('one reading was expected')
  return reading
}

const hours = (seconds: number): number => seconds / 3600
const told = (at: number | null): string | null => (at === null ? null : formatInstant(at))

/** The cases of the table, by the name that it gives them. */
const cases: { readonly [row: string]: { readonly [ours: string]: () => Promise<void> } } = {
  'start, no open hours now': {
    'counts from the next opening, and nothing until then': async () => {
      const repo = lived(inOffice, [on(1, '20:00'), incident('new')])
      expect(await one(repo, on(2, '07:59'))).toMatchObject({ status: 'running', elapsed: 0 })
      const reading = await one(repo, on(2, '09:00'))
      expect([hours(reading.elapsed), told(reading.due)]).toEqual([1, on(2, '16:00')])
    },
  },
  'priority raised mid-flight': {
    'goes on in the same cycle with the new target, and records both': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new')],
        [on(1, '09:00'), waiting],
        [on(1, '10:00'), incident('in_progress')],
        [on(1, '11:00'), incident('in_progress', { priority: 'P1' })],
      )
      const reading = await one(repo, on(1, '12:00'))
      expect(reading).toMatchObject({ cycle: 1, status: 'running', breachedOnReprioritise: false })
      expect([reading.elapsed, reading.paused, reading.allowed].map(hours)).toEqual([3, 1, 4])
      expect(told(reading.due)).toBe(on(1, '13:00'))
      expect(reading.targetHistory.map((term) => ({ ...term, from: told(term.from) }))).toEqual([
        { from: on(1, '08:00'), priority: 'P2', allowed: 8 * 3600, elapsed: 0, exceeded: false },
        { from: on(1, '11:00'), priority: 'P1', allowed: 4 * 3600, elapsed: 2 * 3600, exceeded: false },
      ])
    },
    'may be breached at once, and says that the new priority did it': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new')],
        [on(1, '13:00'), incident('new', { priority: 'P1' })],
      )
      const reading = await one(repo, on(1, '13:00'))
      expect(reading).toMatchObject({ status: 'breached', breachedOnReprioritise: true })
      expect(reading.breaches.map(told)).toEqual([on(1, '13:00')])
      expect(reading.targetHistory.map(({ exceeded }) => exceeded)).toEqual([false, true])
    },
    'is not to blame for a breach that was there before': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new')],
        [on(1, '17:00'), incident('new', { priority: 'P1' })],
      )
      expect(await one(repo, on(1, '18:00'))).toMatchObject({ status: 'breached', breachedOnReprioritise: false })
    },
  },
  'priority lowered': {
    'is judged by the target at the stop, and the breach under the old one stays on record': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new', { priority: 'P1' })],
        [on(1, '13:00'), incident('in_progress')],
        [on(1, '15:00'), incident('resolved')],
      )
      const reading = await one(repo, on(2, '08:00'))
      expect(reading).toMatchObject({ status: 'met', priority: 'P2', breachedOnReprioritise: false })
      expect(reading.breaches.map(told)).toEqual([on(1, '12:00')])
      expect(reading.targetHistory.map(({ priority, elapsed }) => [priority, hours(elapsed)])).toEqual([
        ['P1', 0],
        ['P2', 5],
      ])
    },
  },
  'SLA no longer matches': {
    'cancels the cycle at that instant, and keeps it': async () => {
      const webshop = sla({ resolution }, { applies_to: { type: 'incident', service: ['webshop'] } })
      const repo = lived(
        { 'sla/gold': webshop },
        [on(1, '08:00'), incident('new', { service: 'webshop' })],
        [on(1, '10:00'), incident('new', { service: 'mail' })],
      )
      const reading = await one(repo, on(1, '20:00'))
      expect(reading).toMatchObject({ status: 'cancelled', elapsed: 2 * 3600, due: null, atRiskAt: null })
      expect(told(reading.stop)).toBe(on(1, '10:00'))
    },
    'gives its clock to the SLA that replaces it, from the start of the record': async () => {
      const webshop = sla({ resolution }, { applies_to: { type: 'incident', service: ['webshop'] } })
      const repo = lived(
        { 'sla/gold': webshop, 'sla/house': sla({ resolution }, { order: 100 }) },
        [on(1, '08:00'), incident('new', { service: 'webshop' })],
        [on(1, '10:00'), incident('new', { service: 'mail' })],
      )
      expect(
        (await all(repo, on(1, '11:00'))).map(({ sla, status, elapsed }) => [sla, status, hours(elapsed)]),
      ).toEqual([
        ['gold', 'cancelled', 2],
        ['house', 'running', 3],
      ])
    },
  },
  pause: {
    'is one in the states and hold reasons that the target lists, and in no other': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new')],
        [on(1, '09:00'), incident('on_hold', { hold_reason: 'awaiting_vendor' })],
        [on(1, '10:00'), waiting],
        [on(1, '12:00'), incident('in_progress')],
      )
      const reading = await one(repo, on(1, '13:00'))
      expect([hours(reading.elapsed), hours(reading.paused)]).toEqual([3, 2])
    },
    'of a record born paused counts from its birth': async () => {
      const repo = lived(aroundTheClock, [on(1, '08:00'), waiting], [on(1, '11:00'), incident('resolved')])
      expect(await one(repo, on(1, '10:00'))).toMatchObject({ status: 'paused', elapsed: 0, paused: 2 * 3600 })
      expect(await one(repo, on(1, '12:00'))).toMatchObject({ status: 'met', elapsed: 0, paused: 3 * 3600 })
    },
  },
  'pause crossing closed hours': {
    'takes out open time only': async () => {
      const repo = lived(
        inOffice,
        [on(1, '16:00'), incident('new')],
        [on(1, '17:00'), waiting],
        [on(2, '09:00'), incident('in_progress')],
      )
      const reading = await one(repo, on(2, '10:00'))
      expect([hours(reading.elapsed), hours(reading.paused), hours(reading.wall)]).toEqual([2, 2, 18])
      expect(told(reading.due)).toBe(on(2, '16:00'))
    },
  },
  'pause before first response': {
    'does not pause the response': async () => {
      const agreed = { 'sla/gold': sla({ response }) }
      const repo = lived(agreed, [on(1, '08:00'), waiting], [on(1, '10:00'), incident('in_progress')])
      expect(await one(repo, on(1, '09:00'))).toMatchObject({ status: 'running', elapsed: 3600 })
      expect(await one(repo, on(1, '11:00'))).toMatchObject({ status: 'breached', elapsed: 7200 })
    },
    'pauses it where its target says so': async () => {
      const agreed = { 'sla/gold': sla({ response: { ...response, pause: ['on_hold'] } }) }
      const repo = lived(agreed, [on(1, '08:00'), waiting], [on(1, '10:00'), incident('in_progress')])
      expect(await one(repo, on(1, '11:00'))).toMatchObject({ status: 'met', elapsed: 0, paused: 7200 })
    },
  },
  'resolved but not closed': {
    'stops when it was resolved': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new')],
        [on(1, '10:00'), incident('resolved')],
        [on(3, '08:00'), incident('closed')],
      )
      for (const asOf of [on(2, '08:00'), on(4, '08:00')]) {
        expect(await one(repo, asOf)).toMatchObject({ status: 'met', elapsed: 7200, wall: 7200 })
      }
    },
  },
  reopen: {
    'resumes, without the time that it was resolved': async () => {
      const repo = lived(
        aroundTheClock,
        [on(1, '08:00'), incident('new')],
        [on(1, '10:00'), incident('resolved')],
        [on(1, '14:00'), incident('in_progress')],
      )
      const reading = await one(repo, on(1, '15:00'))
      expect(reading).toMatchObject({ cycle: 1, status: 'running', stop: null, elapsed: 3 * 3600, paused: 0 })
      expect(told(reading.due)).toBe(on(1, '20:00'))
    },
    'starts a new cycle where the target says so': async () => {
      const agreed = { 'sla/gold': sla({ resolution: { ...resolution, on_reopen: 'new_cycle' } }) }
      const repo = lived(
        agreed,
        [on(1, '08:00'), incident('new')],
        [on(1, '10:00'), incident('resolved')],
        [on(1, '14:00'), incident('in_progress')],
      )
      expect(
        (await all(repo, on(1, '15:00'))).map(({ cycle, status, elapsed }) => [cycle, status, hours(elapsed)]),
      ).toEqual([
        [1, 'met', 2],
        [2, 'running', 1],
      ])
    },
    'never restarts the response': async () => {
      const repo = lived(
        { 'sla/gold': sla({ response: { ...response, on_reopen: 'new_cycle' } }) },
        [on(1, '08:00'), incident('new')],
        [on(1, '08:30'), incident('resolved')],
        [on(1, '14:00'), incident('new')],
      )
      expect(await one(repo, on(1, '20:00'))).toMatchObject({ cycle: 1, status: 'met', elapsed: 1800 })
    },
  },
  'close/finish recorded late': {
    'counts as declared within the tolerance, as recorded beyond it, and the skew is told': async () => {
      const late = incident('resolved', { resolved_at: on(1, '11:00') })
      const noted = incident('resolved', { log: [{ at: on(1, '11:00'), by: 'ada', state: 'resolved' }] })
      for (const finish of [late, noted]) {
        for (const [tolerance, stop] of [
          ['PT1H', on(1, '11:00')],
          ['PT59M59S', on(1, '12:00')],
          [undefined, on(1, '12:00')],
        ]) {
          const agreed = { 'sla/gold': sla({ resolution }, tolerance ? { declared_tolerance: tolerance } : {}) }
          const repo = lived(agreed, [on(1, '08:00'), incident('new')], [on(1, '12:00'), finish])
          const reading = await one(repo, on(2, '08:00'))
          expect(told(reading.stop)).toBe(stop)
          expect(reading).toMatchObject({ skew: 3600, retrospective: false })
        }
      }
    },
  },
  'calendar edited': {
    'keeps the old hours for the time before, the new ones from then on, and both in the account': async () => {
      const repo = clockedRepo([
        { at: on(0, '20:00'), write: inOffice },
        { at: on(1, '15:00'), write: { 'incident/INC-1': incident('new') } },
        { at: on(2, '12:00'), write: { 'calendar/office': { ...office, hours: { 'mon-fri': ['13:00-20:00'] } } } },
      ])
      const [accounted] = await repo.accounts('incident/INC-1', on(2, '15:00'))
      expect(hours(accounted?.reading.elapsed ?? 0)).toBe(3 + 4 + 2)
      const edit = repo.git(['rev-parse', 'HEAD'])
      expect(accounted?.account.spans.map(({ from, edge }) => [told(from), edge?.commit.commit === edit])).toEqual([
        [on(1, '15:00'), false],
        [on(2, '12:00'), true],
      ])
      const before = await one(repo, on(2, '11:00'))
      expect([hours(before.elapsed), told(before.due)]).toEqual([3 + 3, on(2, '13:00')])
    },
  },
  'target edited': {
    'judges a cycle by the version at its start': async () => {
      const tight = sla({ resolution: { ...resolution, target: 'PT1H' } })
      const repo = clockedRepo([
        { at: on(0, '20:00'), write: { gitsm: { calendar: 'always' }, 'sla/gold': gold } },
        { at: on(1, '08:00'), write: { 'incident/INC-1': incident('new') } },
        { at: on(1, '09:00'), write: { 'sla/gold': tight } },
        { at: on(1, '12:00'), write: { 'incident/INC-1': incident('resolved'), 'incident/INC-2': incident('new') } },
      ])
      expect(await one(repo, on(2, '08:00'))).toMatchObject({ status: 'met', allowed: 8 * 3600 })
      expect(await repo.readings('incident/INC-2', on(1, '12:30'))).toMatchObject([{ allowed: 3600 }])
    },
    'judges each instant by the version then in force with at_event, and records both targets': async () => {
      const following = (target: unknown) => sla({ resolution: { ...resolution, target } }, { binding: 'at_event' })
      const repo = clockedRepo([
        { at: on(0, '20:00'), write: { gitsm: { calendar: 'always' }, 'sla/gold': following('PT8H') } },
        { at: on(1, '08:00'), write: { 'incident/INC-1': incident('new') } },
        { at: on(1, '10:00'), write: { 'sla/gold': following('PT1H') } },
      ])
      const reading = await one(repo, on(1, '11:00'))
      expect(reading).toMatchObject({ status: 'breached', breachedOnReprioritise: false })
      expect(
        reading.targetHistory.map(({ from, allowed, exceeded }) => [told(from), hours(allowed), exceeded]),
      ).toEqual([
        [on(1, '08:00'), 8, false],
        [on(1, '10:00'), 1, true],
      ])
    },
    'lets an SLA that replaces another judge what begins after it': async () => {
      const repo = clockedRepo([
        { at: on(0, '20:00'), write: { gitsm: { calendar: 'always' }, 'sla/gold': gold } },
        { at: on(1, '08:00'), write: { 'incident/INC-1': incident('new') } },
        { at: on(1, '09:00'), write: { 'sla/gold': { ...gold, state: 'superseded' }, 'sla/platinum': gold } },
        { at: on(1, '10:00'), write: { 'incident/INC-2': incident('new') } },
      ])
      expect(await all(repo, on(1, '12:00'))).toMatchObject([{ sla: 'gold', status: 'running', elapsed: 4 * 3600 }])
      expect(await repo.readings('incident/INC-2', on(1, '12:00'))).toMatchObject([{ sla: 'platinum' }])
    },
  },
  DST: {
    'counts the hours that there are: office hours feel no clock change, a day of 23 hours has 23': async () => {
      const berlin = { title: 'Berlin', timezone: 'Europe/Berlin', hours: { 'mon-fri': ['09:00-17:00'] } }
      const whole = { ...berlin, hours: { 'mon-sun': ['00:00-24:00'] } }
      for (const [calendar, elapsed, wall] of [
        [berlin, 2, 65],
        [whole, 65, 65],
      ] as const) {
        const repo = clockedRepo([
          {
            at: on(0, '20:00'),
            write: { gitsm: { calendar: 'berlin' }, 'calendar/berlin': calendar, 'sla/gold': gold },
          },
          { at: '2026-03-27T16:00:00+01:00', write: { 'incident/INC-1': incident('new') } },
        ])
        const reading = await one(repo, '2026-03-30T10:00:00+02:00')
        expect([hours(reading.elapsed), hours(reading.wall)]).toEqual([elapsed, wall])
      }
    },
  },
  holiday: {
    'closes a whole day, or leaves it the hours that it names': async () => {
      const holidays = ['2026-03-03', { date: '2026-03-04', title: 'Eve', hours: ['08:00-12:00'] }]
      const repo = lived({ ...inOffice, 'calendar/office': { ...office, holidays } }, [on(1, '17:00'), incident('new')])
      expect(hours((await one(repo, on(2, '20:00'))).elapsed)).toBe(1)
      expect(hours((await one(repo, on(3, '20:00'))).elapsed)).toBe(1 + 4)
      expect(told((await one(repo, on(1, '17:30'))).due)).toBe(on(4, '11:00'))
    },
  },
  'two targets on one record': {
    'are two clocks, and the next due is that of the one that runs': async () => {
      const agreed = { 'sla/gold': sla({ response, resolution }) }
      const repo = lived(agreed, [on(1, '08:00'), incident('new')], [on(1, '08:30'), incident('in_progress')])
      expect(told(nextDue(await all(repo, on(1, '08:10'))))).toBe(on(1, '09:00'))
      expect((await all(repo, on(1, '10:00'))).map(({ target, status }) => [target, status])).toEqual([
        ['resolution', 'running'],
        ['response', 'met'],
      ])
      expect(told(nextDue(await all(repo, on(1, '10:00'))))).toBe(on(1, '16:00'))
    },
  },
  'several policies match': {
    'run side by side if they are of different kinds, and in each kind the lowest order has the target': async () => {
      const repo = lived(
        {
          'sla/gold': gold,
          'sla/house': sla({ response, resolution }, { order: 100 }),
          'sla/ops': sla({ handling: { ...resolution, while: { team: ['ops'] } } }, { kind: 'ola' }),
          'sla/vendor': sla({ resolution }, { kind: 'contract' }),
        },
        [on(1, '08:00'), incident('new', { team: 'desk' })],
        [on(1, '09:00'), incident('in_progress', { team: 'ops' })],
      )
      expect(
        (await all(repo, on(1, '12:00'))).map(({ sla, kind, target, elapsed }) => [sla, kind, target, hours(elapsed)]),
      ).toEqual([
        ['gold', 'sla', 'resolution', 4],
        ['house', 'sla', 'response', 1],
        ['ops', 'ola', 'handling', 3],
        ['vendor', 'contract', 'resolution', 4],
      ])
    },
    'are a mistake where two of one kind and order can meet': async () => {
      const rival = shippedText('records/sla/webshop-gold.yaml').replace('id: webshop-gold', 'id: rival')
      expect(findings({ 'records/sla/rival.yaml': rival })).toContain('sla-order-is-clear')
    },
  },
  'at-risk': {
    'is reached on the calendar, at an instant inside opening hours': async () => {
      const four = { ...inOffice, 'sla/gold': sla({ resolution: { ...resolution, target: 'PT4H' } }) }
      const repo = lived(four, [on(1, '16:00'), incident('new')])
      const reading = await one(repo, on(1, '16:30'))
      expect([told(reading.atRiskAt), told(reading.due), reading.atRisk]).toEqual([
        on(2, '09:00'),
        on(2, '10:00'),
        false,
      ])
      expect((await one(repo, on(2, '08:59'))).atRisk).toBe(false)
      expect((await one(repo, on(2, '09:00'))).atRisk).toBe(true)
    },
    'of a target that comes into force at night, already past the mark, is reached when the office opens': async () => {
      const repo = lived(
        inOffice,
        [on(1, '14:00'), incident('new')],
        [on(1, '23:00'), incident('new', { priority: 'P1' })],
      )
      expect(told((await one(repo, on(1, '20:00'))).atRiskAt)).toBe(on(2, '10:00'))
      const raised = await one(repo, on(1, '23:30'))
      expect([raised.atRisk, told(raised.atRiskAt)]).toEqual([true, on(2, '08:00')])
    },
    'is reached where a length of the target is left, if that is sooner than the percentage': async () => {
      const at = async (remaining: string) => {
        const four = sla({ resolution: { ...resolution, target: 'PT4H' } }, { at_risk_remaining: remaining })
        const reading = await one(
          lived({ ...inOffice, 'sla/gold': four }, [on(1, '16:00'), incident('new')]),
          on(1, '16:30'),
        )
        return [told(reading.atRiskAt), reading.atRisk]
      }
      expect(await at('PT2H30M')).toEqual([on(1, '17:30'), false])
      expect(await at('PT30M'), 'the percentage is sooner').toEqual([on(2, '09:00'), false])
      expect(await at('PT9H'), 'more than the target').toEqual([on(1, '16:00'), true])
    },
  },
  'created already resolved / retro record': {
    'is measured from its declared start to its record, and marked': async () => {
      const fixed = { opened_at: on(1, '03:00'), resolved_at: on(1, '03:20') }
      const agreed = { 'sla/gold': sla({ response, resolution }, { declared_tolerance: 'PT15M' }) }
      const repo = lived(agreed, [on(1, '09:00'), incident('resolved', { ...fixed, priority: 'P1' })])
      expect(await all(repo, on(2, '08:00'))).toMatchObject([
        { target: 'resolution', status: 'breached', elapsed: 6 * 3600, retrospective: true, skew: 6 * 3600 },
        { target: 'response', status: 'breached', elapsed: 6 * 3600, retrospective: true },
      ])
      const [work] = await all(repo, on(2, '08:00'))
      expect(work?.breaches.map(told)).toEqual([on(1, '07:00')])
      expect(work?.targetHistory.map(({ from, elapsed }) => [told(from), elapsed])).toEqual([[on(1, '03:00'), 0]])
    },
  },
  'cancelled record': {
    'leaves compliance with all its clocks': async () => {
      const agreed = { 'sla/gold': sla({ response, resolution }) }
      const repo = lived(
        agreed,
        [on(1, '08:00'), incident('new')],
        [on(1, '08:30'), incident('in_progress')],
        [on(1, '09:00'), incident('cancelled')],
      )
      expect((await all(repo, on(2, '08:00'))).map(({ status, due }) => [status, due])).toEqual([
        ['cancelled', null],
        ['cancelled', null],
      ])
    },
  },
  'closing-time tie': {
    'is due at closing time, and kept until the next opening': async () => {
      const two = { ...inOffice, 'sla/gold': sla({ resolution: { ...resolution, target: 'PT2H' } }) }
      const stoppedAt = (at: string) =>
        one(lived(two, [on(1, '16:00'), incident('new')], [at, incident('resolved')]), on(3, '08:00'))
      const late = await stoppedAt(on(2, '08:00'))
      expect([late.status, told(late.due), told(late.dueEffective)]).toEqual(['met', on(1, '18:00'), on(2, '08:00')])
      expect((await stoppedAt('2026-03-03T08:00:01Z')).status).toBe('breached')
    },
  },
  'day unit': {
    'is refused: a target is hours and minutes of calendar time': async () => {
      const text = shippedText('records/sla/webshop-gold.yaml')
      for (const target of ['P1D', 'P1DT4H', '1 day', 'PT1D']) {
        const days = text.replace('default: PT40H', `default: ${target}`)
        expect(days).not.toBe(text)
        expect(findings({ 'records/sla/webshop-gold.yaml': days })).toContain('schema-valid')
        const agreed = { 'sla/gold': sla({ resolution: { ...resolution, target } }) }
        expect(await all(lived(agreed, [on(1, '08:00'), incident('new')]), on(1, '09:00'))).toEqual([])
      }
    },
  },
}

/** The rules that the shipped tree breaks with some files written anew. */
function findings(changes: { readonly [path: string]: string }): readonly string[] {
  const { rulebook, records, unreadable, series, diagnostics } = load(shippedWith(changes))
  const facts = { rulebook, records, unreadable, series, changes: [], asOf: instant(on(1, '00:00')) }
  return [...diagnostics, ...judge(treeRules, facts)].map(({ rule }) => rule)
}

/** The rows of the table of edge cases that systems are compared by. */
const rows = [
  'start, no open hours now',
  'priority raised mid-flight',
  'priority lowered',
  'SLA no longer matches',
  'pause',
  'pause crossing closed hours',
  'pause before first response',
  'resolved but not closed',
  'reopen',
  'close/finish recorded late',
  'calendar edited',
  'target edited',
  'DST',
  'holiday',
  'two targets on one record',
  'several policies match',
  'at-risk',
  'created already resolved / retro record',
  'cancelled record',
  'closing-time tie',
  'day unit',
]

test('every row of the table has its cases', () => {
  expect(Object.keys(cases)).toEqual(rows)
})

describe.each(Object.entries(cases))('%s', (_, ours) => {
  test.each(Object.entries(ours))('%s', (_, holds) => holds())
})
