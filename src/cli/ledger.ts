import type { Command } from 'commander'
import type { Instant } from '../core/instant.ts'
import { countArgument, instantArgument } from './argument.ts'
import type { AddCommand, Run } from './command.ts'

/** `gitsm ledger append`, `gitsm ledger verify` and `gitsm ledger show`. */
export const addLedger: AddCommand = (program, run) => {
  const ledger = program
    .command('ledger')
    .summary('keep a tamper-evident record of when the mainline was seen')
    .description(
      'Keeps the branch gitsm-ledger: append-only entries, chained by their digests, that say which commit the mainline ended in and when a server saw that. Times that it vouches for are attested; all others are what commits claim.',
    )
  addAppend(ledger, run)
  addVerify(ledger, run)
  addShow(ledger, run)
}

interface AppendArguments {
  readonly tip?: string
  readonly branch?: string
  readonly push?: string
  readonly at?: Instant
  readonly run?: string
}

function addAppend(ledger: Command, run: Run): void {
  ledger
    .command('append')
    .summary('write down which commit the mainline ends in now')
    .description(
      'Writes one entry, for continuous integration to do after each push to the mainline. Writes nothing when the ledger saw the tip already. When the mainline does not go on from the last tip, writes that down and exits with 1. Touches neither working tree nor index.',
    )
    .option('--tip <revision>', 'the commit that the mainline ends in, instead of HEAD')
    .option('--branch <name>', 'the name of the mainline, instead of that of the branch checked out')
    .option('--push <remote>', 'take the ledger from this remote, and push the entry there')
    .option('--at <instant>', 'when the server took the push, where that is known', instantArgument)
    .option('--run <address>', 'the run that writes, where the environment does not tell')
    .action(async (options: AppendArguments) => {
      await run(['text', 'json'], async (world) => {
        const { appendToLedger } = await import('../journeys/ledger-append.ts')
        return appendToLedger(world, options)
      })
    })
}

function addVerify(ledger: Command, run: Run): void {
  ledger
    .command('verify')
    .summary('check the chain of the ledger, and the mainline against it')
    .description(
      'Checks that every entry follows the one before it, that the branch was only ever added to, and that the mainline up to HEAD goes on from every tip that was seen. Exits with 1 where it finds anything.',
    )
    .option('--contains <digest>', 'an entry that was noted elsewhere and must still be there: sha256:…')
    .action(async (options: { readonly contains?: string }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { verifyLedger } = await import('../journeys/ledger-verify.ts')
        return verifyLedger(world, options)
      })
    })
}

function addShow(ledger: Command, run: Run): void {
  ledger
    .command('show')
    .summary('list what the ledger saw, and when')
    .description('Lists the entries of the ledger that hold; in JSON all of them.')
    .option('--last <count>', 'how many entries, newest last', countArgument, 20)
    .action(async ({ last }: { readonly last: number }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { showLedger } = await import('../journeys/ledger-show.ts')
        return showLedger(world, last)
      })
    })
}
