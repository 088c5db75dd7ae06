import { expect, test } from 'vitest'
import { openForm } from '../../src/adapters/catalogue-form.ts'

test('an answer that is missing is asked for by title and choices where its field explains nothing else', () => {
  const properties = {
    size: { title: 'Size', type: 'string', enum: ['small', 'large'] },
    desk: { title: 'Desk', type: 'string' },
    floor: { title: 'Floor', type: 'integer', description: 'Counted from the street' },
  }
  const data = { id: 'badge', form: { properties, required: Object.keys(properties) } }
  const form = openForm({ type: 'catalogue-item', id: 'badge', file: 'records/catalogue-item/badge.yaml', data })
  const id = 'REQ-20261121-H1QF'
  const found = form.judge({ type: 'request', id, file: `records/request/${id}.yaml`, data: { id } })
  expect(found.map(({ message, hint }) => `${message}: ${hint}`)).toEqual([
    '`form.size` is missing: Size: small or large',
    '`form.desk` is missing: Desk',
    '`form.floor` is missing: Counted from the street',
  ])
})
