import type { AddCommand } from './command.ts'

/** `gitsm report`. */
export const addReport: AddCommand = (program, run) => {
  program
    .command('report')
    .summary('write the reports of a period as Markdown')
    .description(
      'Writes dashboard, CSI report, service levels and incidents of a period; the same commit gives the same bytes.',
    )
    .option(
      '--period <period>',
      'a month 2026-10, quarter 2026-Q4, year 2026 or week 2026-W48; the newest month if left out',
    )
    .option('--out <dir>', 'the folder to write to; reports/ unless gitsm.yaml says otherwise')
    .option('--check', 'write nothing and exit with 1 when a report is out of date', false)
    .action(async (options: { readonly period?: string; readonly out?: string; readonly check: boolean }) => {
      await run(['text', 'json'], async (world) => {
        const { report } = await import('../journeys/report.ts')
        return report(world, { ...options, ...(world.asOf !== undefined && { asOf: world.asOf }) })
      })
    })
}
