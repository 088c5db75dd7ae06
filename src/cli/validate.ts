import type { AddCommand } from './command.ts'

/** `gitsm validate`: the whole tree of records, judged for itself. */
export const addValidate: AddCommand = (program, run) => {
  program
    .command('validate')
    .summary('judge the records: schema, references, ids, semantics')
    .description(
      'Judges the whole tree of records: schema, references, ids, semantics. With paths, only findings about those files or folders are shown.',
    )
    .argument('[paths...]', 'files or folders to show findings of')
    .option('--rev <revision>', 'judge a commit instead of the working tree')
    .action(async (paths: readonly string[], options: { readonly rev?: string }) => {
      await run(['text', 'json', 'github', 'sarif', 'markdown'], async (world) => {
        const { validate } = await import('../journeys/validate.ts')
        return validate(world, { paths, ...options })
      })
    })
}
