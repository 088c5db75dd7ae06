import type { AddCommand } from './command.ts'

/** `gitsm slm gaps`. */
export const addSlm: AddCommand = (program, run) => {
  program
    .command('slm')
    .summary('look after agreements')
    .description('Looks after the agreements with customers, between teams and with suppliers.')
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
