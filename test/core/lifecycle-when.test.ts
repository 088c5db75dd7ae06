import { describe, expect, test } from 'vitest'
import { birth, next, requiredIn, transition } from '../../src/core/lifecycle.ts'
import { excludeEachOther, meets, whenText } from '../../src/core/lifecycle-when.ts'
import type { Data } from '../../src/core/record.ts'
import { shipped } from '../support/shipped.ts'

describe('conditions of a lifecycle', () => {
  test('hold where each field has one of its values, and a field left out counts as false', () => {
    const when = { change_type: ['normal', 'emergency'], unauthorised: [false] }
    expect(meets(when, { change_type: 'emergency' })).toBe(true)
    expect(meets(when, { change_type: 'emergency', unauthorised: false })).toBe(true)
    expect(meets(when, { change_type: 'emergency', unauthorised: true })).toBe(false)
    expect(meets(when, { change_type: 'standard' })).toBe(false)
    expect(meets(undefined, {})).toBe(true)
  })

  test('exclude each other where one field is asked for different values', () => {
    const normal = { change_type: ['normal'] }
    expect(excludeEachOther(normal, { change_type: ['standard'], unauthorised: [false] })).toBe(true)
    expect(excludeEachOther(normal, { change_type: ['standard', 'normal'] })).toBe(false)
    expect(excludeEachOther(normal, { unauthorised: [true] })).toBe(false)
    expect(excludeEachOther(normal, undefined)).toBe(false)
  })

  test('read as words', () => {
    expect(whenText({ change_type: ['normal', 'emergency'], unauthorised: [false] })).toBe(
      'change_type normal or emergency, unauthorised false',
    )
  })
})

describe('the lifecycle of changes', () => {
  const lifecycle = shipped.rulebook.types.get('change')?.lifecycle
  if (!lifecycle) throw new Error('changes have no lifecycle')
  const [normal, standard, emergency] = ['normal', 'standard', 'emergency'].map((change_type) => ({ change_type }))
  const found = { change_type: 'emergency', unauthorised: true }

  test('leads each type along its own path', () => {
    const path = ['new', 'assess', 'authorize', 'scheduled', 'implement', 'review', 'closed']
    const ways = (data: Data, from: string) => next(lifecycle, from, data).filter((to) => path.includes(to))
    expect(ways(normal ?? {}, 'new')).toEqual(['assess'])
    expect(ways(normal ?? {}, 'authorize')).toEqual(['assess', 'scheduled'])
    expect(ways(standard ?? {}, 'new')).toEqual(['scheduled'])
    expect(ways(emergency ?? {}, 'new')).toEqual(['authorize'])
    expect(ways(emergency ?? {}, 'authorize')).toEqual(['scheduled'])
    expect(ways(found, 'authorize')).toEqual(['review'])
    expect(next(lifecycle, 'review', normal ?? {})).toEqual(['closed'])
    expect(next(lifecycle, 'implement', emergency ?? {})).toEqual(['review'])
  })

  test('asks for approval exactly where a change is authorised', () => {
    const asked = lifecycle.transitions
      .filter(({ guard }) => guard === 'approval')
      .map(({ from, to }) => `${from} ${to}`)
    expect(asked).toEqual(['new scheduled', 'authorize scheduled', 'authorize review'])
    for (const [state, data] of [
      ['scheduled', normal],
      ['scheduled', standard],
      ['implement', emergency],
    ] as const) {
      expect(birth(lifecycle, state, data ?? {})?.guard).toBe('approval')
    }
  })

  test('lets nobody be born further on than their type allows', () => {
    expect(birth(lifecycle, 'scheduled', emergency ?? {})).toBeUndefined()
    expect(birth(lifecycle, 'implement', normal ?? {})).toBeUndefined()
    expect(birth(lifecycle, 'implement', found)).toBeUndefined()
    expect(birth(lifecycle, 'authorize', emergency ?? {})).toBeUndefined()
    expect(transition(lifecycle, 'assess', 'authorize', emergency ?? {})).toBeUndefined()
    expect(transition(lifecycle, 'authorize', 'scheduled', found)).toBeUndefined()
  })

  test('asks for a backout plan and a review where the case calls for it', () => {
    const [scheduled, closed] = [lifecycle.states.get('scheduled'), lifecycle.states.get('closed')]
    if (!scheduled || !closed) throw new Error('states are missing')
    expect(requiredIn(scheduled, normal ?? {})).toContain('backout_plan')
    expect(requiredIn(scheduled, standard ?? {})).toEqual(['implementer', 'planned_start', 'planned_end', 'model'])
    expect(requiredIn(closed, { ...normal, outcome: 'successful' })).toEqual(['outcome', 'review_notes'])
    expect(requiredIn(closed, { ...normal, outcome: 'unsuccessful_backed_out' })).toContain('review')
    expect(requiredIn(closed, { ...emergency, outcome: 'successful' })).toContain('review')
  })
})
