import type { AddCommand } from './command.ts'

interface VerifyArguments {
  readonly base?: string
  readonly strict?: true
  readonly issue?: true
  readonly keep?: true
  readonly push?: string
}

/** `gitsm verify`. */
export const addVerify: AddCommand = (program, run) => {
  program
    .command('verify')
    .summary('replay the mainline and name every commit that the rules of its time forbade')
    .description(
      'Judges what each commit of the mainline up to HEAD did, by the rules that it found, as if it had been a pull request; `--format markdown` writes a page for an auditor.',
    )
    .option('--base <revision>', 'judge only what came after this commit')
    .option('--strict', 'also name commits of which nobody can know whether they were approved')
    .option('--keep', 'keep what is found in the ledger, where the reports read it')
    .option('--push <remote>', 'keep it in the ledger of this remote')
    .option('--issue', 'keep one issue on GitHub that tells what was found, open for as long as it holds')
    .action(async (options: VerifyArguments) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { verify } = await import('../journeys/verify.ts')
        return verify(world, options)
      })
    })
}
