import { Option } from 'commander'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { instantArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

interface RecordArguments {
  readonly pull?: string
  readonly outcome?: 'merged' | 'closed'
  readonly commits?: readonly string[]
  readonly branch?: string
  readonly push?: string
  readonly at?: Instant
  readonly run?: string
}

/** `gitsm record`. */
export const addRecord: AddCommand = (program, run) => {
  program
    .command('record')
    .summary('write down what was decided on pull requests that have ended')
    .description(
      'Writes evidence of who approved what into the ledger, with the entry that says which commit the mainline ends in. Writes nothing twice. Exits with 1 where something was merged that nobody had approved.',
    )
    .option('--pull <file>', 'what is known of the pull request, as JSON: its people, pushes and reviews')
    .addOption(new Option('--outcome <outcome>', 'how it ended').choices(['merged', 'closed']))
    .option('--commits <revision...>', 'the mainline commits that it became, oldest first')
    .option('--branch <name>', 'the name of the mainline, instead of that of the branch checked out')
    .option('--push <remote>', 'take the ledger from this remote, and push there')
    .option('--at <instant>', 'when the server took the push, where that is known', instantArgument)
    .option('--run <address>', 'the run that writes, where the environment does not tell')
    .action(async ({ pull, outcome, commits, ...options }: RecordArguments) => {
      await run(['text', 'json'], async (world) => {
        const { record } = await import('../journeys/record.ts')
        return record(world, { ...options, ...(pull !== undefined && { told: toldOf(pull, outcome, commits) }) })
      })
    })
}

function toldOf(pull: string, outcome: RecordArguments['outcome'], commits: RecordArguments['commits']) {
  if (outcome) return { pull, outcome, ...(commits && { commits }) }
  throw new Fault('Nothing says how the pull request ended', { cure: 'Add --outcome merged or --outcome closed' })
}
