import { expect, test } from 'vitest'
import { mergeOf } from '../../../src/core/import/ci-merge.ts'

test('values are replaced, mappings are filled, and the rest stays', () => {
  const data = { title: 'Web', owner: 'platform', attributes: { cores: 4, note: 'by hand' } }
  expect(mergeOf(data, { title: 'Web', owner: 'operations', attributes: { cores: 8, image: 'debian' } })).toEqual({
    edits: [
      { route: ['owner'], value: 'operations' },
      { route: ['attributes', 'cores'], value: 8 },
      { route: ['attributes', 'image'], value: 'debian' },
    ],
    untold: [],
  })
})

test('lists are added to, and what is no longer told is named but stays', () => {
  const data = { services: ['shop', 'mail'], depends_on: [{ ci: 'a' }, { ci: 'b' }] }
  expect(mergeOf(data, { services: ['shop', 'search'], depends_on: [{ ci: 'c' }, { ci: 'a' }] })).toEqual({
    edits: [
      { route: ['services'], append: 'search' },
      { route: ['depends_on'], append: { ci: 'c' } },
    ],
    untold: ['services mail', 'depends_on b'],
  })
})

test('a dependency keeps the redundancy that was written by hand, unless one is told', () => {
  const group = (members: number) => ({ ci: 'a', at_least: { group: 'g', members } })
  expect(mergeOf({ depends_on: [group(1)] }, { depends_on: [{ ci: 'a' }] }).edits).toEqual([])
  expect(mergeOf({ depends_on: [group(1)] }, { depends_on: [group(2)] }).edits).toEqual([
    { route: ['depends_on', 0], value: group(2) },
  ])
})

test('what says the same gives no edit', () => {
  const data = { a: 1, b: ['x'], c: { d: true } }
  expect(mergeOf(data, data)).toEqual({ edits: [], untold: [] })
})
