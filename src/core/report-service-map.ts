import { compare } from './diagnostic.ts'
import { type ImpactGraph, type ImpactNode, impactGraph } from './impact-graph.ts'
import type { Diagram } from './mermaid/diagram.ts'
import { type Flowchart, type FlowEdge, type FlowNode, flowcharts } from './mermaid/flowchart.ts'
import { type RecordDoc, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'

/** The map of the services, and of what each of them rests on. */
export interface ServiceMap {
  /** The services by what they need of each other. */
  readonly overview: readonly Diagram[]
  /** One for each service that items deliver: those with the most incidents first. */
  readonly services: readonly {
    readonly title: string
    readonly items: number
    readonly diagrams: readonly Diagram[]
  }[]
  /** Services that items deliver and that have no diagram of their own here. */
  readonly servicesMore: number
}

/** Services that get a diagram of what they rest on. */
const mostServices = 12

/**
 * Draws the services and items of the tree. Critical ones (tier 1, or criticality critical) have a thick red edge; what
 * is not in service is grey; an arrow leads from what needs to what is needed, a dashed one where some of a group are
 * enough.
 */
export function serviceMap(facts: ReportFacts, incidents: ReadonlyMap<string, number>): ServiceMap {
  const graph = impactGraph(facts.tree)
  const nodes = [...graph.nodes.values()].toSorted((a, b) => compare(a.key, b.key))
  const services = nodes.filter(({ type }) => type === 'service')
  const delivered = services.filter(({ dependencies }) => dependencies.some(({ kind }) => kind === 'delivers'))
  const ranked = delivered.toSorted(
    (a, b) => (incidents.get(b.key) ?? 0) - (incidents.get(a.key) ?? 0) || compare(a.key, b.key),
  )
  return {
    overview: flowcharts(chartOf('Services', services)),
    services: ranked.slice(0, mostServices).map((service) => {
      const reached = below(graph, service)
      const title = nameOf(service.record)
      return {
        title,
        items: reached.filter(({ type }) => type === 'ci').length,
        diagrams: flowcharts(chartOf(title, reached)),
      }
    }),
    servicesMore: Math.max(0, ranked.length - mostServices),
  }
}

/** A service, the services that it needs itself, and every item that it rests on. */
function below(graph: ImpactGraph, service: ImpactNode): readonly ImpactNode[] {
  const found = new Map([[service.key, service]])
  // The map grows while it is read.
  for (const node of found.values()) {
    for (const { on } of needsOf(node)) {
      const next = graph.nodes.get(on)
      if (next && (node === service || next.type === 'ci') && (node === service || node.type === 'ci')) {
        found.set(on, next)
      }
    }
  }
  return [...found.values()]
}

/** What a node needs, in the same order whatever the order of the records. */
function needsOf({ dependencies }: ImpactNode): ImpactNode['dependencies'] {
  return dependencies.toSorted(
    (a, b) => compare(a.on, b.on) || compare(a.dependant, b.dependant) || compare(a.kind, b.kind),
  )
}

function chartOf(title: string, nodes: readonly ImpactNode[]): Flowchart {
  return {
    title,
    direction: 'LR',
    nodes: nodes.map(nodeOf),
    edges: nodes.flatMap((node) =>
      needsOf(node).map(
        ({ dependant, on, kind }): FlowEdge => ({
          from: dependant,
          to: on,
          look: kind === 'redundant' ? 'dashed' : 'solid',
        }),
      ),
    ),
  }
}

function nodeOf({ key, type, record, inService }: ImpactNode): FlowNode {
  const kind = textAt(record.data, 'class')
  return {
    key,
    label: [nameOf(record), ...(type === 'ci' && kind !== undefined ? [kind.replaceAll('_', ' ')] : [])],
    shape: type === 'service' ? 'round' : 'box',
    look: isCritical(record) ? 'critical' : inService ? 'usual' : 'faint',
  }
}

/** Whether the business stops without a service, or an item is marked as critical. */
export function isCritical({ type, data }: RecordDoc): boolean {
  return type === 'service' ? data['tier'] === 1 : textAt(data, 'criticality') === 'critical'
}

function nameOf({ id, data }: RecordDoc): string {
  return textAt(data, 'title') || id
}
