import { countArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

interface AuditArguments {
  readonly from: string
  readonly to: string
  readonly sample: number
  readonly seed?: string
  readonly out?: string
}

/** `gitsm audit`. */
export const addAudit: AddCommand = (program, run) => {
  program
    .command('audit')
    .summary('gather the evidence of a period for an auditor: populations, a sample, approvals, findings')
    .description(
      'Counts what the mainline wrote in a period, draws a sample, and tells of each record in it who did what when, who approved it on which commit, and what verify finds. Everything can be checked offline. Exits with 1 where anything was found, or nobody can vouch for an approval.',
    )
    .requiredOption('--from <date>', 'the first day of the period, in the zone of the reports, or an instant')
    .requiredOption('--to <date>', 'the day after the last, or an instant')
    .option('--sample <count>', 'how many records of each population', countArgument, 25)
    .option('--seed <text>', 'what the sample is drawn by, which those who are audited could not know before')
    .option('--out <folder>', 'write page, data, records and evidence into this new folder')
    .action(async (options: AuditArguments) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { audit } = await import('../journeys/audit.ts')
        return audit(world, options)
      })
    })
}
