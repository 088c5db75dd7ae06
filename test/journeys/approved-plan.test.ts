import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import { gate } from '../support/approval-world.ts'
import { change } from '../support/mainline/offence.ts'
import { webshop } from '../support/webshop.ts'

const id = 'CHG-PLANT-01'
const opened = '2026-03-02T09:00:00Z'
const begun = { actual_start: opened, window_deviation_reason: 'Brought forward' }
const emergency = { change_type: 'emergency', outage: undefined, ...begun }
const other = {
  implementation_plan: 'Drop the database',
  planned_end: '2027-03-04T05:00:00Z',
  implementer: 'mallory',
}

/** What is asked of a branch that takes a change from one state, with its fields, to another. */
async function asked(from: readonly [string, Data], to: readonly [string, Data]) {
  const repo = webshop({ at: '2026-03-02T10:00:00Z', write: change(id, from[0], opened, 0, from[1]) })
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  repo.commit({ at: '2026-03-03T09:00:00Z', by: 'kate', write: change(id, to[0], opened, 0, to[1]) })
  return (await gate(repo, { base: 'main', head: 'topic' })).approvals
}

describe('what was approved of a change', () => {
  test('stays as it was approved while it is carried out: its plan, its window and its people ask again', async () => {
    expect(await asked(['implement', begun], ['implement', { ...begun, ...other }])).toMatchObject([
      { id, met: false, reason: 'implementer, implementation_plan, planned_end edited while implement' },
    ])
  })

  test('says when it is carried out: to begin at another time asks again', async () => {
    expect(await asked(['scheduled', {}], ['implement', begun])).toMatchObject([
      { id, met: false, reason: 'window_deviation_reason edited while scheduled' },
    ])
    expect(await asked(['scheduled', {}], ['implement', { actual_start: opened }])).toEqual([])
  })

  test('does not keep anybody from telling how it went', async () => {
    const over = { actual_end: '2026-03-03T08:00:00Z', outcome: 'successful_with_issues' }
    const late = { ...over, window_deviation_reason: 'It took longer' }
    expect(await asked(['implement', { actual_start: opened }], ['review', { actual_start: opened, ...late }])).toEqual(
      [],
    )
  })

  test('may follow for an emergency, which begins at once and is planned while it is carried out', async () => {
    expect(await asked(['implement', emergency], ['implement', { ...emergency, ...other }])).toMatchObject([
      { id, rule: 'emergency under way', met: false, until: expect.any(String) },
    ])
  })
})
