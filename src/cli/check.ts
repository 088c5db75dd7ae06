import { Fault } from '../core/fault.ts'
import { countArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

interface CheckArguments {
  readonly base?: string
  readonly pr?: number
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
    .option('--base <revision>', 'the branch that the change would be merged into (default with --pr: its own)')
    .option('--pr <number>', 'a pull request on GitHub, as its reviews and pushes stand now', countArgument)
    .option('--head <revision>', 'the commit that would be merged (default: that of the pull request, else HEAD)')
    .option('--pull <file>', 'what is known of the pull request, as JSON: its people, pushes and reviews')
    .option(
      '--assume-approved-by <login...>',
      'what if these people approved? several with blanks or commas between them',
      (given: string, before: readonly string[]) => [...before, ...given.split(',').filter((login) => login !== '')],
      [],
    )
    .action(async ({ assumeApprovedBy, pr, base, ...asked }: CheckArguments) => {
      await run(['text', 'json', 'github', 'sarif', 'markdown'], async (world) => {
        if (pr !== undefined) {
          refuseBoth(asked)
          const { checkPull } = await import('../journeys/check-pull.ts')
          return checkPull(world, { number: pr, assume: assumeApprovedBy, ...(base !== undefined && { base }) })
        }
        if (base === undefined) {
          throw new Fault('Nothing says what the change would be merged into', {
            cure: 'Name the branch with --base, or a pull request on GitHub with --pr',
          })
        }
        const { check } = await import('../journeys/check.ts')
        return check(world, { ...asked, base, assume: assumeApprovedBy })
      })
    })
}

/** What a pull request on GitHub tells by itself cannot be said otherwise. */
function refuseBoth({ head, pull }: Pick<CheckArguments, 'head' | 'pull'>): void {
  const given = head !== undefined ? '--head' : pull !== undefined ? '--pull' : undefined
  if (given === undefined) return
  throw new Fault(`--pr and ${given} cannot be given together`, { cure: `Leave ${given} out: GitHub tells it` })
}
