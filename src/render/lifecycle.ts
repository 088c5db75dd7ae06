import type { Birth, Lifecycle, State, Transition } from '../core/lifecycle.ts'
import { lifecycleDiagram } from '../core/lifecycle-diagram.ts'
import { whenText } from '../core/lifecycle-when.ts'
import { cellText } from '../core/markdown.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** A lifecycle as JSON: births, states and steps, in the order of the file. */
export function lifecycleJson(type: string, { initial, states, transitions }: Lifecycle): string {
  return json({ type, initial, states: [...states.values()], transitions })
}

/**
 * A lifecycle for people at a terminal: the states with what they mean, below each what it requires, so that no line is
 * wider than the longest of these; then births and steps.
 */
export function lifecycleText(type: string, lifecycle: Lifecycle, colour: boolean): string {
  const { bold, dim } = paint(colour)
  const states = [...lifecycle.states.values()].flatMap((state) => [
    [state.name, state.final ? 'final' : '', oneLine(state.description)],
    ...fieldsOf(state, (field) => field).map((fields) => ['', '', dim(`requires ${fields}`)]),
  ])
  const parts = [
    bold(type),
    columns([['state', '', 'meaning'].map(dim), ...states]),
    columns([['step', 'for', 'requires', 'asks'].map(dim), ...stepRows(lifecycle)]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A lifecycle as a Markdown page: a diagram, and the tables that say the same. */
export function lifecycleMarkdown(type: string, lifecycle: Lifecycle): string {
  const states = [...lifecycle.states.values()].map((state) => [
    `\`${state.name}\`${state.final ? ' (final)' : ''}`,
    cellText(state.description, 300),
    fieldsOf(state, (field) => `\`${field}\``).join('; ') || '–',
  ])
  const steps = stepRows(lifecycle).map((row) => row.map((cell) => cell || '–'))
  return [
    `# Lifecycle of ${type}\n`,
    `\`\`\`mermaid\n${lifecycleDiagram(lifecycle)}\`\`\`\n`,
    table(['State', 'Meaning', 'Requires'], states),
    table(['Step', 'For', 'Requires', 'Asks'], steps),
  ].join('\n')
}

/** What a state requires of every record, then each time what it requires of some. */
function fieldsOf({ requires, cases = [] }: State, named: (field: string) => string): readonly string[] {
  const always = requires.map(named).join(', ')
  const sometimes = cases.map((each) => `if ${whenText(each.when)}: ${each.requires.map(named).join(', ')}`)
  return [...(always === '' ? [] : [always]), ...sometimes]
}

function stepRows({ initial, transitions }: Lifecycle): readonly (readonly string[])[] {
  return [
    ...initial.map((each) => [`born ${each.state}`, ...stepCells(each)]),
    ...transitions.map((each) => [`${each.from} → ${each.to}`, ...stepCells(each)]),
  ]
}

function stepCells({ when, requires, guard }: Birth | Transition): readonly string[] {
  return [whenText(when), requires.join(', '), guard ?? '']
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}
