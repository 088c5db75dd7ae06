import { describe, expect, test } from 'vitest'
import { isFiledAfterTheFact } from '../../src/core/retrospective.ts'
import { type LifeStep, lifeOf } from '../support/life.ts'

const nine = '2026-03-02T09:00:00Z'
const finished = (...steps: LifeStep[]) =>
  isFiledAfterTheFact(lifeOf(steps), (state) => state === 'resolved' || state === 'closed')

describe('what was fixed at three and filed at nine', () => {
  const opened = { opened_at: '2026-03-02T03:00:00Z' }

  test('is filed after the fact where one commit brought and finished it', () => {
    expect(finished({ at: nine, state: 'resolved', set: opened })).toBe(true)
    expect(finished({ at: nine, state: 'new', set: opened }, { at: nine, state: 'resolved' })).toBe(true)
  })

  test('is so where it declares the finish, however many commits and however much time it took to write down', () => {
    const told = { ...opened, resolved_at: '2026-03-02T03:30:00Z' }
    expect(finished({ at: nine, state: 'new', set: told }, { at: '2026-03-02T10:00:00Z', state: 'resolved' })).toBe(
      true,
    )
    const logged = { at: '2026-03-02T10:00:00Z', state: 'resolved', declared: '2026-03-02T03:30:00Z' }
    expect(finished({ at: nine, state: 'new', set: opened }, logged)).toBe(true)
  })
})

describe('what was watched while it was open', () => {
  test('is no matter of filing, however soon it was finished', () => {
    expect(finished({ at: nine, state: 'new' }, { at: '2026-03-02T09:00:01Z', state: 'resolved' })).toBe(false)
  })

  test('nor where the finish is declared a little before it was recorded', () => {
    const told = { resolved_at: '2026-03-02T09:20:00Z' }
    expect(finished({ at: nine, state: 'new' }, { at: '2026-03-02T09:30:00Z', state: 'resolved', set: told })).toBe(
      false,
    )
  })

  test('nor while it is open, or where nobody wrote anything', () => {
    expect(finished({ at: nine, state: 'in_progress', set: { resolved_at: '2026-03-02T03:00:00Z' } })).toBe(false)
    expect(finished()).toBe(false)
  })
})
