import {
  type Dependency,
  type GraphItem,
  type ImpactGraph,
  type ImpactNode,
  keyOf,
  type RedundantGroup,
} from './impact-graph.ts'
import { textAt } from './record.ts'

/** What becomes of an item when others fail: it fails too, or works worse or with less in reserve. */
export type Effect = 'down' | 'degraded'

/** A service or configuration item that a failure reaches. */
export interface Touched extends GraphItem {
  /** Steps from the nearest start that the failure comes from; 0 for the starts themselves. */
  readonly depth: number
  readonly effect: Effect
  /** The item one step nearer to the start through which the failure comes; absent for the starts. */
  readonly via?: GraphItem
}

/**
 * What fails or degrades when the starts fail all at once, the starts included; by depth, and within a depth in the
 * order in which the failure spreads. Starts that the graph does not know are left out.
 *
 * - What needs a failed item fails.
 * - What has it in a redundant group fails when fewer members than it needs are left in service, and degrades before.
 * - A service fails with an item that helps to deliver it, but only degrades while every redundant group that the item
 *   belongs to still holds, and with items of low criticality.
 * - What hangs on something degraded degrades.
 *
 * Takes time in proportion to the size of the graph.
 */
export function impactOf(graph: ImpactGraph, starts: Iterable<GraphItem>): readonly Touched[] {
  const first = [...new Set(Array.from(starts, keyOf))].flatMap((key) => graph.nodes.get(key) ?? [])
  return spread(graph, first, failureOf(graph, first))
}

/**
 * What a record about items and services is taken to put at risk: its items, and those services that it names and that
 * the items do not reach by themselves.
 */
export function startsAmong(
  graph: ImpactGraph,
  { cis, services }: { readonly cis: readonly string[]; readonly services: readonly string[] },
): readonly GraphItem[] {
  const items = cis.map((id): GraphItem => ({ type: 'ci', id }))
  const reached = new Set(impactOf(graph, items).map(keyOf))
  const others = services.map((id): GraphItem => ({ type: 'service', id }))
  return [...items, ...others.filter((service) => !reached.has(keyOf(service)))]
}

/** Everything that fails, before anything is told of depth. */
interface Failure {
  /** Keys of what is down. */
  readonly down: ReadonlySet<string>
  /** Groups with fewer members left than their dependant needs. */
  readonly broken: ReadonlySet<RedundantGroup>
  /** Keys of the items that take the services they deliver down with them. */
  readonly fatal: ReadonlySet<string>
}

function failureOf({ nodes }: ImpactGraph, starts: readonly ImpactNode[]): Failure {
  const [down, broken, fatal] = [new Set<string>(), new Set<RedundantGroup>(), new Set<string>()]
  const left = new Map<RedundantGroup, number>()
  const queue: ImpactNode[] = []
  const fails = (key: string): void => {
    const node = nodes.get(key)
    if (!node || down.has(key)) return
    down.add(key)
    queue.push(node)
  }
  const takesServices = (node: ImpactNode | undefined): void => {
    if (!node || fatal.has(node.key) || textAt(node.record.data, 'criticality') === 'low') return
    fatal.add(node.key)
    for (const { kind, dependant } of node.dependants) if (kind === 'delivers') fails(dependant)
  }
  for (const { key } of starts) fails(key)
  // The queue grows while it is read.
  for (const node of queue) {
    let isRedundant = false
    for (const { kind, group, dependant } of node.dependants) {
      if (kind === 'needs') fails(dependant)
      if (!group) continue
      isRedundant = true
      if (broken.has(group)) {
        takesServices(node)
        continue
      }
      const before = left.get(group) ?? group.items.filter((key) => nodes.get(key)?.inService).length
      const remaining = node.inService ? before - 1 : before
      left.set(group, remaining)
      if (remaining >= group.members) continue
      broken.add(group)
      fails(dependant)
      for (const key of group.items) if (down.has(key)) takesServices(nodes.get(key))
    }
    if (!isRedundant) takesServices(node)
  }
  return { down, broken, fatal }
}

/** Whether what becomes of an item passes to a dependant as failure; otherwise the dependant degrades. */
function carries({ kind, on, group }: Dependency, { down, broken, fatal }: Failure): boolean {
  if (!down.has(on)) return false
  return kind === 'needs' || (group ? broken.has(group) : fatal.has(on))
}

/** Walks level by level: first along what carries the failure, then from everything down to what only degrades. */
function spread({ nodes }: ImpactGraph, starts: readonly ImpactNode[], failure: Failure): readonly Touched[] {
  const touched = new Map<string, Touched>()
  for (const { key, type, id } of starts) touched.set(key, { type, id, depth: 0, effect: 'down' })
  const walk = (effect: Effect): void => {
    const levels: string[][] = []
    const wait = (depth: number, key: string): void => {
      const level = levels[depth]
      if (level) level.push(key)
      else levels[depth] = [key]
    }
    for (const [key, { depth }] of touched) wait(depth, key)
    for (let depth = 0; depth < levels.length; depth++) {
      for (const key of levels[depth] ?? []) {
        const node = nodes.get(key)
        for (const dependency of node?.dependants ?? []) {
          const next = nodes.get(dependency.dependant)
          if (!node || !next || touched.has(next.key)) continue
          if (effect === 'down' && !carries(dependency, failure)) continue
          const via = { type: node.type, id: node.id }
          touched.set(next.key, { type: next.type, id: next.id, depth: depth + 1, effect, via })
          wait(depth + 1, next.key)
        }
      }
    }
  }
  walk('down')
  walk('degraded')
  return [...touched.values()].toSorted((a, b) => a.depth - b.depth)
}
