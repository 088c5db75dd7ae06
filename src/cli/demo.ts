import type { AddCommand } from './command.ts'

/** `gitsm demo`. */
export const addDemo: AddCommand = (program, run) => {
  program
    .command('demo')
    .summary('build a year of an example organisation, and show around')
    .description(
      'Builds a repository with a year of incidents of a web shop, writes its reports and shows what each command says of it. The same version gives the same commits everywhere. A folder that an earlier demo made is replaced.',
    )
    .argument('[dir]', 'the folder: empty, absent, or of an earlier demo', 'gitsm-demo')
    .action(async (dir: string) => {
      await run(['text', 'json'], async (world) => {
        const { demo } = await import('../journeys/demo.ts')
        return demo(world, { dir })
      })
    })
}
