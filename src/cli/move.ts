import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'

interface Options {
  readonly set: readonly string[]
  readonly note?: string
  readonly withChildren: boolean
}

/** `gitsm move`. */
export const addMove: AddCommand = (program, run) => {
  program
    .command('move')
    .summary('take a record one step')
    .description(
      'Takes a record of the working tree one step: sets its state and appends to its log, keeping its layout.',
    )
    .argument('<ID>', 'the id of a record')
    .argument('<state>', 'the state it goes to')
    .option('--set <path=value>', 'set a field on the way (repeatable)', collect, [])
    .option('--note <text>', 'a note for the log entry')
    .option('--with-children', 'take its open parts along: all of them, or none', false)
    .action(async (name: string, state: string, options: Options) => {
      await run(['text', 'json', 'github', 'sarif'], async (world) => {
        const { move } = await import('../journeys/move.ts')
        return move(world, { name, state, ...options })
      })
    })
}
