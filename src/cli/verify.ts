import type { AddCommand } from './command.ts'

/** `gitsm verify`. */
export const addVerify: AddCommand = (program, run) => {
  program
    .command('verify')
    .summary('replay the mainline and name every step that the rules of its time forbade')
    .description('Judges what each commit of the mainline up to HEAD did to every record, by the rules that it found.')
    .option('--base <revision>', 'judge only what came after this commit')
    .action(async (options: { readonly base?: string }) => {
      await run(['text', 'json'], async (world) => {
        const { verify } = await import('../journeys/verify.ts')
        return verify(world, options)
      })
    })
}
