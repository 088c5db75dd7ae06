/** A Mermaid diagram that keeps within the limits of GitHub. */
export interface Diagram {
  /** What it shows; with `(1 of 3)` where the whole did not fit into one. */
  readonly title: string
  /** Its source, without the fence around it. */
  readonly source: string
}

/** What GitHub draws: beyond it Mermaid refuses. A little is kept for what stands around. */
export const diagramLimits = { characters: 48_000, edges: 480 } as const

/** A diagram in its fence. Only the kinds that GitHub draws are known, and nothing in the source can end the fence. */
export function diagramBlock({ source }: Pick<Diagram, 'source'>): string {
  if (!/^(?:flowchart|gantt|stateDiagram-v2|pie|sequenceDiagram|timeline)\b/.test(source) || source.includes('```')) {
    throw new TypeError('this is no source of a diagram')
  }
  return `\`\`\`mermaid\n${source.trimEnd()}\n\`\`\``
}

/** The title of each part: as it is for the only one, else with its place among the others. */
export function partTitle(title: string, part: number, parts: number): string {
  return parts === 1 ? title : `${title} (${part} of ${parts})`
}
