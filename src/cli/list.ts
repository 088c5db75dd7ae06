import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'

/** `gitsm list`. */
export const addList: AddCommand = (program, run) => {
  program
    .command('list')
    .summary('list the records of a type')
    .description('Lists the records of a type in the working tree.')
    .argument('<type>', 'a record type, such as incident')
    .option('--where <path=value>', 'only records with this value (repeatable)', collect, [])
    .action(async (type: string, options: { readonly where: readonly string[] }) => {
      await run(['text', 'json'], async (world) => {
        const { list } = await import('../journeys/list.ts')
        return list(world, type, options.where)
      })
    })
}
