import { expect, test } from 'vitest'
import { assignmentOf, withAssigned } from '../../src/journeys/assignment.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const assigned = (...set: readonly string[]) =>
  withAssigned(shipped, 'change', {}, set.map(assignmentOf), shippedRecords())

test('a parameter that the model wants as text is one, whatever it looks like and whatever is named first', () => {
  const model = 'update-printer-firmware'
  const meant = { model, parameters: { version: '6.40', printer: 'label-printer-1' } }
  const set = ['parameters.version=6.40', 'parameters.printer=label-printer-1']
  expect(assigned(...set, `model=${model}`)).toEqual(meant)
  expect(assigned(`model=${model}`, ...set)).toEqual(meant)
})

test('what no model describes is read as its schema means it', () => {
  expect(assigned('parameters.version=6.40', 'outage=true', 'title=6.40')).toEqual({
    parameters: { version: 6.4 },
    outage: true,
    title: '6.40',
  })
})
