import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { makeProgram } from '../../src/cli/program.ts'

const program = makeProgram(
  '0',
  async () => {},
  () => {},
)

/** What `--help` prints of a command and of all below it, by the words that call it. */
function helps(command: Command, path = ''): readonly (readonly [path: string, help: string])[] {
  return command.commands.flatMap((each) => {
    const name = `${path}${each.name()}`
    return [[name, each.helpInformation()] as const, ...helps(each, `${name} `)]
  })
}

test('help names defaults as they would be typed, and none that say nothing', () => {
  const all = new Map(helps(program))
  const defaults = [...all].flatMap(([name, help]) =>
    [...help.replaceAll(/\s+/g, ' ').matchAll(/default: ([^)]*)\)/g)].map(([, told]) => `${name}: ${told}`),
  )
  expect(defaults.filter((told) => /: (false|true|\[\]|\{\}|0|\d{4,})$/.test(told))).toEqual([])
  expect(defaults).toEqual(
    expect.arrayContaining([
      'init: "."',
      'windows: 30d',
      'sla watch: 7d',
      'sla watch: 20',
      'sla watch: PT1H',
      'sla notify: PT1H',
      'gate: "findings"',
      'export: all',
    ]),
  )
  expect(program.helpInformation().replaceAll(/\s+/g, ' ')).toContain('"ics", default: "text")')
})
