import { Fault } from '../core/fault.ts'
import type { AddCommand } from './command.ts'

/** `gitsm cmdb health` and `gitsm cmdb history`. */
export const addCmdb: AddCommand = (program, run) => {
  const cmdb = program
    .command('cmdb')
    .summary('verify the configuration records')
    .description('Verifies the records of services and configuration items, and accounts for them.')
  cmdb
    .command('health')
    .summary('tell how far the configuration records can be trusted, and what runs out')
    .description(
      'Lists configuration items that are stale, orphaned, duplicate, without owner, incomplete or in circles, and the warranties, licences, contracts and certificates that run out; as of --as-of or now.',
    )
    .option('--stale-after <days>', 'how old a verification may be', daysArgument, 60)
    .option('--ahead <days>', 'how far to look ahead for what runs out', daysArgument, 90)
    .action(async (options: { readonly staleAfter: number; readonly ahead: number }) => {
      await run(['text', 'json'], async (world) => {
        const { health } = await import('../journeys/cmdb-health.ts')
        return health(world, { ...options, asOf: world.asOf ?? world.now })
      })
    })
  cmdb
    .command('history')
    .summary('tell who changed which field of a record when')
    .description('Tells who changed which field of a record when, as the mainline recorded it, up to --as-of or HEAD.')
    .argument('<ID>', 'the id of a record')
    .action(async (id: string) => {
      await run(['text', 'json'], async (world) => {
        const { cmdbHistory } = await import('../journeys/cmdb-history.ts')
        return cmdbHistory(world, id)
      })
    })
}

function daysArgument(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw new Fault(`${JSON.stringify(text)} is no number of days`, { cure: 'Give a whole number: --ahead 90' })
}
