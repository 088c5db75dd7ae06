import { expect, test } from 'vitest'
import { keptStateIn, keptStateText } from '../../../src/core/gate/kept-state.ts'
import { instant } from '../../support/life.ts'

const state = { digest: 'ab'.repeat(32), until: instant('2026-11-21T12:00:00Z') }

test('what a decision rests on is kept in words that nobody sees, and read again', () => {
  const text = keptStateText(state)
  expect(text).toMatch(/^<!-- .* -->$/)
  expect(keptStateIn(`- #1: Waits\n\n${text}`)).toEqual(state)
})

test('nothing is kept where the text is another one', () => {
  for (const text of [
    null,
    '',
    '<!-- gitsm:state x until 2026-11-21T12:00:00Z -->',
    keptStateText(state).replace('T12', 'T77'),
  ]) {
    expect(keptStateIn(text)).toBeUndefined()
  }
})
