import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { makeProgram } from '../../src/cli/program.ts'
import { projectRoot } from '../support/shipped.ts'

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')

/**
 * The lines of the command table as the program describes itself; a group is told by its subcommands, and by itself
 * where it takes arguments.
 */
function lines(command: Command, path: string): readonly string[] {
  return command.commands.flatMap((each) => {
    const name = `${path}${each.name()}`
    const below = lines(each, `${name} `)
    if (below.length > 0 && each.registeredArguments.length === 0) return below
    const words = each.registeredArguments.map((argument) => {
      const word = `${argument.name()}${argument.variadic ? '…' : ''}`
      return argument.required ? `<${word}>` : `[${word}]`
    })
    return [`| \`${[name, ...words].join(' ')}\` | ${each.summary()} |`, ...below]
  })
}

describe('README', () => {
  test('lists every command as the program describes itself', () => {
    const program = makeProgram(
      '0',
      async () => {},
      () => {},
    )
    const table = /\| command \| does \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(readme)?.[1]?.trim()
    expect(table?.split('\n')).toEqual(lines(program, ''))
  })

  test('links to files that exist', () => {
    const targets = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)/g), ([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(0)
    for (const target of targets) expect(() => readFileSync(join(projectRoot, target))).not.toThrow()
  })

  test('names no version of Node or git other than the ones that are held', () => {
    const { engines } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
    expect(readme).toContain(`Node ${engines.node.replace('>=', '')} or newer`)
  })
})
