import type { AddCommand } from './command.ts'

interface Given {
  readonly practices?: string
  readonly organisation?: string
  readonly timezone?: string
  readonly withExample: boolean
  readonly yes: boolean
}

/** `gitsm init`. */
export const addInit: AddCommand = (program, run) => {
  program
    .command('init')
    .summary('make a folder a service repository')
    .description(
      'Makes a folder a service repository: git where there is none, schemas, templates, a small configuration, and workflows that judge pull requests and keep the ledger. It keeps every file that is there, asks nothing that a gitsm.yaml there tells, and makes no commit.',
    )
    .argument('[dir]', 'the folder; it need not exist', '.')
    .option('--practices <types>', 'record types to begin with, as incident,change; all of them when left out')
    .option('--organisation <name>', 'name for the reports; the name of the folder when left out')
    .option('--timezone <zone>', 'IANA zone of reports and office hours; that of this machine when left out')
    .option('--with-example', 'begin with the records of the example organisation, a web shop', false)
    .option('-y, --yes', 'ask nothing', false)
    .action(async (dir: string, given: Given) => {
      await run(['text', 'json'], async (world) => {
        const { init } = await import('../journeys/init.ts')
        const zoneHere = new Intl.DateTimeFormat().resolvedOptions().timeZone
        return init(world, { dir, zoneHere, ...given })
      })
    })
}
