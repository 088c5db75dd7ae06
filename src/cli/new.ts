import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'
import { type PublicationArguments, publicationOf, withPublication } from './publication.ts'

interface Options extends PublicationArguments {
  readonly set: readonly string[]
  readonly id?: string
}

/** `gitsm new`. */
export const addNew: AddCommand = (program, run) => {
  const command = program
    .command('new')
    .summary('write a new record')
    .description(
      'Writes a new, valid record into the working tree, or straight to a remote. On a terminal it asks for what is missing.',
    )
    .argument('<type>', 'a record type, such as incident')
    .option(
      '--set <path=value>',
      'set a field (repeatable); lists and mappings as YAML: cis=[web-1, web-2]',
      collect,
      [],
    )
    .option('--id <ID>', 'the id, where the generated one will not do')
  withPublication(command).action(async (type: string, { set, id, ...where }: Options) => {
    await run(['text', 'json', 'github', 'sarif'], async (world) => {
      const { newRecord } = await import('../journeys/new.ts')
      const publication = publicationOf(where)
      return newRecord(world, { type, set, ...(id !== undefined && { id }), ...(publication && { publication }) })
    })
  })
}
