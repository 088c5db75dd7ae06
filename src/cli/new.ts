import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'

/** `gitsm new`. */
export const addNew: AddCommand = (program, run) => {
  program
    .command('new')
    .summary('write a new record')
    .description('Writes a new, valid record into the working tree. On a terminal it asks for what is missing.')
    .argument('<type>', 'a record type, such as incident')
    .option(
      '--set <path=value>',
      'set a field (repeatable); lists and mappings as YAML: cis=[web-1, web-2]',
      collect,
      [],
    )
    .option('--id <ID>', 'the id, where the generated one will not do')
    .action(async (type: string, options: { readonly set: readonly string[]; readonly id?: string }) => {
      await run(['text', 'json', 'github', 'sarif'], async (world) => {
        const { newRecord } = await import('../journeys/new.ts')
        return newRecord(world, { type, ...options })
      })
    })
}
