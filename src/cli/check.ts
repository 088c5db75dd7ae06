import type { AddCommand } from './command.ts'

/** `gitsm check`: the gate for a pull request. */
export const addCheck: AddCommand = (program, run) => {
  program
    .command('check')
    .summary('judge what a branch would change: the gate of a pull request')
    .description('Judges what merging <head> into <base> would change, by the schemas and lifecycles of <base>.')
    .requiredOption('--base <revision>', 'the branch that the change would be merged into')
    .option('--head <revision>', 'the commit that would be merged', 'HEAD')
    .action(async (options: { readonly base: string; readonly head: string }) => {
      await run(['text', 'json', 'github', 'sarif'], async (world) => {
        const { check } = await import('../journeys/check.ts')
        return check(world, options)
      })
    })
}
