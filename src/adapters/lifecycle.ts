import { Fault } from '../core/fault.ts'
import type { Seconds } from '../core/instant.ts'
import type { Automatic, Birth, Lifecycle, State, Transition } from '../core/lifecycle.ts'
import { excludeEachOther, type When } from '../core/lifecycle-when.ts'
import { nearest } from '../core/nearest.ts'
import { type Data, isData, listAt, textAt, textsAt } from '../core/record.ts'

/**
 * The lifecycle that the data of a `lifecycle.yaml` describes. Throws a `Fault` where it contradicts itself: a step or
 * birth that names an unknown state, a way out of a final state, one step or birth told twice for a record. The shape
 * is the meta-schema's business.
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
  for (const [index, { from, to, when }] of transitions.entries()) {
    if (states.get(from)?.final) {
      throw new Fault(`${file} leads from the final state ${from} to ${to}`, {
        cure: `Remove the transition, or \`final\` from ${from}`,
      })
    }
    const twin = transitions.slice(0, index).find((other) => other.from === from && other.to === to)
    if (twin) refuseTwins(file, `the step from ${from} to ${to}`, twin.when, when)
  }
  for (const [index, { state, when }] of initial.entries()) {
    const twin = initial.slice(0, index).find((other) => other.state === state)
    if (twin) refuseTwins(file, `the birth in ${state}`, twin.when, when)
  }
  return { initial, states, transitions }
}

/** Two ways between the same states are told apart by `when`: no record may be able to take both. */
function refuseTwins(file: string, what: string, one: When | undefined, other: When | undefined): void {
  if (excludeEachOther(one, other)) return
  throw new Fault(`${file} tells ${what} twice`, {
    cure: 'Keep one of the two, or let `when` ask both for different values of one field',
  })
}

function stateOf(name: string, data: unknown): State {
  const state = isData(data) ? data : {}
  return {
    name,
    description: textAt(state, 'description') ?? '',
    final: state['final'] === true,
    immutable: state['immutable'] === true,
    requires: textsAt(state, 'requires'),
    ...(Array.isArray(state['cases']) && {
      cases: listAt(state, 'cases')
        .filter(isData)
        .map((each) => ({ when: whenOf(each['when']), requires: textsAt(each, 'requires') })),
    }),
    reauthorise: textsAt(state, 'reauthorise'),
    clears: textsAt(state, 'clears'),
  }
}

function birthOf(data: Data): Birth {
  return { state: textAt(data, 'state') ?? '', requires: textsAt(data, 'requires'), ...conditionsOf(data) }
}

function transitionsOf(data: Data): readonly Transition[] {
  const to = textAt(data, 'to') ?? ''
  const [within, after] = [daysAt(data, 'within'), daysAt(data, 'after')]
  return textsAt(data, 'from').map((from) => ({
    from,
    to,
    requires: textsAt(data, 'requires'),
    ...conditionsOf(data),
    ...(within !== undefined && { within }),
    ...(after !== undefined && { after }),
    ...(Array.isArray(data['clears']) && { clears: textsAt(data, 'clears') }),
    ...(isData(data['automatic']) && { automatic: automaticOf(data['automatic']) }),
  }))
}

function automaticOf(data: Data): Automatic {
  const [after, on] = [daysAt(data, 'after'), textAt(data, 'on')]
  const sets = Object.entries(isData(data['sets']) ? data['sets'] : {})
  return {
    note: textAt(data, 'note') ?? '',
    sets: Object.fromEntries(sets.map(([field, value]) => [field, String(value)])),
    ...(after !== undefined && { after }),
    ...('past' in data && { past: textsAt(data, 'past') }),
    ...(on !== undefined && { on }),
    ...(isData(data['when']) && { when: whenOf(data['when']) }),
  }
}

/** A number of days of 24 hours, in seconds. */
function daysAt(data: Data, field: string): Seconds | undefined {
  const [, days] = /^P(\d+)D$/.exec(textAt(data, field) ?? '') ?? []
  return days === undefined ? undefined : Number(days) * 86_400
}

function conditionsOf(data: Data): { readonly guard?: string; readonly when?: When } {
  const guard = textAt(data, 'guard')
  return { ...(guard !== undefined && { guard }), ...(isData(data['when']) && { when: whenOf(data['when']) }) }
}

function whenOf(data: unknown): When {
  const conditions = Object.entries(isData(data) ? data : {})
  return Object.fromEntries(conditions.map(([field, value]) => [field, Array.isArray(value) ? value : [value]]))
}
