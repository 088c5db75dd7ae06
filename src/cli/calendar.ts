import { durationArgument, instantArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

/** `gitsm calendar elapsed` and `gitsm calendar due`. */
export const addCalendar: AddCommand = (program, run) => {
  const calendar = program
    .command('calendar')
    .summary('calculate with opening hours')
    .description('Calculates with the opening hours of a calendar record, or of the built-in calendar always.')
  calendar
    .command('elapsed')
    .summary('the open seconds between two instants')
    .description('Tells how many seconds a calendar was open between two instants.')
    .argument('<id>', 'a calendar')
    .argument('<from>', 'an instant')
    .argument('<to>', 'an instant')
    .action(async (id: string, from: string, to: string) => {
      const [start, end] = [instantArgument(from), instantArgument(to)]
      await run(['text', 'json'], async (world) => {
        const { calendarElapsed } = await import('../journeys/calendar.ts')
        return calendarElapsed(world, id, start, end)
      })
    })
  calendar
    .command('due')
    .summary('the instant at which a target is used up')
    .description('Tells when a duration of open time has passed since a start.')
    .argument('<id>', 'a calendar')
    .argument('<start>', 'an instant')
    .argument('<duration>', 'hours, minutes and seconds, such as PT4H')
    .action(async (id: string, start: string, duration: string) => {
      const [from, target] = [instantArgument(start), durationArgument(duration)]
      await run(['text', 'json'], async (world) => {
        const { calendarDue } = await import('../journeys/calendar.ts')
        return calendarDue(world, id, from, target)
      })
    })
}
