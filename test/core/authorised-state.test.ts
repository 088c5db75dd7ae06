import { describe, expect, test } from 'vitest'
import { authorisedStates } from '../../src/core/deployment/authorised-state.ts'
import type { Lifecycle } from '../../src/core/lifecycle.ts'
import { shipped } from '../support/shipped.ts'

/** A lifecycle of steps `from to`, with `!` behind those that ask for approval. */
function lifecycle(born: string, steps: string, final: readonly string[] = []): Lifecycle {
  const taken = steps.split(', ').map((step) => step.split(' '))
  const names = new Set([
    born.replace('!', ''),
    ...taken.flatMap(([from = '', to = '']) => [from, to.replace('!', '')]),
  ])
  const guard = (name: string) => (name.endsWith('!') ? { guard: 'approval' } : {})
  return {
    initial: [{ state: born.replace('!', ''), requires: [], ...guard(born) }],
    states: new Map(
      [...names].map((name) => [
        name,
        {
          ...{ name, description: '', immutable: false, final: final.includes(name) },
          requires: [],
          reauthorise: [],
          clears: [],
        },
      ]),
    ),
    transitions: taken.map(([from = '', to = '']) => ({ from, to: to.replace('!', ''), requires: [], ...guard(to) })),
  }
}

describe('the states in which a record is authorised', () => {
  test('are those behind an approval that are not final', () => {
    const states = authorisedStates(lifecycle('draft', 'draft ready, ready go!, go done', ['done']))
    expect([...states]).toEqual(['go'])
  })

  test('do not count where another way leads around the approval', () => {
    expect(authorisedStates(lifecycle('draft', 'draft go!, draft later, later go, go end')).size).toBe(0)
  })

  test('are none where nothing asks for approval', () => {
    expect(authorisedStates(lifecycle('draft', 'draft go, go done')).size).toBe(0)
  })

  test('may be the first ones, where a birth asks for approval', () => {
    expect([...authorisedStates(lifecycle('go!', 'go done'))]).toEqual(['go', 'done'])
  })

  test('of the changes that are shipped are scheduled, implement and review', () => {
    const change = shipped.rulebook.types.get('change')?.lifecycle
    expect(change && [...authorisedStates(change)]).toEqual(['scheduled', 'implement', 'review'])
  })
})
