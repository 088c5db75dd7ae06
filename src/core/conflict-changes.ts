import { type Conflict, type ConflictKind, someOf } from './conflict.ts'
import type { Reach } from './conflict-reach.ts'
import type { ImpactGraph } from './impact-graph.ts'
import type { PlannedChange } from './planned-change.ts'

/** How two changes collide whenever they happen at the same time. */
export type Collision = Pick<Conflict, 'kind' | 'over' | 'blocks' | 'because'>

/**
 * How a change and another one collide if their times overlap: over the same items, else over items that hang on each
 * other at any distance, through the person who implements both, or, where nothing is nearer, through services.
 */
export function collisionsOf(
  change: PlannedChange,
  reach: Reach,
  other: PlannedChange,
  graph: ImpactGraph,
): readonly Collision[] {
  const keys = other.cis.length > 0 ? other.cis.map((id) => `ci/${id}`) : other.services.map((id) => `service/${id}`)
  const byKind = (kind: ConflictKind, related: (key: string) => boolean, because: (ids: string) => string) => {
    const over = keys.filter(related).map(idOf)
    return over.length === 0 ? [] : [{ kind, over, blocks: true, because: because(someOf(over)) }]
  }
  const isItem = (key: string): boolean => key.startsWith('ci/')
  const same = byKind(
    'ci_already_scheduled',
    (key) => isItem(key) && reach.own.has(key),
    (ids) => `${other.id} changes ${ids} at the same time`,
  )
  const near: readonly Collision[] =
    same.length > 0
      ? same
      : [
          ...byKind(
            'parent_ci_already_scheduled',
            (key) => isItem(key) && reach.above.has(key),
            (ids) => `${other.id} changes ${ids} at the same time, which ${hangs(ids)} on what ${change.id} changes`,
          ),
          ...byKind(
            'child_ci_already_scheduled',
            (key) => isItem(key) && reach.below.has(key),
            (ids) => `${other.id} changes ${ids} at the same time, on which hangs what ${change.id} changes`,
          ),
        ]
  return [...near, ...byPerson(change, other), ...(near.length > 0 ? [] : byService(change, reach, other, graph))]
}

function hangs(ids: string): string {
  return / and /.test(ids) ? 'hang' : 'hangs'
}

function byPerson({ implementer, person }: PlannedChange, other: PlannedChange): readonly Collision[] {
  if (implementer === undefined || person !== other.person) return []
  const because = `${implementer} implements ${other.id} at the same time`
  return [{ kind: 'implementer_already_scheduled', over: [implementer], blocks: true, because }]
}

function byService(
  change: PlannedChange,
  reach: Reach,
  other: PlannedChange,
  graph: ImpactGraph,
): readonly Collision[] {
  const kind = 'related_services'
  const broken = brokenTogether(reach, other, graph)
  if (broken) return [{ kind, blocks: true, ...broken }]
  const shared = [...other.affected].filter((id) => change.affected.has(id))
  if (shared.length > 0) {
    const reason = whyBlocks(change, other)
    const how = reason ?? 'without touching the same items'
    const because = `${other.id} works on ${someOf(shared)} at the same time, ${how}`
    return [{ kind, over: shared, blocks: reason !== undefined, because }]
  }
  const related = [...other.affected].filter((id) => touches(reach, `service/${id}`))
  if (related.length === 0) return []
  const because = `${other.id} works at the same time on ${someOf(related)}, which ${change.id} reaches through other services`
  return [{ kind, over: related, blocks: false, because }]
}

/** Why two changes of one service cannot happen together though they share no item. */
function whyBlocks(change: PlannedChange, other: PlannedChange): string | undefined {
  if (change.outage || other.outage) return 'and one of the two takes it out'
  const vague = [change, other].find(({ cis }) => cis.length === 0)
  return vague && `and ${vague.id} names no items of it`
}

function touches({ own, above, below }: Reach, key: string): boolean {
  return own.has(key) || above.has(key) || below.has(key)
}

/** The redundant group that holds while either change happens, and not while both do. */
function brokenTogether(
  { strained }: Reach,
  other: PlannedChange,
  { nodes }: ImpactGraph,
): Pick<Collision, 'over' | 'because'> | undefined {
  if (strained.size === 0) return undefined
  const taken = new Map<string, string[]>()
  for (const ci of other.cis) {
    const node = nodes.get(`ci/${ci}`)
    if (!node?.inService) continue
    for (const { group, dependant } of node.dependants) {
      const spare = group && strained.get(group)
      if (!group || spare === undefined) continue
      const key = `${dependant} ${group.name}`
      const members = taken.get(key)
      const out = members ? [...members, ci] : [ci]
      taken.set(key, out)
      if (out.length <= spare) continue
      const because = `${other.id} takes ${someOf(out)} at the same time, and then fewer than ${group.members} of the group ${group.name} are left for ${idOf(dependant)}`
      return { over: out, because }
    }
  }
  return undefined
}

function idOf(key: string): string {
  return key.slice(key.indexOf('/') + 1)
}
