import { describe, expect, test } from 'vitest'
import type { Reading } from '../../src/core/reading.ts'
import { standingServiceLevels } from '../../src/core/service-levels.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { instant, type LifeStep, lifeOf } from '../support/life.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const levels = standingServiceLevels(shippedRecords().all, shipped.rulebook.config)

/** The fulfilment clock of a request under the agreement that the example organisation ships. */
function fulfilment(steps: readonly LifeStep[], asOf: string): Reading | undefined {
  const record = { type: 'request', id: 'REQ-1', moments: lifeOf(steps) }
  return readings(record, levels, instant(asOf)).find(({ target }) => target === 'fulfilment')
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
