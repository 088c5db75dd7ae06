import type { Seconds } from '../core/instant.ts'
import { stretchArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

/** `gitsm windows`. */
export const addWindows: AddCommand = (program, run) => {
  program
    .command('windows')
    .summary('list the coming freezes and maintenance windows')
    .description(
      'Lists when freezes and maintenance windows last, from --as-of or now on, on the clocks of the reports and in UTC.',
    )
    .option('--next <time>', 'how far ahead to look, in hours, days or weeks', stretchArgument, stretchArgument('30d'))
    .option('--service <id>', 'only windows that concern this service')
    .option('--ci <id>', 'only windows that cover this configuration item')
    .action(async (options: { readonly next: Seconds; readonly service?: string; readonly ci?: string }) => {
      const { next, ...of } = options
      await run(['text', 'json'], async (world) => {
        const { windows } = await import('../journeys/windows.ts')
        return windows(world, { ...of, ahead: next, asOf: world.asOf ?? world.now })
      })
    })
}
