import type { Lifecycle } from '../core/lifecycle.ts'
import { lifecycleDiagram } from '../core/lifecycle-diagram.ts'
import { cellText } from '../core/markdown.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** A lifecycle as JSON: births, states and steps, in the order of the file. */
export function lifecycleJson(type: string, { initial, states, transitions }: Lifecycle): string {
  return json({ type, initial, states: [...states.values()], transitions })
}

/** A lifecycle for people at a terminal: the states with what they mean and require, then births and steps. */
export function lifecycleText(type: string, lifecycle: Lifecycle, colour: boolean): string {
  const { bold, dim } = paint(colour)
  const states = [...lifecycle.states.values()].map(({ name, final, requires, description }) => [
    name,
    final ? 'final' : '',
    requires.join(', '),
    oneLine(description),
  ])
  const parts = [
    bold(type),
    columns([['state', '', 'requires', 'meaning'].map(dim), ...states]),
    columns([['step', 'requires', 'asks'].map(dim), ...stepRows(lifecycle)]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A lifecycle as a Markdown page: a diagram, and the tables that say the same. */
export function lifecycleMarkdown(type: string, lifecycle: Lifecycle): string {
  const states = [...lifecycle.states.values()].map(({ name, final, requires, description }) => [
    `\`${name}\`${final ? ' (final)' : ''}`,
    cellText(description, 300),
    requires.map((field) => `\`${field}\``).join(', ') || '–',
  ])
  const steps = stepRows(lifecycle).map((row) => row.map((cell) => cell || '–'))
  return [
    `# Lifecycle of ${type}\n`,
    `\`\`\`mermaid\n${lifecycleDiagram(lifecycle)}\`\`\`\n`,
    table(['State', 'Meaning', 'Requires'], states),
    table(['Step', 'Requires', 'Asks'], steps),
  ].join('\n')
}

function stepRows({ initial, transitions }: Lifecycle): readonly (readonly string[])[] {
  return [
    ...initial.map(({ state, requires, guard }) => [`born ${state}`, requires.join(', '), guard ?? '']),
    ...transitions.map(({ from, to, requires, guard }) => [`${from} → ${to}`, requires.join(', '), guard ?? '']),
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}
