import type { Instant } from '../core/instant.ts'
import { instantArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

/** The options as commander hands them over. */
interface Options {
  readonly service: string
  readonly environment: string
  readonly at?: Instant
  readonly change?: string
  readonly repo?: string
  readonly trustMainline?: boolean
  readonly acceptEmergency?: boolean
}

/** `gitsm change-gate`. */
export const addChangeGate: AddCommand = (program, run) => {
  program
    .command('change-gate')
    .summary('say whether an authorised change clears a deployment')
    .description(
      'Says whether a service may be deployed to an environment: whether a change of the mainline is about it, authorised, inside its planned window and in no freeze, and who approved it. Exits with 0 only then; with 1 and the reason for anything that is missing, over, or not known.',
    )
    .requiredOption('--service <service>', 'what is deployed: the id of a service')
    .requiredOption('--environment <environment>', 'where to: production, staging, test or development')
    .option('--at <instant>', 'ask about another instant, by what the mainline says now', instantArgument)
    .option('--change <ID>', 'the change that is to clear it; any that is about it where left out')
    .option('--repo <repo>', 'the folder or address of the service repository, where it is another one')
    .option('--trust-mainline', 'where no ledger vouches, count what stands on the mainline as approved')
    .option('--accept-emergency', 'let a change pass whose approval may follow by its policy, until that is due')
    .action(async ({ at, trustMainline = false, acceptEmergency = false, ...options }: Options) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { changeGate } = await import('../journeys/change-gate.ts')
        return changeGate(world, { ...options, trustMainline, acceptEmergency, at: at ?? world.asOf ?? world.now })
      })
    })
}
