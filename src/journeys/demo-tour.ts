import { eventfulIncident } from '../core/demo/tour.ts'
import type { ExitCode } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant } from '../core/instant.ts'
import type { TourStop } from '../render/demo.ts'
import { check } from './check.ts'
import type { DemoHistory } from './demo-history.ts'
import { explain } from './explain.ts'
import { report } from './report.ts'
import { sla } from './sla.ts'
import { timeline } from './timeline.ts'
import { validate } from './validate.ts'
import type { Outcome, World } from './world.ts'

/** The last month of the story. */
const period = '2026-10'

/** Writes the reports of the last month. */
export async function demoReports(world: World): Promise<readonly TourStop[]> {
  const command = `report --period ${period}`
  const { out } = await passing(report(world, { period, check: false }), command)
  return [{ command, why: 'What the month was like, and what to improve.', lines: linesOf(out) }]
}

/** Runs the journeys that read and judge, and keeps what a newcomer should see of each. */
export async function demoTour(world: World, history: DemoHistory): Promise<readonly TourStop[]> {
  const asOf = history.until
  const end = formatInstant(asOf)
  const { id } = eventfulIncident(history.incidents) ?? { id: '' }
  const stop = async (command: string, why: string, run: Promise<Outcome>, show = all): Promise<TourStop> => {
    const { out } = await passing(run, command)
    return { command, why, lines: show(linesOf(out)) }
  }
  return [
    await stop('validate', 'Every record fits its schema and the others.', validate(world, { paths: [] })),
    // The commit of the reports is still to come, so what is called main~1 afterwards is main now.
    await stop(
      'check --base main~2 --head main~1',
      'What a pull request would hear: here, of one step of an incident.',
      check(world, { base: 'main~1', head: 'main' }),
    ),
    await stop(`timeline ${id}`, 'One life, as the history of the file tells it.', timeline(world, id)),
    await stop(
      `explain ${id} --as-of ${end}`,
      'Why its clock stands where it stands: every interval, with the commit behind it.',
      explain(world, id, asOf),
      first(14),
    ),
    await stop(
      `sla --as-of ${end}`,
      'All clocks of the year. What is open comes first.',
      sla(world, { ids: [], asOf }),
      (lines) => [...lines.slice(0, 6), '…', ...lines.slice(-2)],
    ),
  ]
}

async function passing(run: Promise<Outcome>, command: string): Promise<Outcome> {
  const outcome = await run
  const passed: ExitCode = 0
  if (outcome.code === passed) return outcome
  throw new Fault(`The demo's own gitsm ${command} fails: ${outcome.out.trim().split('\n').at(-1)}`, {
    cure: 'Install GitSM again; if that does not help, report it',
    code: outcome.code,
  })
}

function linesOf(out: string): readonly string[] {
  return out.trimEnd().split('\n')
}

function all(lines: readonly string[]): readonly string[] {
  return lines
}

function first(count: number): (lines: readonly string[]) => readonly string[] {
  return (lines) => (lines.length <= count + 1 ? lines : [...lines.slice(0, count), '…'])
}
