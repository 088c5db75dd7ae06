import type { Lifecycle } from './lifecycle.ts'
import { type When, whenText } from './lifecycle-when.ts'

/**
 * A lifecycle as a Mermaid state diagram: births from the start, final states to the end, each step with the fields
 * that it requires. Names of states and fields are snake_case, so none of them can break out of the diagram.
 */
export function lifecycleDiagram({ initial, states, transitions }: Lifecycle): string {
  const lines = [
    ...initial.map(({ state, requires, guard, when }) => edge('[*]', state, labelOf(requires, guard, when))),
    ...transitions.map(({ from, to, requires, guard, when }) => edge(from, to, labelOf(requires, guard, when))),
    ...[...states.values()].filter(({ final }) => final).map(({ name }) => edge(name, '[*]', '')),
  ]
  return `stateDiagram-v2\n${[...new Set(lines)].map((line) => `  ${line}\n`).join('')}`
}

function edge(from: string, to: string, label: string): string {
  return `${from} --> ${to}${label === '' ? '' : ` : ${label}`}`
}

function labelOf(requires: readonly string[], guard: string | undefined, when: When | undefined): string {
  return [...(when ? [`if ${whenText(when)}`] : []), ...requires, ...(guard === undefined ? [] : [guard])].join(', ')
}
