import type { AddCommand } from './command.ts'

/** `gitsm doctor`. */
export const addDoctor: AddCommand = (program, run) => {
  program
    .command('doctor')
    .summary('look at clone, configuration, workflows and the settings on GitHub for weaknesses')
    .description(
      'Names what is weak, with its cure: in this clone, in its configuration and workflows and, with a token in GITHUB_TOKEN, in the settings of the repository on GitHub. What the token may not read is unknown, never fine. Exits with 1 where something is weak.',
    )
    .option('--offline', 'ask GitHub nothing, even where there is a token', false)
    .option('--strict', 'fail by what is unknown, too', false)
    .action(async (options: { readonly offline: boolean; readonly strict: boolean }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { doctor } = await import('../journeys/doctor.ts')
        return doctor(world, options)
      })
    })
}
