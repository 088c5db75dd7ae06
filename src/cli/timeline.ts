import type { AddCommand } from './command.ts'

/** `gitsm timeline`. */
export const addTimeline: AddCommand = (program, run) => {
  program
    .command('timeline')
    .summary('tell the life of a record, as the history recorded it')
    .description('Tells which states a record was in, from when to when, and the commit behind each step.')
    .argument('<ID>', 'the id of a record')
    .action(async (id: string) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { timeline } = await import('../journeys/timeline.ts')
        return timeline(world, id)
      })
    })
}
