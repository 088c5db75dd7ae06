import type { AddCommand } from './command.ts'

/** `gitsm lifecycle`. */
export const addLifecycle: AddCommand = (program, run) => {
  program
    .command('lifecycle')
    .summary('tell the states of a record type and the steps between them')
    .description(
      'Prints the lifecycle of a record type: states, births and steps, with what each requires; `--format markdown` draws it.',
    )
    .argument('<type>', 'a record type: a folder of schemas/')
    .action(async (type: string) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { lifecycle } = await import('../journeys/lifecycle.ts')
        return lifecycle(world, type)
      })
    })
}
