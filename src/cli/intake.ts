import type { Command } from 'commander'
import type { AddCommand, Run } from './command.ts'

/** `gitsm intake parse` and `gitsm intake open`. */
export const addIntake: AddCommand = (program, run) => {
  const intake = program
    .command('intake')
    .summary('make records of issues that were written with a form')
    .description(
      'Makes records of issues, in two halves: parse reads what strangers wrote and needs no rights, open writes the record with a token and believes nothing that it is handed.',
    )
  addParse(intake, run)
  addOpen(intake, run)
}

function addParse(intake: Command, run: Run): void {
  intake
    .command('parse')
    .summary('read the issue of an event as the answers to a form')
    .description(
      'Reads the issue that a workflow was started by, without any rights, and sets the output record for intake open: empty for an issue that no form made.',
    )
    .option('--event <file>', 'the event, instead of the one that GITHUB_EVENT_PATH names')
    .action(async ({ event }: { readonly event?: string }) => {
      await run(['text', 'json'], async (world) => {
        const { parseIntake } = await import('../journeys/intake-parse.ts')
        return parseIntake(world, event)
      })
    })
}

function addOpen(intake: Command, run: Run): void {
  intake
    .command('open')
    .summary('bring the record of an issue to the mainline, straight or by pull request')
    .description(
      'Makes the record of an issue on the tip of the mainline and judges it as the gate would. Where its policy opens a direct lane and its author belongs to the organisation, it lands at once; else a pull request proposes it. The issue is told, in one comment.',
    )
    .option('--record <json>', 'what intake parse read; the variable GITSM_RECORD where left out')
    .option('--remote <name>', 'the remote that holds the mainline', 'origin')
    .action(async (options: { readonly record?: string; readonly remote: string }) => {
      await run(['text', 'json'], async (world) => {
        const { openIntake } = await import('../journeys/intake-open.ts')
        return openIntake(world, options)
      })
    })
}
