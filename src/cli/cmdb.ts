import { Fault } from '../core/fault.ts'
import type { AddCommand } from './command.ts'

/** `gitsm cmdb health`, `gitsm cmdb drift` and `gitsm cmdb history`. */
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
    .command('drift')
    .summary('compare what runs with what is recorded')
    .description(
      'Compares observations of discovery with the attributes of the records, lists what differs, and proposes an unauthorised change for it. A line of the file is a JSON object: { "ci": "web-1", "seen_at": "2026-11-21T08:00:00Z", "attributes": { "image": "debian-13" } }.',
    )
    .argument('<file>', 'a file with one observation a line (NDJSON)')
    .option('--write', 'write the proposed changes', false)
    .action(async (file: string, { write }: { readonly write: boolean }) => {
      await run(['text', 'json'], async (world) => {
        const { drift } = await import('../journeys/cmdb-drift.ts')
        return drift(world, { file, write })
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
