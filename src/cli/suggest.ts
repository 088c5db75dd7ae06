import type { Seconds } from '../core/instant.ts'
import { countArgument, stretchArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

/** `gitsm suggest`. */
export const addSuggest: AddCommand = (program, run) => {
  const suggest = program.command('suggest').summary('suggest records that seem to be missing')
  suggest
    .command('problems')
    .summary('find repeated incidents that call for a problem')
    .description(
      'Finds incidents that share an item, a service or a category too often, with the evidence and the command that opens the problem. The usual rate stands in gitsm.yaml (repeats).',
    )
    .option('--over <stretch>', 'how far to look back: 90d, 12w', stretchArgument)
    .option('--at-least <n>', 'how many incidents are too many', countArgument)
    .action(async (options: { readonly over?: Seconds; readonly atLeast?: number }) => {
      await run(['text', 'json'], async (world) => {
        const { suggestProblems } = await import('../journeys/suggest.ts')
        return suggestProblems(world, options)
      })
    })
}
