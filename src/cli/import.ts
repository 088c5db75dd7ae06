import type { AddCommand } from './command.ts'

/** `gitsm import servicenow`: a new repository whose history replays another tool's log. */
export const addImport: AddCommand = (program, run) => {
  program
    .command('import')
    .summary('take over what another tool recorded')
    .description('Takes over what another tool recorded.')
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
}
