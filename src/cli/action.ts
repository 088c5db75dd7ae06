import type { Command, Option } from 'commander'
import { Fault } from '../core/fault.ts'

/** What a workflow asks of the Action, as the runner hands it over: an `INPUT_…` variable for each input. */
type Environment = Readonly<Record<string, string | undefined>>

/** Inputs that are no options of a command. */
const own = ['command', 'args', 'token', 'working-directory', 'summary']

/** Whether the program runs as the Action: without arguments, with the input that names a command. */
export function isAction(args: readonly string[], env: Environment): boolean {
  return args.length === 0 && env['INPUT_COMMAND'] !== undefined
}

/** An input of the Action; empty where it was not given. */
export function actionInput(env: Environment, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}

/** The environment that a command of the Action sees: its token is the one of the input, and the inputs are gone. */
export function actionEnvironment(env: Environment): Environment {
  const token = actionInput(env, 'token')
  const rest = Object.entries(env).filter(([name]) => !name.startsWith('INPUT_'))
  return { ...Object.fromEntries(rest), ...(token !== '' && { GITHUB_TOKEN: token }) }
}

/**
 * The command line that the inputs of the Action ask for. The value of an input is the value of one option, whatever it
 * says; it can neither be an option of its own nor end one. No shell reads it.
 */
export function actionArguments(program: Command, env: Environment): readonly string[] {
  const words = actionInput(env, 'command').split(/\s+/).filter(Boolean)
  const command = named(program, words)
  const options = [...program.options, ...command.options]
  const folder = actionInput(env, 'working-directory')
  const given = Object.keys(env)
    .flatMap((name) => (name.startsWith('INPUT_') ? [name.slice('INPUT_'.length).toLowerCase()] : []))
    .filter((name) => !own.includes(name) && actionInput(env, name) !== '')
    .toSorted()
  return [
    ...(folder === '' ? [] : ['-C', folder]),
    ...words,
    ...given.flatMap((name) => optionArguments(words, options, name, actionInput(env, name))),
    ...lines(actionInput(env, 'args')),
  ]
}

/** The command of these words; a group of commands is none. */
function named(program: Command, words: readonly string[]): Command {
  let command = program
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) throw noCommand(words, command.commands.length > 0 ? command : program)
    command = next
  }
  if (command.commands.length > 0 && command.registeredArguments.length === 0) throw noCommand(words, command)
  return command
}

function noCommand(words: readonly string[], { commands }: Command): Fault {
  const said = words.length === 0 ? 'The input "command" is empty' : `"${words.join(' ')}" is no command`
  const known = commands.map((each) => each.name()).join(', ')
  return new Fault(said, { cure: `Name one of these; its arguments go into other inputs: ${known}` })
}

function optionArguments(
  words: readonly string[],
  options: readonly Option[],
  name: string,
  value: string,
): readonly string[] {
  const option = options.find((each) => each.long === `--${name}`)
  if (option === undefined) {
    const taken = options.flatMap(({ long }) => (long && !unasked.includes(long) ? [long.slice(2)] : []))
    throw new Fault(`gitsm ${words.join(' ')} takes no input "${name}"`, {
      cure: `Leave it out; those it takes: ${taken.join(', ')}`,
    })
  }
  if (option.isBoolean() || (option.optional && /^(true|false)$/.test(value)))
    return isOn(name, value) ? [`--${name}`] : []
  return (option.variadic || Array.isArray(option.defaultValue) ? lines(value) : [value]).map(
    (each) => `--${name}=${each}`,
  )
}

/** Options of every command that make no sense in a workflow. */
const unasked = ['--version', '--no-color']

/** Whether an input that is `true` or `false` is `true`. */
export function isOn(name: string, value: string): boolean {
  if (value === 'true' || value === 'false' || value === '') return value === 'true'
  throw new Fault(`The input "${name}" is ${JSON.stringify(value)}`, { cure: 'Write true or false' })
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
