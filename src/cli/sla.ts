import type { AddCommand } from './command.ts'

/** `gitsm sla`. */
export const addSla: AddCommand = (program, run) => {
  program
    .command('sla')
    .summary('read the clocks: response and resolution against their targets')
    .description(
      'Reads the SLA, OLA and contract clocks of all records, or of some, from the history up to HEAD, as of --as-of or now.',
    )
    .argument('[ID...]', 'ids of records')
    .option('--all', 'list stopped clocks too')
    .option('--fail-on <what>', 'exit with 1 when a clock is breached, or at-risk, or the ledger cannot be relied on')
    .action(async (ids: readonly string[], options: { readonly failOn?: string; readonly all?: boolean }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { sla } = await import('../journeys/sla.ts')
        return sla(world, { ids, ...options, asOf: world.asOf ?? world.now })
      })
    })
}
