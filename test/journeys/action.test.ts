import { describe, expect, test } from 'vitest'
import { actionArguments, actionEnvironment, isAction } from '../../src/cli/action.ts'
import { makeProgram } from '../../src/cli/program.ts'
import { Fault } from '../../src/core/fault.ts'

const program = makeProgram(
  '0',
  async () => {},
  () => {},
)

function argumentsOf(inputs: Readonly<Record<string, string>>): readonly string[] {
  const env = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return actionArguments(program, Object.fromEntries(env))
}

describe('the inputs of the Action', () => {
  test('become the command line that says the same, empty ones aside', () => {
    expect(
      argumentsOf({ command: 'ledger append', push: 'origin', at: '', 'working-directory': 'services', token: 't' }),
    ).toEqual(['-C', 'services', 'ledger', 'append', '--push=origin'])
    expect(argumentsOf({ command: 'check', 'as-of': '2026-11-21T08:00:00Z', base: 'main', format: 'json' })).toEqual([
      'check',
      '--as-of=2026-11-21T08:00:00Z',
      '--base=main',
      '--format=json',
    ])
  })

  test('keep a value one value, whatever it says', () => {
    for (const hostile of ['--help', '-C /', '$(id)', 'a b', '"; rm', "';'"]) {
      expect(argumentsOf({ command: 'check', base: hostile })).toEqual(['check', `--base=${hostile}`])
    }
  })

  test('give one value a line to options that take several', () => {
    expect(argumentsOf({ command: 'new', args: 'incident', set: 'title=Mail is down\n\n  impact=low\n' })).toEqual([
      'new',
      '--set=title=Mail is down',
      '--set=impact=low',
      'incident',
    ])
  })

  test('switch on what is a switch, and know no other words for it than true and false', () => {
    expect(argumentsOf({ command: 'validate', quiet: 'true', debug: 'false' })).toEqual(['validate', '--quiet'])
    expect(() => argumentsOf({ command: 'validate', quiet: 'yes' })).toThrow('The input "quiet" is "yes"')
  })

  test('that the command does not take are refused, and those it takes are named', () => {
    const refused = () => argumentsOf({ command: 'validate', pull: 'x' })
    expect(refused).toThrow('gitsm validate takes no input "pull"')
    expect(refused).toThrow(Fault)
    try {
      refused()
    } catch (error) {
      expect(error).toMatchObject({ cure: expect.stringContaining('rev'), code: 2 })
    }
  })

  test.each([
    ['', 'The input "command" is empty', 'check'],
    ['ledger', '"ledger" is no command', 'append, verify, show'],
    ['validate all', '"validate all" is no command', 'check'],
    ['check; id', '"check; id" is no command', 'check'],
    ['--help', '"--help" is no command', 'check'],
  ])('name a command as it is known: %j is none', (command, message, known) => {
    try {
      argumentsOf({ command })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ message, cure: expect.stringContaining(known) })
    }
  })
})

describe('the environment of a command in the Action', () => {
  test('has the token of the input, and no input that a program it starts could read', () => {
    const env = { INPUT_COMMAND: 'gate', INPUT_TOKEN: 'secret', GITHUB_TOKEN: 'other', PATH: '/bin' }
    expect(actionEnvironment(env)).toEqual({ GITHUB_TOKEN: 'secret', PATH: '/bin' })
    expect(actionEnvironment({ GITHUB_TOKEN: 'other', INPUT_TOKEN: '' })).toEqual({ GITHUB_TOKEN: 'other' })
  })

  test('is told by the input that names the command, where nothing is asked on the command line', () => {
    expect(isAction([], { INPUT_COMMAND: 'check' })).toBe(true)
    expect(isAction(['check'], { INPUT_COMMAND: 'check' })).toBe(false)
    expect(isAction([], {})).toBe(false)
  })
})
