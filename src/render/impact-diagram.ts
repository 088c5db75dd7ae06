import type { Effect, Touched } from '../core/impact.ts'
import { keyOf } from '../core/impact-graph.ts'
import { mermaidText } from '../core/markdown.ts'

/** A Mermaid diagram of how a failure spreads: services are round, what fails is drawn bold, what degrades dashed. */
export function impactDiagram(drawn: readonly Touched[], labelOf: (each: Touched) => string): string {
  const names = new Map(drawn.map((each, index) => [keyOf(each), `n${index}`]))
  const lines = drawn.flatMap((each) => {
    const name = names.get(keyOf(each)) ?? ''
    const label = mermaidText(labelOf(each))
    const box = each.type === 'service' ? `(["${label}"])` : `["${label}"]`
    const from = each.via && names.get(keyOf(each.via))
    return [`${name}${box}:::${each.effect}`, ...(from ? [`${from} ${arrow[each.effect]} ${name}`] : [])]
  })
  const styles = [
    'classDef down stroke:#b91c1c,stroke-width:3px',
    'classDef degraded stroke:#b45309,stroke-dasharray:4',
  ]
  return `\`\`\`mermaid\nflowchart LR\n${[...lines, ...styles].map((line) => `  ${line}\n`).join('')}\`\`\``
}

const arrow: Readonly<Record<Effect, string>> = { down: '==>', degraded: '-.->' }
