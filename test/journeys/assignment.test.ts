import { expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
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

const form = { properties: { version: { type: 'string' }, seats: { type: 'integer' }, trial: { type: 'boolean' } } }
const item = { type: 'catalogue-item', id: 'licence', file: 'records/catalogue-item/licence.yaml', data: { form } }

const requested = (...set: readonly string[]) =>
  withAssigned(shipped, 'request', {}, set.map(assignmentOf), indexRecords([item]))

test('an answer is a text where the form of the item wants one, whatever it looks like and whatever is named first', () => {
  const meant = { item: 'licence', form: { version: '6.4', seats: 5, trial: true } }
  const set = ['form.version=6.4', 'form.seats=5', 'form.trial=true']
  expect(requested('item=licence', ...set)).toEqual(meant)
  expect(requested(...set, 'item=licence')).toEqual(meant)
})

test('an answer that no form asks for is what it says as YAML', () => {
  expect(requested('item=licence', 'form.other=6.4')).toEqual({ item: 'licence', form: { other: 6.4 } })
})
