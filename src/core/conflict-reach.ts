import { impactOf } from './impact.ts'
import { type GraphItem, type ImpactGraph, keyOf, type RedundantGroup } from './impact-graph.ts'
import type { PlannedChange } from './planned-change.ts'

/** How far a change reaches in the impact graph. Keys are `<type>/<id>`. */
export interface Reach {
  /** What it changes itself: its items, or the services that it lists where it names no item. */
  readonly own: ReadonlySet<string>
  /** Its parents at any distance: what hangs on its own, and whether that fails with it. */
  readonly above: ReadonlyMap<string, 'down' | 'degraded'>
  /** Its children at any distance: what its own hang on. */
  readonly below: ReadonlySet<string>
  /** Redundant groups of which it takes members out without breaking them: how many more may be missing. */
  readonly strained: ReadonlyMap<RedundantGroup, number>
}

/** The reach of a change, in time proportional to the graph. */
export function reachOf({ cis, services }: PlannedChange, graph: ImpactGraph): Reach {
  const starts: readonly GraphItem[] =
    cis.length > 0 ? cis.map((id) => ({ type: 'ci', id })) : services.map((id) => ({ type: 'service', id }))
  const own = new Set(starts.map(keyOf))
  const above = new Map<string, 'down' | 'degraded'>()
  const failing: string[] = []
  for (const { effect, ...item } of impactOf(graph, starts)) {
    const key = keyOf(item)
    if (!own.has(key)) above.set(key, effect)
    if (effect === 'down') failing.push(key)
  }
  return { own, above, below: belowOf(own, graph), strained: strainedBy(failing, graph) }
}

function belowOf(own: ReadonlySet<string>, { nodes }: ImpactGraph): ReadonlySet<string> {
  const below = new Set<string>()
  const queue = [...own]
  // The queue grows while it is read.
  for (const key of queue) {
    for (const { on } of nodes.get(key)?.dependencies ?? []) {
      if (own.has(on) || below.has(on)) continue
      below.add(on)
      queue.push(on)
    }
  }
  return below
}

function strainedBy(failing: readonly string[], { nodes }: ImpactGraph): ReadonlyMap<RedundantGroup, number> {
  const down = new Set(failing)
  const spare = new Map<RedundantGroup, number>()
  for (const key of failing) {
    for (const { group } of nodes.get(key)?.dependants ?? []) {
      if (!group || spare.has(group)) continue
      const left = group.items.filter((item) => nodes.get(item)?.inService && !down.has(item)).length
      if (left >= group.members) spare.set(group, left - group.members)
    }
  }
  return spare
}
