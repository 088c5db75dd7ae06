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
    .action(async (id: string) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { explain } = await import('../journeys/explain.ts')
        return explain(world, id, world.asOf)
      })
    })
}
