import { mermaidText } from '../markdown.ts'
import { type Diagram, diagramLimits, partTitle } from './diagram.ts'

/** A thing in a flowchart. */
export interface FlowNode {
  /** Any text that is its own among the nodes. */
  readonly key: string
  /** Each line of its label. */
  readonly label: readonly string[]
  readonly shape: 'box' | 'round' | 'store' | 'hexagon'
  /** How it stands out: `critical` with a thick red edge, `warned` with a dashed one, `faint` in grey. */
  readonly look: 'usual' | 'critical' | 'warned' | 'faint'
}

/** An arrow from one thing to another. */
export interface FlowEdge {
  readonly from: string
  readonly to: string
  readonly look: 'solid' | 'thick' | 'dashed'
  readonly label?: string
}

/** What a flowchart shows. */
export interface Flowchart {
  readonly title: string
  /** From left to right, or from top to bottom. */
  readonly direction: 'LR' | 'TB'
  readonly nodes: readonly FlowNode[]
  /** Arrows from or to a key that no node has are left out. */
  readonly edges: readonly FlowEdge[]
}

/** More things than this in one picture are not read by anybody. */
const mostNodes = 60

/**
 * A flowchart as Mermaid diagrams: what hangs together stays together as far as the limits allow, the largest first; an
 * arrow between two parts is drawn in the first of them, with both its ends. Nothing is left out.
 */
export function flowcharts(
  { title, direction, nodes, edges }: Flowchart,
  most: number = mostNodes,
): readonly Diagram[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const drawn = edges.filter(({ from, to }) => byKey.has(from) && byKey.has(to))
  const groups = gathered(connected(nodes, drawn), most)
  const homes = new Map(groups.flatMap((keys, group) => keys.map((key) => [key, group] as const)))
  const home = ({ from, to }: FlowEdge): number => Math.min(homes.get(from) ?? 0, homes.get(to) ?? 0)
  const parts = groups.flatMap((keys, group) => {
    const mine = drawn.filter((edge) => home(edge) === group)
    return withinLimits(
      keys.flatMap((key) => byKey.get(key) ?? []),
      mine,
      byKey,
    )
  })
  return parts.map((part, index) => ({
    title: partTitle(title, index + 1, parts.length),
    source: sourceOf(direction, part.nodes, part.edges),
  }))
}

/** The keys that hang together, the largest group first, each in the order of the nodes. */
function connected(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): readonly (readonly string[])[] {
  const near = new Map<string, string[]>(nodes.map(({ key }) => [key, []]))
  for (const { from, to } of edges) {
    near.get(from)?.push(to)
    near.get(to)?.push(from)
  }
  const group = new Map<string, number>()
  const groups: string[][] = []
  for (const { key } of nodes) {
    if (group.has(key)) continue
    const keys: string[] = []
    const reached = [key]
    group.set(key, groups.length)
    for (let next = reached.shift(); next !== undefined; next = reached.shift()) {
      keys.push(next)
      for (const other of near.get(next) ?? []) {
        if (group.has(other)) continue
        group.set(other, groups.length)
        reached.push(other)
      }
    }
    groups.push(keys)
  }
  return groups.toSorted((a, b) => b.length - a.length)
}

/** Groups put together, or cut in pieces, so that none has more things than may be. */
function gathered(groups: readonly (readonly string[])[], most: number): readonly (readonly string[])[] {
  const parts: string[][] = []
  for (const group of groups) {
    const last = parts.at(-1)
    if (last && last.length + group.length <= most) last.push(...group)
    else for (let at = 0; at < group.length; at += most) parts.push(group.slice(at, at + most))
  }
  return parts
}

interface Part {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
}

/** Things and arrows in as few parts as the limits allow; each arrow brings both its ends along. */
function withinLimits(
  nodes: readonly FlowNode[],
  edges: readonly FlowEdge[],
  byKey: ReadonlyMap<string, FlowNode>,
): readonly Part[] {
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const lone = nodes.filter(({ key }) => !touched.has(key)).map((node) => ({ ends: [node], edge: [] }))
  const arrows = edges.map((edge) => ({
    ends: [edge.from, edge.to].flatMap((key) => byKey.get(key) ?? []),
    edge: [edge],
  }))
  const parts: { readonly nodes: Set<FlowNode>; readonly edges: FlowEdge[]; size: number }[] = []
  for (const { ends, edge } of [...arrows, ...lone]) {
    const sizeIn = (known: ReadonlySet<FlowNode>): number =>
      [...ends.filter((node) => !known.has(node)).map(nodeLine), ...edge.map(edgeLine)].join('').length + lineEnds
    let part = parts.at(-1)
    if (
      !part ||
      part.size + sizeIn(part.nodes) > diagramLimits.characters ||
      part.edges.length + edge.length > diagramLimits.edges
    ) {
      part = { nodes: new Set(), edges: [], size: 0 }
      parts.push(part)
    }
    part.size += sizeIn(part.nodes)
    for (const node of ends) part.nodes.add(node)
    part.edges.push(...edge)
  }
  return parts.map((part) => ({ nodes: [...part.nodes], edges: part.edges }))
}

/** Room for names, indents and line ends of three lines. */
const lineEnds = 60

const longestLabel = 60

function sourceOf(direction: string, nodes: readonly FlowNode[], edges: readonly FlowEdge[]): string {
  const names = new Map(nodes.map(({ key }, index) => [key, `n${index}`]))
  const looks = new Set<string>(nodes.map(({ look }) => look))
  const lines = [
    ...nodes.map((node) => `${names.get(node.key)}${nodeLine(node)}`),
    ...edges.map((edge) => `${names.get(edge.from)} ${edgeLine(edge)} ${names.get(edge.to)}`),
    ...Object.entries(styles).flatMap(([look, style]) => (looks.has(look) ? [`classDef ${look} ${style}`] : [])),
  ]
  return `flowchart ${direction}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

function nodeLine(node: FlowNode): string {
  return `${box(node)}${node.look === 'usual' ? '' : `:::${node.look}`}`
}

function edgeLine({ look, label }: FlowEdge): string {
  return `${arrows[look]}${label === undefined ? '' : `|"${mermaidText(cut(label))}"|`}`
}

function box({ label, shape }: FlowNode): string {
  const text = `"${label.map((line) => mermaidText(cut(line))).join('<br/>')}"`
  const [open, close] = shapes[shape]
  return `${open}${text}${close}`
}

function cut(text: string): string {
  const characters = Array.from(text)
  return characters.length > longestLabel ? `${characters.slice(0, longestLabel - 1).join('')}…` : text
}

const shapes: Readonly<Record<FlowNode['shape'], readonly [string, string]>> = {
  box: ['[', ']'],
  round: ['([', '])'],
  store: ['[(', ')]'],
  hexagon: ['{{', '}}'],
}

const arrows: Readonly<Record<FlowEdge['look'], string>> = { solid: '-->', thick: '==>', dashed: '-.->' }

/** Edges only, so that the words stay as readable as the theme makes them. */
const styles: Readonly<Record<string, string>> = {
  critical: 'stroke:#cf222e,stroke-width:3px',
  warned: 'stroke:#bc4c00,stroke-width:2px,stroke-dasharray:5',
  faint: 'stroke:#8b949e,stroke-dasharray:2',
}
