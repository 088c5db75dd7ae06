import { expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { projectRoot, shipped } from '../support/shipped.ts'

const repo = { dir: projectRoot }

test('gitsm lifecycle tells states, births and steps as people read them', () => {
  const { code, stdout } = gitsm(['lifecycle', 'incident'], repo)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^on_hold +The work waits for someone else.*\n {11,}requires team, hold_reason\n/m)
  expect(stdout).toMatch(/^born new$/m)
  expect(stdout).toMatch(/^resolved → in_progress +reopen_reason/m)
})

test('lifecycles are told as JSON, step by step', () => {
  for (const type of ['incident', 'change', 'problem']) {
    const lifecycle = shipped.rulebook.types.get(type)?.lifecycle
    if (!lifecycle) continue
    const { code, json } = gitsmJson(['lifecycle', type], repo)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      type,
      initial: lifecycle.initial.map(({ state }) => ({ state })),
      states: [...lifecycle.states.keys()].map((name) => ({ name })),
      transitions: lifecycle.transitions.map(({ from, to }) => ({ from, to })),
    })
  }
})

test('as Markdown it is drawn, with the tables beside', () => {
  const { stdout } = gitsm(['lifecycle', 'incident', '--format', 'markdown'], repo)
  expect(stdout).toContain('```mermaid\nstateDiagram-v2\n  [*] --> new\n')
  expect(stdout).toContain('  resolved --> in_progress : reopen_reason\n')
  expect(stdout).toContain('  closed --> [*]\n')
  expect(stdout).toContain('| `closed` (final) | Finished and confirmed')
})

test('a type without states, or no type at all, is said with the cure', () => {
  expect(gitsm(['lifecycle', 'team'], repo)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/team has no lifecycle[\s\S]*Types with states: .*incident/),
  })
  expect(gitsm(['lifecycle', 'incidnt'], repo)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean incident?'),
  })
})
