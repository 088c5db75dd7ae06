import type { Lifecycle } from '../lifecycle.ts'

/**
 * The states in which a record has been authorised and is not over: those that no way leads to but through a step or
 * birth with `guard: approval`. None where the lifecycle guards nothing.
 */
export function authorisedStates({ initial, states, transitions }: Lifecycle): ReadonlySet<string> {
  const unguarded = new Set(initial.filter(({ guard }) => guard !== approval).map(({ state }) => state))
  // The set grows while it is read.
  for (const state of unguarded) {
    for (const { from, to, guard } of transitions) if (from === state && guard !== approval) unguarded.add(to)
  }
  return new Set(
    [...states.values()].filter(({ name, final }) => !final && !unguarded.has(name)).map(({ name }) => name),
  )
}

const approval = 'approval'
