import type { Command } from 'commander'
import { Fault } from '../core/fault.ts'
import type { AddCommand, Run } from './command.ts'

/** `gitsm slm gaps` and `gitsm slm capacity`. */
export const addSlm: AddCommand = (program, run) => {
  const slm = program
    .command('slm')
    .summary('look after agreements and what services can carry')
    .description(
      'Looks after the agreements with customers, between teams and with suppliers, and after what services can carry.',
    )
  addGaps(slm, run)
  addCapacity(slm, run)
}

function addGaps(slm: Command, run: Run): void {
  slm
    .command('gaps')
    .summary('find promises that the agreements beneath them cannot carry')
    .description(
      'Holds each SLA in force against the OLAs and contracts of the teams and items that its services depend on: for each priority and every quarter of an hour of the next four weeks, on their own calendars. Names teams and suppliers that promised nothing.',
    )
    .option('--check', 'exit with 1 when there are gaps', false)
    .action(async ({ check }: { readonly check: boolean }) => {
      await run(['text', 'json'], async (world) => {
        const { slmGaps } = await import('../journeys/slm-gaps.ts')
        return slmGaps(world, { asOf: world.asOf ?? world.now, check })
      })
    })
}

function addCapacity(slm: Command, run: Run): void {
  slm
    .command('capacity')
    .summary('hold what was measured against what services can carry')
    .description(
      'For each limit that a service names under capacity: how many values were measured, how many of them lie beyond the threshold, and the peak. Over --from to --to, else over the month of --as-of or today.',
    )
    .option('--from <day>', 'the first day, or an instant')
    .option('--to <day>', 'the day after the last, or an instant')
    .action(async (period: { readonly from?: string; readonly to?: string }) => {
      await run(['text', 'json'], async (world) => {
        if ((period.from === undefined) !== (period.to === undefined)) {
          throw new Fault('Only one end of the period was given', {
            cure: 'Give both --from 2026-10-01 and --to 2026-11-01, or neither for the month of today',
          })
        }
        const { slmCapacity } = await import('../journeys/slm-capacity.ts')
        return slmCapacity(world, period)
      })
    })
}
