import { describe, expect, test } from 'vitest'
import type { Reading } from '../../src/core/reading.ts'
import { standingServiceLevels } from '../../src/core/service-levels.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { instant, type LifeStep, lifeOf } from '../support/life.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const levels = standingServiceLevels(shippedRecords().all, shipped.rulebook.config)

/** The clock of a target under the agreements that the example organisation ships. */
function clock(type: string, wanted: string, steps: readonly LifeStep[], asOf: string): Reading | undefined {
  const record = { type, id: 'X-1', moments: lifeOf(steps) }
  return readings(record, levels, instant(asOf)).find(({ target }) => target === wanted)
}

function fulfilment(steps: readonly LifeStep[], asOf: string): Reading | undefined {
  return clock('request', 'fulfilment', steps, asOf)
}

/** 2026-03-02 is a Monday. The office in Berlin is open from 07:00 to 17:00 UTC in winter. */
const [monday, tuesday, thursday] = ['2026-03-02', '2026-03-03', '2026-03-05']

describe('the fulfilment clock of a request', () => {
  test('does not run while someone is to approve', () => {
    const steps = [
      { at: `${monday}T08:00:00Z`, state: 'submitted' },
      { at: `${monday}T09:00:00Z`, state: 'awaiting_approval' },
      { at: `${thursday}T08:00:00Z`, state: 'approved' },
      { at: `${thursday}T09:00:00Z`, state: 'in_fulfilment' },
      { at: `${thursday}T11:00:00Z`, state: 'fulfilled' },
    ]
    expect(fulfilment(steps, `${thursday}T12:00:00Z`)).toMatchObject({ status: 'met', elapsed: 4 * 3600 })
  })

  test('runs from the submission where nobody is asked', () => {
    const steps = [
      { at: `${monday}T08:00:00Z`, state: 'submitted' },
      { at: `${tuesday}T08:00:00Z`, state: 'in_fulfilment' },
    ]
    expect(fulfilment(steps, `${tuesday}T10:00:00Z`)).toMatchObject({ status: 'running', elapsed: 12 * 3600 })
  })

  test('stands while it is awaited, and says how it would be on resuming', () => {
    const steps = [{ at: `${monday}T08:00:00Z`, state: 'awaiting_approval' }]
    expect(fulfilment(steps, `${thursday}T08:00:00Z`)).toMatchObject({
      status: 'paused',
      elapsed: 0,
      paused: 30 * 3600,
    })
  })

  test('is dropped when the request is rejected: nothing is owed', () => {
    const steps = [
      { at: `${monday}T08:00:00Z`, state: 'awaiting_approval' },
      { at: `${tuesday}T08:00:00Z`, state: 'rejected' },
    ]
    expect(fulfilment(steps, '2026-06-01T08:00:00Z')).toMatchObject({ status: 'cancelled', due: null })
  })
})

describe('the clocks of a normal change', () => {
  const [normal, wednesday] = [{ change_type: 'normal' }, '2026-03-04']
  const decided: readonly LifeStep[] = [
    { at: `${monday}T08:00:00Z`, state: 'new', set: normal },
    { at: `${monday}T09:00:00Z`, state: 'assess' },
    { at: `${monday}T12:00:00Z`, state: 'authorize' },
    { at: `${monday}T15:00:00Z`, state: 'assess' },
    { at: `${tuesday}T12:00:00Z`, state: 'authorize' },
    { at: `${tuesday}T16:00:00Z`, state: 'scheduled' },
    { at: `${wednesday}T22:00:00Z`, state: 'implement' },
    { at: `${thursday}T07:00:00Z`, state: 'review' },
  ]
  const end = '2026-03-06T08:00:00Z'

  test('count the wait for approval while it is with the board, in office hours', () => {
    expect(clock('change', 'approval', decided, end)).toMatchObject({ status: 'met', elapsed: (3 + 4) * 3600 })
    expect(clock('change', 'approval', decided.slice(0, 2), end), 'not before it is put to the board').toBeUndefined()
    expect(clock('change', 'approval', decided.slice(0, 3), '2026-03-09T14:00:00Z')).toMatchObject({
      status: 'breached',
      stop: null,
      elapsed: (5 + 3 * 10 + 9 + 7) * 3600,
    })
  })

  test('count its implementation around the clock, and nothing while it waits for its time', () => {
    expect(clock('change', 'implementation', decided, end)).toMatchObject({ status: 'breached', elapsed: 9 * 3600 })
    expect(clock('change', 'implementation', decided.slice(0, 6), end)).toBeUndefined()
  })

  test('are none for changes of other types', () => {
    const standard = decided.map((step) => ({ ...step, set: { change_type: 'standard' } }))
    expect(clock('change', 'approval', standard, end)).toBeUndefined()
  })
})

describe('the clocks of a problem', () => {
  const taken: readonly LifeStep[] = [
    { at: `${monday}T08:00:00Z`, state: 'new', set: { priority: 'P1' } },
    { at: `${tuesday}T08:00:00Z`, state: 'assess' },
    { at: `${thursday}T08:00:00Z`, state: 'root_cause_analysis' },
    { at: '2026-03-06T10:00:00Z', state: 'fix_in_progress' },
  ]

  test('count until an analysis begins, and from then on until the cause is known', () => {
    expect(clock('problem', 'response', taken, '2026-04-01T08:00:00Z')).toMatchObject({ elapsed: 30 * 3600 })
    expect(clock('problem', 'root_cause', taken, '2026-04-01T08:00:00Z')).toMatchObject({
      status: 'met',
      elapsed: 12 * 3600,
      allowed: 50 * 3600,
    })
  })

  test('end with a problem that was none', () => {
    const dropped = [...taken.slice(0, 2), { at: `${thursday}T08:00:00Z`, state: 'cancelled' }]
    expect(clock('problem', 'response', dropped, '2026-04-01T08:00:00Z')).toMatchObject({ status: 'cancelled' })
  })
})
