import { Option } from 'commander'
import { type BreakdownKey, breakdowns } from '../core/breakdown.ts'
import { Fault } from '../core/fault.ts'
import type { AddCommand } from './command.ts'

interface Options {
  readonly from?: string
  readonly to?: string
  readonly by?: BreakdownKey
  readonly list: boolean
}

/** `gitsm metrics`. */
export const addMetrics: AddCommand = (program, run) => {
  program
    .command('metrics')
    .summary('compute the indicators of a period, or list the catalogue')
    .description(
      'Computes the formulas of the catalogue and the KPIs of the organisation from the history up to HEAD, as of --as-of or the end of the period.',
    )
    .argument('[ID...]', 'formulas or KPIs; all of them if left out')
    .option('--from <day>', 'the first day, or an instant')
    .option('--to <day>', 'the day after the last, or an instant')
    .addOption(new Option('--by <what>', 'break the figures down').choices(breakdowns))
    .option('--list', 'list the formulas of the catalogue', false)
    .action(async (ids: readonly string[], { from, to, by, list }: Options) => {
      await run(list ? ['text', 'json'] : ['text', 'json', 'csv'], async (world) => {
        const journey = await import('../journeys/metrics.ts')
        if (list) return journey.listMetrics(world)
        if (from === undefined || to === undefined) {
          throw new Fault('No period was given', { cure: 'Add --from 2026-10-01 --to 2026-11-01, or --list' })
        }
        return journey.metrics(world, { from, to, ids, ...(by && { by }) })
      })
    })
}
