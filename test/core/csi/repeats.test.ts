import { describe, expect, test } from 'vitest'
import { repeatsOf } from '../../../src/core/csi/repeats.ts'
import type { Data } from '../../../src/core/record.ts'
import type { LifeFacts } from '../../../src/core/report.ts'
import { incident } from '../../reports/web-shop.ts'
import { basis, onDay, opened } from './shop.ts'

const printer = { cis: ['printer-3'], category: 'hardware', service: 'warehouse' }
const again = [60, 65, 70].map((day) => opened(`INC-${day}`, onDay(day), printer))

/** A problem that takes the given steps. */
function problem(fields: Data, ...steps: readonly (readonly [day: number, state: string])[]): LifeFacts {
  const { readings: _, ...life } = incident(
    'PRB-1',
    { title: 'Blank labels', service: 'warehouse', ...fields },
    steps.map(([day, state]) => ({ at: onDay(day), state })),
  )
  return { ...life, type: 'problem' }
}

function groups(...lives: readonly LifeFacts[]) {
  return repeatsOf(basis({ period: '2026-03', since: '2026-01-01T00:00', incidents: again, lives }))
}

describe('what keeps coming back', () => {
  test('is held against the problems: nobody looks for the cause', () => {
    const { share, groups: found, lookedAfter } = groups()
    expect(share).toEqual({ count: 2, n: 3 })
    expect(found).toMatchObject([{ cis: ['printer-3'], repeats: 2, opened: 3, problem: null, closedProblem: null }])
    expect(lookedAfter).toEqual({ count: 0, n: 1 })
  })

  test.each([
    ['names one of the incidents', { incidents: ['INC-65'], service: 'webshop' }],
    ['names their CIs and their service', { cis: ['printer-3', 'printer-4'] }],
  ])('has an open problem that %s', (_, fields) => {
    expect(groups(problem(fields, [61, 'new'])).groups).toMatchObject([
      { problem: { id: 'PRB-1', title: 'Blank labels' }, closedProblem: null },
    ])
  })

  test.each([
    ['of another service', { cis: ['printer-3'], service: 'webshop' }],
    ['that names other CIs', { cis: ['printer-4'] }],
    ['that was cancelled', { cis: ['printer-3'], state: 'cancelled' }],
  ])('has none %s', (_, fields) => {
    const state = 'state' in fields ? 'cancelled' : 'new'
    expect(groups(problem(fields, [61, state])).groups).toMatchObject([{ problem: null, closedProblem: null }])
  })

  test('says how much of it came after its problem had been closed for good', () => {
    const closed = (...steps: readonly (readonly [number, string])[]) =>
      groups(problem({ cis: ['printer-3'] }, ...steps)).groups
    expect(closed([50, 'new'], [61, 'closed'])).toMatchObject([{ problem: null, sinceClosed: 2 }])
    expect(closed([50, 'new'], [68, 'closed'])).toMatchObject([{ sinceClosed: 1 }])
    expect(closed([50, 'new'], [75, 'closed'])).toMatchObject([{ closedProblem: { id: 'PRB-1' }, sinceClosed: 0 }])
    expect(closed([50, 'closed'], [62, 'root_cause_analysis'], [68, 'closed'])).toMatchObject([{ sinceClosed: 1 }])
  })
})
