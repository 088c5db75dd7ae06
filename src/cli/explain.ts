import { instantArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

/** `gitsm explain`. */
export const addExplain: AddCommand = (program, run) => {
  program
    .command('explain')
    .summary('account for the clocks of a record, interval by interval')
    .description(
      'Shows for each clock of a record when it ran, paused or stood still, and the commit behind each edge.',
    )
    .argument('<ID>', 'the id of a record')
    .option('--as-of <instant>', 'the instant the readings are as of; now when left out', instantArgument)
    .action(async (id: string, options: { readonly asOf?: number }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { explain } = await import('../journeys/explain.ts')
        return explain(world, id, options.asOf)
      })
    })
}
