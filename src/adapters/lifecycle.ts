import { Fault } from '../core/fault.ts'
import type { Birth, Lifecycle, State, Transition } from '../core/lifecycle.ts'
import { nearest } from '../core/nearest.ts'
import { type Data, isData, listAt, textAt, textsAt } from '../core/record.ts'

/**
 * The lifecycle that the data of a `lifecycle.yaml` describes. Throws a `Fault` where it contradicts itself: a step or
 * birth that names an unknown state, a way out of a final state, one step told twice. The shape is the meta-schema's
 * business.
 */
export function lifecycleOf(file: string, data: Data): Lifecycle {
  const states = new Map(
    Object.entries(isData(data['states']) ? data['states'] : {}).map(([name, state]) => [name, stateOf(name, state)]),
  )
  const initial = listAt(data, 'initial').filter(isData).map(birthOf)
  const transitions = listAt(data, 'transitions').filter(isData).flatMap(transitionsOf)
  for (const state of [...initial.map((birth) => birth.state), ...transitions.flatMap(({ from, to }) => [from, to])]) {
    if (states.has(state)) continue
    const guess = nearest(state, states.keys())
    throw new Fault(`${file} names the state ${state}, which is not among its states`, {
      cure: guess ? `Write ${guess}, or add ${state} to states` : `Add ${state} to states`,
    })
  }
  const told = new Set<string>()
  for (const { from, to } of transitions) {
    if (states.get(from)?.final) {
      throw new Fault(`${file} leads from the final state ${from} to ${to}`, {
        cure: `Remove the transition, or \`final\` from ${from}`,
      })
    }
    if (told.has(`${from} ${to}`)) {
      throw new Fault(`${file} tells the step from ${from} to ${to} twice`, { cure: 'Keep one of the two transitions' })
    }
    told.add(`${from} ${to}`)
  }
  return { initial, states, transitions }
}

function stateOf(name: string, data: unknown): State {
  const state = isData(data) ? data : {}
  return {
    name,
    description: textAt(state, 'description') ?? '',
    final: state['final'] === true,
    immutable: state['immutable'] === true,
    requires: textsAt(state, 'requires'),
    reauthorise: textsAt(state, 'reauthorise'),
  }
}

function birthOf(data: Data): Birth {
  return { state: textAt(data, 'state') ?? '', requires: textsAt(data, 'requires'), ...guardOf(data) }
}

function transitionsOf(data: Data): readonly Transition[] {
  const to = textAt(data, 'to') ?? ''
  return textsAt(data, 'from').map((from) => ({ from, to, requires: textsAt(data, 'requires'), ...guardOf(data) }))
}

function guardOf(data: Data): { guard: string } | Record<never, never> {
  const guard = textAt(data, 'guard')
  return guard === undefined ? {} : { guard }
}
