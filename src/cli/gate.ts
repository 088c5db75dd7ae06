import { Option } from 'commander'
import { countArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

interface GateArguments {
  readonly pr: readonly number[]
  readonly mergeGroup?: string
  readonly failOn: 'findings' | 'undecided'
}

/** `gitsm gate`: judges open pull requests and writes what was found on GitHub. */
export const addGate: AddCommand = (program, run) => {
  program
    .command('gate')
    .summary('judge open pull requests on GitHub: check run, comment, labels, reviewers')
    .description(
      'Judges the open pull requests into the default branch as `gitsm check --pr` does, and writes the check run gitsm/gate, one comment, labels and requests for review. What holds still is left alone.',
    )
    .option('--pr <number>', 'only this pull request, anew; may be given several times', numbers, [])
    .option('--merge-group <commit>', 'only this commit of the merge queue')
    .addOption(
      new Option(
        '--fail-on <what>',
        'exit 1 for a pull request that does not pass, or only if one is undecided (exit 4)',
      )
        .choices(['findings', 'undecided'])
        .default('findings'),
    )
    .action(async ({ pr: pulls, ...asked }: GateArguments) => {
      await run(['text', 'json', 'markdown', 'github'], async (world) => {
        const { gate } = await import('../journeys/gate.ts')
        return gate(world, { pulls, ...asked })
      })
    })
}

function numbers(text: string, before: readonly number[]): readonly number[] {
  return [...before, countArgument(text)]
}
