import type { AddCommand } from './command.ts'

/** `gitsm operate`. */
export const addOperate: AddCommand = (program, run) => {
  program
    .command('operate')
    .summary('do what a comment or a dispatched workflow asks for')
    .description(
      'For a workflow of GitHub: opens a record, takes a step or writes a note, as the event asks, for members of a team. A comment begins with /gitsm and is answered by a comment. An event that comes again does nothing more.',
    )
    .option('--push <remote>', 'the remote that the mainline is at', 'origin')
    .action(async ({ push }: { readonly push: string }) => {
      await run(['text', 'json'], async (world) => {
        const { operate } = await import('../journeys/operate.ts')
        return operate(world, { remote: push })
      })
    })
}
