import type { RecordIndex } from './facts.ts'
import { type Data, isData, listAt, type RecordDoc, textAt, textsAt } from './record.ts'

/** A service or a configuration item, by its name. */
export interface GraphItem {
  readonly type: 'ci' | 'service'
  readonly id: string
}

/** The items of which a dependant needs at least some (`at_least`). */
export interface RedundantGroup {
  readonly name: string
  /** How many must work. */
  readonly members: number
  /** Keys of all items of the group that take part in the graph. */
  readonly items: readonly string[]
}

/** One item hangs on another. Keys are `<type>/<id>`. */
export interface Dependency {
  readonly dependant: string
  readonly on: string
  /**
   * `needs`: the dependant cannot do without it. `redundant`: it is one of a group of which some must work. `delivers`:
   * a configuration item helps to deliver a service.
   */
  readonly kind: 'needs' | 'redundant' | 'delivers'
  /** Of a redundant dependency only. */
  readonly group?: RedundantGroup
}

/** A service or configuration item with what it hangs on and what hangs on it. */
export interface ImpactNode extends GraphItem {
  readonly key: string
  readonly record: RecordDoc
  /** Whether it carries load now; items being built or maintained do not count as members that are left. */
  readonly inService: boolean
  readonly dependencies: readonly Dependency[]
  readonly dependants: readonly Dependency[]
}

/** Services and configuration items with their dependencies. What is retired or disposed of takes no part. */
export interface ImpactGraph {
  /** By `<type>/<id>`. */
  readonly nodes: ReadonlyMap<string, ImpactNode>
}

/** The key under which the graph knows an item: `<type>/<id>`. */
export function keyOf({ type, id }: GraphItem): string {
  return `${type}/${id}`
}

/** Whether a record stands for something that is no longer there, as its state says. */
export function isGone(data: Data): boolean {
  return gone.has(textAt(data, 'state') ?? '')
}

const gone: ReadonlySet<string> = new Set(['retired', 'disposed'])
const idle: ReadonlySet<string> = new Set(['planned', 'pipeline', 'build', 'test', 'maintenance'])

interface Draft extends ImpactNode {
  readonly dependencies: Dependency[]
  readonly dependants: Dependency[]
}

/**
 * The graph over the services and configuration items of a tree: services depend on services, items on items (alone or
 * as a redundant group), and services on the items that help to deliver them. References to what is not there, or is
 * retired, are left out. Takes time in proportion to the number of items and dependencies.
 */
export function impactGraph(records: RecordIndex): ImpactGraph {
  const [services, items] = [records.ofType('service'), records.ofType('ci')]
  const before = graphs.get(items)
  if (before?.services === services) return before.graph
  const graph = graphOver(records)
  graphs.set(items, { services, graph })
  return graph
}

/** The graphs over lists of records, by the list of items: lists never change, and most commits leave these alone. */
const graphs = new WeakMap<
  readonly RecordDoc[],
  { readonly services: readonly RecordDoc[]; readonly graph: ImpactGraph }
>()

function graphOver(records: RecordIndex): ImpactGraph {
  const nodes = new Map<string, Draft>()
  for (const type of ['service', 'ci'] as const) {
    for (const record of records.ofType(type)) {
      const key = keyOf({ type, id: record.id })
      if (isGone(record.data) || nodes.has(key)) continue
      const inService = !idle.has(textAt(record.data, 'state') ?? '')
      nodes.set(key, { type, id: record.id, key, record, inService, dependencies: [], dependants: [] })
    }
  }
  for (const node of nodes.values()) {
    for (const dependency of dependenciesOf(node, nodes)) {
      nodes.get(dependency.dependant)?.dependencies.push(dependency)
      nodes.get(dependency.on)?.dependants.push(dependency)
    }
  }
  return { nodes }
}

/** What the record of a node says of dependencies; each is told once. */
function dependenciesOf({ type, key, record }: ImpactNode, nodes: ReadonlyMap<string, unknown>): readonly Dependency[] {
  const known = (of: GraphItem['type'], ids: readonly string[]): readonly string[] =>
    [...new Set(ids.map((id) => keyOf({ type: of, id })))].filter((other) => other !== key && nodes.has(other))
  if (type === 'service') {
    const needed = known('service', textsAt(record.data, 'depends_on'))
    return needed.map((on) => ({ dependant: key, on, kind: 'needs' }))
  }
  const stated = listAt(record.data, 'depends_on').filter(isData)
  const alone = stated.filter((each) => !isData(each['at_least'])).flatMap((each) => textAt(each, 'ci') ?? [])
  const delivered = known('service', textsAt(record.data, 'services'))
  return [
    ...known('ci', alone).map((on): Dependency => ({ dependant: key, on, kind: 'needs' })),
    ...groupsOf(stated, known).flatMap((group) =>
      group.items.map((on): Dependency => ({ dependant: key, on, kind: 'redundant', group })),
    ),
    ...delivered.map((dependant): Dependency => ({ dependant, on: key, kind: 'delivers' })),
  ]
}

/** The redundant groups among the dependencies of an item. Where members disagree, the greatest number counts. */
function groupsOf(
  stated: readonly Data[],
  known: (type: 'ci', ids: readonly string[]) => readonly string[],
): readonly RedundantGroup[] {
  const groups = new Map<string, { members: number; ids: string[] }>()
  for (const { ci, at_least: atLeast } of stated) {
    const name = isData(atLeast) ? textAt(atLeast, 'group') : undefined
    if (!isData(atLeast) || name === undefined || typeof ci !== 'string') continue
    const members = typeof atLeast['members'] === 'number' ? atLeast['members'] : 1
    const group = groups.get(name) ?? { members, ids: [] }
    groups.set(name, { members: Math.max(group.members, members), ids: [...group.ids, ci] })
  }
  return [...groups].map(([name, { members, ids }]) => ({ name, members, items: known('ci', ids) }))
}
