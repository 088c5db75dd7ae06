import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'
import { type PublicationArguments, publicationOf, withPublication } from './publication.ts'

interface Options extends PublicationArguments {
  readonly set: readonly string[]
  readonly note?: string
  readonly withChildren: boolean
}

/** `gitsm move`. */
export const addMove: AddCommand = (program, run) => {
  const command = program
    .command('move')
    .summary('take a record one step')
    .description(
      'Takes a record one step, in the working tree or straight at a remote: sets its state and appends to its log, keeping its layout.',
    )
    .argument('<ID>', 'the id of a record')
    .argument('<state>', 'the state it goes to')
    .option('--set <path=value>', 'set a field on the way (repeatable)', collect, [])
    .option('--note <text>', 'a note for the log entry')
    .option('--with-children', 'take its open parts along: all of them, or none', false)
  withPublication(command).action(async (name: string, state: string, { push, pr, ...options }: Options) => {
    await run(['text', 'json', 'github', 'sarif'], async (world) => {
      const { move } = await import('../journeys/move.ts')
      const publication = publicationOf({ ...(push && { push }), ...(pr && { pr }) })
      return move(world, { name, state, ...options, ...(publication && { publication }) })
    })
  })
}
