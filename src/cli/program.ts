import { resolve } from 'node:path'
import { Command, type CommanderError, Option } from 'commander'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { type Format, formats } from '../core/judgement.ts'
import { instantArgument } from './argument.ts'
import type { Run } from './command.ts'
import { commands } from './index.ts'
import { optionDescription } from './option-description.ts'

/** The options that every command takes. */
export interface GlobalOptions {
  readonly C?: string
  readonly format: Format
  readonly asOf?: Instant
  readonly quiet: boolean
  readonly color: boolean
  readonly cache: boolean
  readonly debug: boolean
}

/** The command line as commander knows it; it writes through `write` and throws instead of ending the process. */
export function makeProgram(version: string, run: Run, write: (text: string) => void): Command {
  const program = new Command('gitsm')
    .description('IT service management kept as code: records in git, rules on pull requests, SLAs from history.')
    .version(version, '-V, --version', 'print the version')
    .addOption(
      new Option('-C <dir>', 'run as if started in <dir>, as git does').argParser((dir: string, before?: string) =>
        before === undefined ? dir : resolve(before, dir),
      ),
    )
    .addOption(new Option('--format <format>', 'how to print the result').choices(formats).default('text'))
    .option('--as-of <instant>', 'look at the clocks as of this instant', instantArgument)
    .option('-q, --quiet', 'print no messages on stderr', false)
    .option('--no-color', 'print without colours')
    .option('--no-cache', 'neither read nor write what earlier runs kept in .git/gitsm/')
    .option('--debug', 'show the stack of an internal error', false)
    .helpCommand('help [command]', 'explain a command')
    .configureHelp({ optionDescription })
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
  for (const add of commands) add(program, run)
  inherit(program)
  return program
}

/** Subcommands throw and print as the program does, at every depth. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent).exitOverride()
    inherit(command)
  }
}

/** Commander's complaint about the arguments as a fault: what is wrong, and where to read what is right. */
export function usageFault({ code, message }: CommanderError, args: readonly string[]): Fault {
  if (code === 'commander.help') {
    const group = args.find((arg) => !arg.startsWith('-')) ?? ''
    return new Fault(`${group} needs a subcommand`, { cure: `gitsm ${group} --help lists them` })
  }
  const [what = '', suggestion] = message.replace(/^error: /, '').split('\n')
  const hint = suggestion?.replace(/^\((.*)\)$/, '$1')
  return new Fault(what, { cure: hint ?? 'gitsm --help lists the commands, gitsm <command> --help the options' })
}
