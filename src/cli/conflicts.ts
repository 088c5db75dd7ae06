import type { AddCommand } from './command.ts'

/** `gitsm conflicts`. */
export const addConflicts: AddCommand = (program, run) => {
  program
    .command('conflicts')
    .summary('tell what changes collide with, and when they would not')
    .description(
      'Tells what a change of the working tree collides with: freezes, maintenance windows, other changes, people, services. The next free time is looked for 90 days ahead, from --as-of or now on. Without an id, what all open changes collide with.',
    )
    .argument('[ID]', 'a change')
    .option('--pulls', 'also with what open pull requests on GitHub propose')
    .option('--fail-on-open', 'exit with 1 when a conflict blocks and is not waived')
    .action(async (id: string | undefined, options: { readonly failOnOpen?: boolean; readonly pulls?: boolean }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { conflicts } = await import('../journeys/conflicts.ts')
        const { failOnOpen = false, pulls = false } = options
        return conflicts(world, { ...(id !== undefined && { id }), failOnOpen, pulls, asOf: world.asOf ?? world.now })
      })
    })
}
