import type { Rulebook } from '../facts.ts'
import { type Birth, birth, type Lifecycle, type Transition, transition } from '../lifecycle.ts'
import type { Route } from '../place.ts'
import { type Change, textAt, valueAt } from '../record.ts'
import { isSame } from '../same.ts'
import { stepRoute } from '../step-fields.ts'
import { stepsOf } from '../steps.ts'
import { ratifiedCommits } from './ratification.ts'

/** Why a change of a record asks for approval, and which state that is about. */
export interface Occasion {
  readonly reason: string
  readonly route: Route
  readonly states: readonly string[]
  /** Whether it is about an approval that follows, which cannot follow once more. */
  readonly ratifies?: true
}

/**
 * What in a change of a record asks the policy of its type: each step or birth with `guard: approval`, each edit of a
 * field that its state says to `reauthorise`, and each commit that is to be ratified; for a configuration record whose
 * lifecycle guards nothing, any edit.
 */
export function occasionsOf(change: Change, { types }: Rulebook): readonly Occasion[] {
  const { type } = change.kind === 'removed' ? change.before : change.after
  const recordType = types.get(type)
  const lifecycle = recordType?.lifecycle
  const guarded =
    lifecycle && [...lifecycle.initial, ...lifecycle.transitions].some(({ guard }) => guard === 'approval')
  if (recordType?.prefix === undefined && !guarded) return [anyEdit(change)]
  if (change.kind === 'removed' || !lifecycle) return []
  return [...guardedSteps(change, lifecycle), ...reauthorised(change, lifecycle), ...ratifications(change)]
}

function ratifications(change: Exclude<Change, { kind: 'removed' }>): readonly Occasion[] {
  const before = change.kind === 'edited' ? change.before.data : {}
  const state = textAt(change.after.data, 'state')
  return ratifiedCommits(before, change.after.data).map(({ commit, entry }) => ({
    reason: `ratification of ${commit.slice(0, 10)}`,
    route: ['log', entry, 'ratifies'],
    states: state === undefined ? [] : [state],
    ratifies: true,
  }))
}

/** The occasion of an edit that asks for approval whatever it does. */
export function anyEdit(change: Change): Occasion {
  if (change.kind === 'removed') return { reason: 'removed', route: [], states: [] }
  const state = textAt(change.after.data, 'state')
  const states = state === undefined ? [] : [state]
  if (change.kind === 'added') return { reason: 'added', route: ['id'], states }
  const edited = editedFields(change)
  const [first] = edited.filter((field) => field in change.after.data)
  return { reason: `${edited.join(', ')} edited`, route: first === undefined ? ['id'] : [first], states }
}

/** The top-level fields that an edit changes; none where the record is added or removed. */
export function editedFields(change: Change): readonly string[] {
  if (change.kind !== 'edited') return []
  const [before, after] = [change.before.data, change.after.data]
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return fields.filter((field) => !isSame(before[field], after[field]))
}

function guardedSteps(change: Exclude<Change, { kind: 'removed' }>, lifecycle: Lifecycle): readonly Occasion[] {
  const before = change.kind === 'edited' ? change.before.data : undefined
  let from = before && textAt(before, 'state')
  return stepsOf(before, change.after.data).flatMap((step): readonly Occasion[] => {
    const taken: Birth | Transition | undefined =
      from === undefined
        ? birth(lifecycle, step.state, change.after.data)
        : transition(lifecycle, from, step.state, change.after.data)
    const reason = from === undefined ? `born ${step.state}` : `${from} → ${step.state}`
    from = step.state
    return taken?.guard === 'approval' ? [{ reason, route: stepRoute(step), states: [step.state] }] : []
  })
}

function reauthorised(change: Exclude<Change, { kind: 'removed' }>, lifecycle: Lifecycle): readonly Occasion[] {
  if (change.kind !== 'edited') return []
  const [before, after] = [change.before.data, change.after.data]
  const state = textAt(before, 'state') ?? ''
  const fields = (lifecycle.states.get(state)?.reauthorise ?? []).filter((path) => {
    const route = path.split('.')
    return !isSame(valueAt(before, route), valueAt(after, route))
  })
  const [first] = fields
  if (first === undefined) return []
  const top = first.split('.')[0] ?? first
  const route = top in after ? [top] : ['state']
  return [{ reason: `${fields.join(', ')} edited while ${state}`, route, states: [textAt(after, 'state') ?? state] }]
}
