import type { Rulebook } from '../facts.ts'
import type { Change } from '../record.ts'
import { textAt } from '../record.ts'
import { isSame } from '../same.ts'
import { authorisedStates } from './authorised-state.ts'

/** What a deployment is cleared for: these services and items, at this time. */
const cleared: readonly string[] = ['services', 'cis', 'planned_start', 'planned_end']

/**
 * What an edit changed of that for which a change clears deployments after it was authorised, though its lifecycle asks
 * nobody again (`reauthorise`), in words.
 */
export function unaskedEdit(change: Change, { types }: Rulebook): string | undefined {
  if (change.kind !== 'edited') return undefined
  const { before, after } = change
  const lifecycle = types.get(before.type)?.lifecycle
  const state = textAt(before.data, 'state') ?? ''
  if (!lifecycle || !authorisedStates(lifecycle).has(state)) return undefined
  const asks = lifecycle.states.get(state)?.reauthorise ?? []
  const fields = cleared.filter((field) => !asks.includes(field) && !isSame(before.data[field], after.data[field]))
  return fields.length === 0 ? undefined : `${fields.join(', ')} edited while ${state}`
}
