import type { Command } from 'commander'
import type { Seconds } from '../core/instant.ts'
import { countArgument, durationArgument, stretchArgument } from './argument.ts'
import type { AddCommand, Run } from './command.ts'

/** `gitsm sla`, `gitsm sla watch` and `gitsm sla notify`. */
export const addSla: AddCommand = (program, run) => {
  const sla = program
    .command('sla')
    .summary('read the clocks: response and resolution against their targets')
    .description(
      'Reads the SLA, OLA and contract clocks of all records, or of some, from the history up to HEAD, as of --as-of or now.',
    )
    .argument('[ID...]', 'ids of records')
    .option('--all', 'list stopped clocks too')
    .option('--fail-on <what>', 'exit with 1 when a clock is breached, or at-risk, or the ledger cannot be relied on')
    .action(async (ids: readonly string[], options: { readonly failOn?: string; readonly all?: boolean }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { sla } = await import('../journeys/sla.ts')
        return sla(world, { ids, ...options, asOf: world.asOf ?? world.now })
      })
    })
  addWatch(sla, run)
  addNotify(sla, run)
}

const hour = 3600
const day = 24 * hour

interface WatchArguments {
  readonly within: Seconds
  readonly back: Seconds
  readonly gap: Seconds
  readonly next: number
  readonly notify: boolean
}

function addWatch(sla: Command, run: Run): void {
  sla
    .command('watch')
    .summary('find the clocks to tell people of, and what falls due next')
    .description(
      'Finds the open clocks that are at risk or beyond their target, those that ended beyond it lately, and the instants that come next. Sets the output notices for sla notify; needs no token.',
    )
    .option('--within <duration>', 'count a clock as at risk that has less than this left', durationArgument, 0)
    .option('--back <time>', 'how long ago a clock may have ended whose breach is still told', stretchArgument, 7 * day)
    .option('--next <count>', 'how many coming instants to list', countArgument, 20)
    .option('--notify', 'tell people at once, as sla notify does', false)
    .option(
      '--gap <duration>',
      'with --notify: a longer time than this between two looks is a gap',
      durationArgument,
      hour,
    )
    .action(async ({ notify, gap, ...options }: WatchArguments) => {
      await run(['text', 'json'], async (world) => {
        if (!notify) {
          const { slaWatch } = await import('../journeys/sla-watch.ts')
          return slaWatch(world, options)
        }
        const { slaWatchAndNotify } = await import('../journeys/sla-notify.ts')
        return slaWatchAndNotify(world, options, gap)
      })
    })
}

function addNotify(sla: Command, run: Run): void {
  sla
    .command('notify')
    .summary('tell people on GitHub of clocks at risk and beyond their target, once')
    .description(
      'Opens one issue for each clock that sla watch found, mentions the team that owes it, tells a breach by one comment, and closes the issue when the clock has ended. Run late or twice, it tells the same once. Needs the right to write issues.',
    )
    .option('--notices <json>', 'the output notices of sla watch; the variable GITSM_NOTICES where left out')
    .option('--gap <duration>', 'a longer time than this between two looks is a gap', durationArgument, hour)
    .action(async (options: { readonly notices?: string; readonly gap: Seconds }) => {
      await run(['text', 'json'], async (world) => {
        const { slaNotify } = await import('../journeys/sla-notify.ts')
        return slaNotify(world, options)
      })
    })
}
