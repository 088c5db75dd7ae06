import type { AddCommand } from './command.ts'

/**
 * `gitsm import servicenow`: a new repository whose history replays another tool's log; `gitsm import ci`: items into
 * this one.
 */
export const addImport: AddCommand = (program, run) => {
  const group = program
    .command('import')
    .summary('take over what another tool recorded')
    .description('Takes over what another tool recorded.')
  group
    .command('servicenow')
    .summary("make a repository whose history replays ServiceNow's incident log")
    .description(
      "Makes a service repository whose git history replays ServiceNow's incident audit log, one commit a row at the instant of its update. Rows that cannot be read are named with their line.",
    )
    .argument('<csv>', 'the log as CSV, with a header: number, incident_state, sys_updated_at (DD-MM-YYYY HH:MM), …')
    .requiredOption('--into <dir>', 'the new repository: a folder that is empty or does not exist')
    .option('--timezone <zone>', 'the IANA zone that the log tells its times in', 'UTC')
    .action(async (csv: string, { into, timezone }: { readonly into: string; readonly timezone: string }) => {
      await run(['text', 'json'], async (world) => {
        const { runServiceNowImport } = await import('../journeys/import-servicenow.ts')
        return runServiceNowImport(world, { csv, into, timezone })
      })
    })
  group
    .command('ci')
    .summary('bring in and refresh configuration items from a table or a Backstage catalogue')
    .description(
      'Brings configuration items into the working tree, and refreshes those that are there: from a CSV file whose columns are named as the fields are, or from the catalog-info.yaml files below a folder. Fields and comments written by hand stay. With a single problem nothing is written.',
    )
    .argument('<source>', 'a CSV file with the columns id and class, or a folder with catalog-info.yaml files')
    .option('--owner <team>', 'who owns what no team here owns (Backstage)')
    .option('--dry-run', 'tell what would be written, and write nothing', false)
    .action(async (source: string, options: { readonly owner?: string; readonly dryRun: boolean }) => {
      await run(['text', 'json'], async (world) => {
        const { importCi } = await import('../journeys/import-ci.ts')
        return importCi(world, { source, ...options })
      })
    })
}
