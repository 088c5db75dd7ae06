import type { AddCommand } from './command.ts'

interface Options {
  readonly with: string
  readonly from?: string
  readonly to?: string
}

/** `gitsm simulate`. */
export const addSimulate: AddCommand = (program, run) => {
  program
    .command('simulate')
    .summary('read the clocks of a past period under other SLAs, calendars or priorities')
    .description(
      'Reads every clock of a period as if the agreements, calendars and priority matrix of a branch or folder had stood all along, beside what it was. Changes nothing. Over --from --to, else over the last full quarter before the newest commit.',
    )
    .requiredOption(
      '--with <revision|folder>',
      'where the other agreements are: a branch or commit, or a folder with records/sla, records/calendar or gitsm.yaml',
    )
    .option('--from <day>', 'the first day, or an instant')
    .option('--to <day>', 'the day after the last, or an instant')
    .action(async (options: Options) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { simulate } = await import('../journeys/simulate.ts')
        return simulate(world, options)
      })
    })
}
