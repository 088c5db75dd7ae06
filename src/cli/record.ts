import { Option } from 'commander'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { countArgument, instantArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

interface RecordArguments {
  readonly pr?: number
  readonly commit?: string
  readonly since?: Instant
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
    .option('--pr <number>', 'one pull request, instead of all that ended lately', countArgument)
    .option('--commit <revision>', 'the pull requests that a mainline commit came from')
    .option('--since <instant>', 'all that ended since then', instantArgument)
    .option('--pull <file>', 'what is known of the pull request, as JSON: its people, pushes and reviews')
    .addOption(new Option('--outcome <outcome>', 'how it ended').choices(['merged', 'closed']))
    .option('--commits <revision...>', 'the mainline commits that it became, oldest first')
    .option('--branch <name>', 'the name of the mainline, instead of that of the branch checked out')
    .option('--push <remote>', 'take the ledger from this remote, and push there')
    .option('--at <instant>', 'when the server took the push, where that is known', instantArgument)
    .option('--run <address>', 'the run that writes, where the environment does not tell')
    .action(async ({ pull, outcome, commits, pr, commit, since, ...options }: RecordArguments) => {
      await run(['text', 'json'], async (world) => {
        const { record } = await import('../journeys/record.ts')
        if (pull !== undefined) return record(world, { ...options, told: toldOf(pull, outcome, commits) })
        const asked =
          pr !== undefined
            ? { number: pr }
            : commit !== undefined
              ? { commit }
              : since !== undefined
                ? { since }
                : undefined
        return record(world, { ...options, ...(asked && { asked }) })
      })
    })
}

function toldOf(pull: string, outcome: RecordArguments['outcome'], commits: RecordArguments['commits']) {
  if (outcome) return { pull, outcome, ...(commits && { commits }) }
  throw new Fault('Nothing says how the pull request ended', { cure: 'Add --outcome merged or --outcome closed' })
}
