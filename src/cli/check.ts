import type { AddCommand } from './command.ts'

interface CheckArguments {
  readonly base: string
  readonly head?: string
  readonly pull?: string
  readonly assumeApprovedBy: readonly string[]
}

/** `gitsm check`: the gate for a pull request. */
export const addCheck: AddCommand = (program, run) => {
  program
    .command('check')
    .summary('judge what a branch would change: the gate of a pull request')
    .description(
      'Judges what merging <head> into <base> would change, by the schemas, lifecycles and policies of <base>.',
    )
    .requiredOption('--base <revision>', 'the branch that the change would be merged into')
    .option('--head <revision>', 'the commit that would be merged (default: that of the pull request, else HEAD)')
    .option('--pull <file>', 'what is known of the pull request, as JSON: its people, pushes and reviews')
    .option('--assume-approved-by <login...>', 'what if these people approved?', [])
    .action(async ({ assumeApprovedBy, ...asked }: CheckArguments) => {
      await run(['text', 'json', 'github', 'sarif', 'markdown'], async (world) => {
        const { check } = await import('../journeys/check.ts')
        return check(world, { ...asked, assume: assumeApprovedBy })
      })
    })
}
