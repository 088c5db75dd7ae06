import { Option } from 'commander'
import type { ChangeRunOptions } from '../journeys/change-run.ts'
import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'

/** The options as commander hands them over. */
interface RunOptions extends Omit<ChangeRunOptions, 'command' | 'dryRun'> {
  readonly dryRun?: boolean
}

/** `gitsm change`. */
export const addChange: AddCommand = (program, run) => {
  const change = program
    .command('change')
    .summary('carry out standard changes')
    .description('Carries out standard changes.')

  change
    .command('run')
    .summary('carry out a standard change by a command, and record it')
    .description(
      'Plans a standard change by its model, asks the gate whether it may happen now, runs the command, and lands one commit on the mainline that holds the whole change: when it began and ended, and what came of it by the exit code. Exits with the code of the command; with 1 where the gate refused and nothing was run, with 4 where the command ran and could not be recorded.',
    )
    .requiredOption('--model <model>', 'the model to follow')
    .option('--set <path=value>', 'a field, such as parameters.server=web-2; may be repeated', collect, [])
    .option('--service <service>', 'refuse unless the change is about this service')
    .option('--note <text>', 'what to write into the message of the commit')
    .option('--repo <repo>', 'the folder or address of the service repository, where it is another one')
    .option('--remote <remote>', 'the remote whose mainline takes the record', 'origin')
    .option('--branch <branch>', 'the mainline; what the remote calls its default where left out')
    .addOption(
      new Option('--failed <outcome>', 'the outcome when the command fails')
        .choices(['unsuccessful_backed_out', 'unsuccessful_not_backed_out'])
        .default('unsuccessful_not_backed_out'),
    )
    .option('--dry-run', 'only ask whether it may be carried out now')
    .argument('<command...>', 'what carries it out, after --')
    .action(async ([name = '', ...args]: readonly string[], { dryRun = false, ...options }: RunOptions) => {
      await run(['text', 'json'], async (world) => {
        const { changeRun } = await import('../journeys/change-run.ts')
        return changeRun(world, { ...options, dryRun, command: [name, ...args] })
      })
    })

  change
    .command('land')
    .summary('record a change that was carried out and could not be recorded then')
    .description('Lands the file that `gitsm change run` kept where it could not record a change.')
    .argument('<file>', 'the file')
    .option('--repo <repo>', 'the folder or address of the service repository, where it is another one')
    .option('--remote <remote>', 'the remote whose mainline takes the record', 'origin')
    .option('--branch <branch>', 'the mainline; what the remote calls its default where left out')
    .action(async (file: string, options: Pick<RunOptions, 'repo' | 'remote' | 'branch'>) => {
      await run(['text', 'json'], async (world) => {
        const { changeLand } = await import('../journeys/change-land.ts')
        return changeLand(world, { ...options, file })
      })
    })
}
