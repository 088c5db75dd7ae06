import type { AddCommand } from './command.ts'

/** `gitsm show`. */
export const addShow: AddCommand = (program, run) => {
  program
    .command('show')
    .summary('show a record and the steps it can take next')
    .description('Shows a record of the working tree, and the steps that it can take next.')
    .argument('<ID>', 'the id of a record')
    .action(async (id: string) => {
      await run(['text', 'json'], async (world) => {
        const { show } = await import('../journeys/show.ts')
        return show(world, id)
      })
    })
}
