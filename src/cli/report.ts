import { Fault } from '../core/fault.ts'
import { collect } from './argument.ts'
import type { AddCommand } from './command.ts'

interface ReportArguments {
  readonly period: readonly string[]
  readonly allDue: boolean
  readonly out?: string
  readonly push?: string
  readonly check: boolean
}

/** `gitsm report`. */
export const addReport: AddCommand = (program, run) => {
  program
    .command('report')
    .summary('write the reports of one or more periods as Markdown')
    .description(
      'Writes the dashboard, the pages of a period (the improvement report first) and the feeds; the same commit gives the same bytes.',
    )
    .option(
      '--period <period>',
      'a month 2026-10, quarter 2026-Q4, year 2026 or week 2026-W48, several if given again; the newest month if left out',
      collect,
      [],
    )
    .option('--all-due', 'the month that runs, and the last month, quarter and year that are over', false)
    .option('--out <dir>', 'the folder to write to; reports/ unless gitsm.yaml says otherwise')
    .option('--push <remote>', 'publish the reports of the mainline of this remote there, without touching this clone')
    .option('--check', 'write nothing and exit with 1 when a report is out of date', false)
    .action(async ({ push, period: periods, ...options }: ReportArguments) => {
      await run(['text', 'json'], async (world) => {
        const asked = { ...options, periods, ...(world.asOf !== undefined && { asOf: world.asOf }) }
        if (push === undefined) {
          const { report } = await import('../journeys/report.ts')
          return report(world, asked)
        }
        if (options.check || options.out !== undefined) {
          throw new Fault('--push goes with neither --out nor --check', { cure: 'Leave one of them out' })
        }
        const { publishReports } = await import('../journeys/publish-reports.ts')
        return publishReports(world, { remote: push, ...asked })
      })
    })
}
