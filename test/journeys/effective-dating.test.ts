import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import { type ClockedRepo, clockedRepo, type RecordCommit } from '../support/clocked-repo.ts'

/** 2026-03-02 is a Monday. */
function on(day: number, time: string): string {
  return `2026-03-0${1 + day}T${time}:00Z`
}

type Binding = 'at_start' | 'at_event'

const incident = (state: string): Data => ({ title: 'Slow', impact: 'high', urgency: 'high', state })
const matrix = (priority: string): Data => ({ high: { high: priority } })
const office = (hours: string): Data => ({ title: 'Office', timezone: 'UTC', hours: { 'mon-fri': [hours] } })
const agreement = (binding: Binding, target: string): Data => ({
  kind: 'sla',
  state: 'active',
  order: 10,
  applies_to: { type: 'incident' },
  targets: { resolution: { stop: ['resolved'], target: { P1: target, P3: 'PT20H' }, calendar: 'office' } },
  binding,
})
const config = (priority: string): Data => ({ calendar: 'office', priority: { matrix: matrix(priority) } })

/** What is edited on Wednesday at noon: an agreement, a calendar or the priority matrix. */
const edits: { readonly [what: string]: (binding: Binding) => RecordCommit['write'] } = {
  'an SLA': (binding) => ({ 'sla/gold': agreement(binding, 'PT1H') }),
  'a calendar': () => ({ 'calendar/office': office('13:00-15:00') }),
  'the priority matrix': () => ({ gitsm: config('P3') }),
}

/**
 * A week under one agreement of eight hours for P1: an incident resolved on Tuesday, one under way when the edit comes
 * on Wednesday at noon, one born on Thursday.
 */
function week(binding: Binding, edit: RecordCommit['write'] | undefined): ClockedRepo {
  return clockedRepo([
    {
      at: on(0, '20:00'),
      write: { gitsm: config('P1'), 'calendar/office': office('08:00-16:00'), 'sla/gold': agreement(binding, 'PT8H') },
    },
    { at: on(1, '09:00'), write: { 'incident/INC-1': incident('new') } },
    { at: on(2, '10:00'), write: { 'incident/INC-1': incident('resolved') } },
    { at: on(3, '09:00'), write: { 'incident/INC-2': incident('new') } },
    ...(edit ? [{ at: on(3, '12:00'), write: edit }] : []),
    { at: on(3, '15:00'), write: { 'incident/INC-2': incident('resolved') } },
    { at: on(4, '10:00'), write: { 'incident/INC-3': incident('new') } },
  ])
}

/** Priority, allowed and elapsed hours, and verdict. */
async function told(repo: ClockedRepo, id: string, asOf: string): Promise<unknown> {
  const read = await repo.readings(`incident/${id}`, asOf)
  return read.map(({ priority, allowed, elapsed, status }) => [priority, allowed / 3600, elapsed / 3600, status])
}

describe.each(Object.entries(edits))('an edit of %s in mid-history', (what, edit) => {
  test.each<Binding>(['at_start', 'at_event'])('leaves the past as it was: %s', async (binding) => {
    const [standing, edited] = [week(binding, undefined), week(binding, edit(binding))]
    const resolved = async (repo: ClockedRepo) => repo.readings('incident/INC-1', on(4, '20:00'))
    expect(await resolved(edited)).toEqual(await resolved(standing))
    expect(await told(edited, 'INC-1', on(4, '20:00'))).toEqual([['P1', 8, 9, 'breached']])
    const underWay = async (repo: ClockedRepo) => repo.readings('incident/INC-2', on(3, '11:59'))
    expect(await underWay(edited)).toEqual(await underWay(standing))
  })

  test('reaches what is under way as the binding and the kind of edit say', async () => {
    const found = {
      at_start: await told(week('at_start', edit('at_start')), 'INC-2', on(4, '20:00')),
      at_event: await told(week('at_event', edit('at_event')), 'INC-2', on(4, '20:00')),
    }
    expect(found).toEqual(
      {
        'an SLA': { at_start: [['P1', 8, 6, 'met']], at_event: [['P1', 1, 6, 'breached']] },
        // Three hours until noon, and from one to three under the new hours.
        'a calendar': { at_start: [['P1', 8, 5, 'met']], at_event: [['P1', 8, 5, 'met']] },
        'the priority matrix': { at_start: [['P1', 8, 6, 'met']], at_event: [['P3', 20, 6, 'met']] },
      }[what],
    )
  })

  test.each<Binding>(['at_start', 'at_event'])('judges what begins after it: %s', async (binding) => {
    const found = await told(week(binding, edit(binding)), 'INC-3', on(4, '14:00'))
    expect(found).toEqual(
      {
        'an SLA': [['P1', 1, 4, 'breached']],
        'a calendar': [['P1', 8, 1, 'running']],
        'the priority matrix': [['P3', 20, 4, 'running']],
      }[what],
    )
  })
})

test('the account names the commit behind the version of the agreement that judged, and behind each edge', async () => {
  const repo = week('at_event', edits['an SLA']?.('at_event'))
  const commits = repo.git(['log', '--reverse', '--format=%H']).split('\n')
  const [accounted] = await repo.accounts('incident/INC-2', on(4, '20:00'))
  expect(accounted?.account.terms.sla.version).toBe(commits[4])
  expect(accounted?.account.spans.map(({ edge }) => edge?.commit.commit)).toEqual([commits[3], commits[4]])
  const first = await repo.accounts('incident/INC-1', on(4, '20:00'))
  expect(first[0]?.account.terms.sla.version).toBe(commits[0])
})

test.each<Binding>(['at_start', 'at_event'])(
  'a declared time chooses no version: what is filed after an edit is judged by it, from its declared start: %s',
  async (binding) => {
    const late = { ...incident('new'), opened_at: on(3, '10:00') }
    const repo = clockedRepo([
      {
        at: on(0, '20:00'),
        write: {
          gitsm: config('P1'),
          'calendar/office': office('08:00-16:00'),
          'sla/gold': agreement(binding, 'PT8H'),
        },
      },
      { at: on(3, '12:00'), write: { 'sla/gold': agreement(binding, 'PT1H') } },
      { at: on(3, '13:00'), write: { 'incident/INC-1': late } },
    ])
    expect(await told(repo, 'INC-1', on(3, '14:00'))).toEqual([['P1', 1, 4, 'breached']])
  },
)
