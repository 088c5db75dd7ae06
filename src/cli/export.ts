import { Option } from 'commander'
import { type ExportPart, exportParts } from '../core/export.ts'
import { Fault } from '../core/fault.ts'
import { nearest } from '../core/nearest.ts'
import type { AddCommand } from './command.ts'

interface ExportArguments {
  readonly what: readonly ExportPart[]
  readonly out?: string
}

/** `gitsm export`. */
export const addExport: AddCommand = (program, run) => {
  program
    .command('export')
    .summary('hand records, timelines and readings to other programs, the change calendar to a calendar')
    .description(
      'Tells records, timelines and readings as lines of JSON (--format ndjson, the usual one) or one of them as a table (csv), and what is planned for the next 90 days as a calendar (ics). As committed, as of the newest commit or --as-of.',
    )
    .argument('[types...]', 'record types; all of them if left out')
    .addOption(
      new Option('--what <part>', `${exportParts.join(', ')}; repeatable; all if left out, of a table the records`)
        .argParser(collectParts)
        .default([], 'all'),
    )
    .option('--out <file>', 'the file to write to; printed if left out')
    .action(async (types: readonly string[], { what, out }: ExportArguments) => {
      await run(['ndjson', 'csv', 'ics'], async (world) => {
        const { exportData } = await import('../journeys/export.ts')
        return exportData(world, { types, parts: what, ...(out !== undefined && { out }) })
      })
    })
}

function collectParts(text: string, before: readonly ExportPart[]): readonly ExportPart[] {
  const part = exportParts.find((each) => each === text)
  if (part) return [...before, part]
  const guess = nearest(text, exportParts)
  throw new Fault(`--what cannot be ${JSON.stringify(text)}`, {
    cure: guess ? `Did you mean ${guess}?` : `Use ${exportParts.join(', ')}`,
  })
}
