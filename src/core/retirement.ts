import type { Facts } from './facts.ts'
import { type GraphItem, type ImpactGraph, type ImpactNode, isGone, keyOf } from './impact-graph.ts'
import { type RecordDoc, textAt } from './record.ts'
import { type Referrer, referrers } from './reference.ts'

/** What would have nothing left to do, or nothing left to stand on, once an item is retired. */
export interface Orphan extends GraphItem {
  /** `unused`: nothing would depend on it any more. `undelivered`: no item would help to deliver the service. */
  readonly why: 'unused' | 'undelivered'
}

/**
 * The items that nothing would use any more after some are retired, and the services that nothing would deliver; each
 * step of the way, so that a whole branch of a graph shows. What nothing used before is left out.
 */
export function orphansOf({ nodes }: ImpactGraph, retired: Iterable<GraphItem>): readonly Orphan[] {
  const going = Array.from(retired, keyOf).flatMap((key) => nodes.get(key) ?? [])
  const gone = new Set(going.map(({ key }) => key))
  const first = gone.size
  for (const { dependencies } of going) {
    for (const { on } of dependencies) {
      const node = nodes.get(on)
      if (!node || gone.has(on) || node.type === 'service') continue
      if (!node.dependants.every(({ dependant }) => gone.has(dependant))) continue
      gone.add(on)
      going.push(node)
    }
  }
  const unused = going.slice(first).map(({ type, id }): Orphan => ({ type, id, why: 'unused' }))
  const served = going.flatMap(({ dependants }) => dependants).filter(({ kind }) => kind === 'delivers')
  const undelivered = [...new Set(served.map(({ dependant }) => dependant))]
    .flatMap((key) => nodes.get(key) ?? [])
    .filter((node) => !gone.has(node.key) && itemsOf(node).every((on) => gone.has(on)))
    .map(({ type, id }): Orphan => ({ type, id, why: 'undelivered' }))
  return [...unused, ...undelivered]
}

function itemsOf({ dependencies }: ImpactNode): readonly string[] {
  return dependencies.filter(({ kind }) => kind === 'delivers').map(({ on }) => on)
}

/**
 * The references that stand against retiring services or items, by `<type>/<id>`: open work about them, and services,
 * items and agreements in force that name them. What is over, and what has no states, does not count; nor does a change
 * that is being implemented, because retiring may be what it does.
 */
export function standingAgainst(
  { rulebook, records }: Pick<Facts, 'rulebook' | 'records'>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly Referrer[]> {
  return referrers(
    rulebook,
    records.all.filter((record) => isOpen(record, rulebook)),
    wanted,
  )
}

/** States of work that is done, or about to do it, though the record lives on. */
const done: ReadonlySet<string> = new Set([
  'resolved',
  'fulfilled',
  'implement',
  'review',
  'published',
  'pending_retirement',
])

function isOpen({ type, data }: RecordDoc, rulebook: Facts['rulebook']): boolean {
  const known = rulebook.types.get(type)
  const state = known?.lifecycle?.states.get(textAt(data, 'state') ?? '')
  if (!state || state.final || isGone(data)) return false
  return known?.prefix === undefined || !done.has(state.name)
}
