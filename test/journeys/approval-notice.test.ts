import { describe, expect, test } from 'vitest'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { approvalNotices } from '../../src/journeys/approval-notice.ts'
import { load } from '../../src/journeys/load.ts'
import { shipped, shippedFiles } from '../support/shipped.ts'

const snapshot = load(shippedFiles, shipped)

const change = (fields: Data): RecordDoc => {
  const data = { id: 'CHG-1', change_type: 'normal', state: 'new', risk: 'low', services: ['webshop'], ...fields }
  return { type: 'change', id: 'CHG-1', file: 'records/change/CHG-1.yaml', data }
}

describe('new and move tell which approval a step will need', () => {
  test('and by which rule', () => {
    const step = { before: change({ state: 'authorize' }), after: change({ state: 'scheduled' }) }
    expect(approvalNotices(snapshot, step)).toEqual([
      'CHG-1 (authorize → scheduled) needs 1 approval from the owner of an affected service or cab (other of change-authorisation): open a pull request',
    ])
  })

  test('and that it may follow in an emergency', () => {
    expect(approvalNotices(snapshot, { after: change({ change_type: 'emergency', state: 'implement' }) })).toEqual([
      'CHG-1 (born implement) needs 1 approval from ecab, which may follow (emergency under way of change-authorisation): open a pull request',
    ])
  })

  test('and that a step may go straight to the mainline where nobody is asked', () => {
    expect(approvalNotices(snapshot, { after: change({ change_type: 'standard', state: 'scheduled' }) })).toEqual([
      'CHG-1 (born scheduled) needs no approval (standard of change-authorisation): it may go straight to the mainline',
    ])
  })

  test('and nothing where no policy asks', () => {
    const incident = (state: string): RecordDoc => {
      return { type: 'incident', id: 'INC-1', file: 'records/incident/INC-1.yaml', data: { id: 'INC-1', state } }
    }
    expect(approvalNotices(snapshot, { before: incident('new'), after: incident('in_progress') })).toEqual([])
    expect(approvalNotices(snapshot, { after: change({ state: 'new' }) })).toEqual([])
  })

  test('also of configuration', () => {
    const file = 'records/calendar/night.yaml'
    const after = { type: 'calendar', id: 'night', file, data: { id: 'night' } }
    expect(approvalNotices(snapshot, { after })).toEqual([
      'night (added) needs 1 approval from service-board (agreements and calendars of governance): open a pull request',
    ])
  })
})
