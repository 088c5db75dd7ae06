import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slug, slugs } from '../../../src/core/import/slugs.ts'

test.each([
  ['Group 56', 'group-56'],
  ['cmdb_ci 31', 'cmdb-ci-31'],
  ['Opened by  8', 'opened-by-8'],
  ['  Büro – Köln! ', 'buro-koln'],
  ['組', 'group'],
  ['', 'group'],
])('%j becomes %s', (text, expected) => {
  expect(slug(text, 'group')).toBe(expected)
})

test('names whose slugs would be alike are numbered in their own order, whatever order they come in', () => {
  const given = new Map([
    ['A 1', 'a-1'],
    ['A-1', 'a-1-2'],
    ['a 1', 'a-1-3'],
  ])
  expect(slugs(['a 1', 'A-1', 'A 1', 'a 1'], 'x')).toEqual(given)
  expect(slugs(['A 1', 'A-1', 'a 1'], 'x')).toEqual(given)
})

test('a slug that is taken is not given', () => {
  expect(slugs(['Unassigned'], 'group', ['unassigned'])).toEqual(new Map([['Unassigned', 'unassigned-2']]))
})

test('every name gets a valid slug of its own', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'A', '1', '-', ' ', 'é', '組'), maxLength: 80 })),
      (names) => {
        const given = [...slugs(names, 'group').values()]
        expect(new Set(given).size).toBe(new Set(names).size)
        for (const one of given) {
          expect(one).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
          expect(one.length).toBeLessThanOrEqual(64)
        }
      },
    ),
  )
})
