import type { AddCommand } from './command.ts'
import { type PublicationArguments, publicationOf, withPublication } from './publication.ts'

interface Options extends PublicationArguments {
  readonly dryRun: boolean
}

/** `gitsm tick`. */
export const addTick: AddCommand = (program, run) => {
  const command = program
    .command('tick')
    .summary('take the steps that time alone has made due')
    .description(
      'Takes the steps that lifecycles call automatic and that are due: closes what nobody objected to, publishes on the day, brings back accepted risks. Each step is judged and lands on its own; what needs approval becomes a pull request. Run again, it does nothing more.',
    )
    .option('--dry-run', 'only tell what is due', false)
  withPublication(command).action(async ({ dryRun, ...where }: Options) => {
    await run(['text', 'json'], async (world) => {
      const { tick } = await import('../journeys/tick.ts')
      const publication = publicationOf(where)
      return tick(world, { dryRun, ...(publication && { publication }) })
    })
  })
}
