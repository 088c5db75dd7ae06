import { runProgram } from '../adapters/own-program.ts'
import { collidingChange, eventfulIncident, scheduledChange, stepNamed } from '../core/demo/tour.ts'
import { exit, exitCodeOf } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant } from '../core/instant.ts'
import type { TourStop } from '../render/demo.ts'
import { check } from './check.ts'
import { conflicts } from './conflicts.ts'
import type { DemoHistory } from './demo-history.ts'
import { explain } from './explain.ts'
import { metrics } from './metrics.ts'
import { report } from './report.ts'
import { sla } from './sla.ts'
import { timeline } from './timeline.ts'
import { validate } from './validate.ts'
import { windows } from './windows.ts'
import type { Outcome, World } from './world.ts'

/** The last month of the story. */
const period = '2026-10'

/** Writes the reports of the last month. */
export async function demoReports(world: World): Promise<readonly TourStop[]> {
  const command = `report --period ${period}`
  const { out } = await passing(report(world, { periods: [period], allDue: false, check: false }), command)
  return [{ command, why: 'What the month was like, and what to improve.', lines: linesOf(out) }]
}

/** Runs the journeys that read and judge, and keeps what a newcomer should see of each. */
export async function demoTour(world: World, history: DemoHistory): Promise<readonly TourStop[]> {
  const asOf = history.until
  const end = formatInstant(asOf)
  const { id } = eventfulIncident(history.incidents) ?? { id: '' }
  const back = history.commits.length - 1 - stepNamed(history.commits, scheduledChange)
  // It takes as long as all the others together, so it runs beside them.
  const verifying = runBeside(world, ['--as-of', end, 'verify'])
  verifying.catch(() => {})
  const stop = async (command: string, why: string, run: Promise<Outcome>, show = all): Promise<TourStop> => {
    const { out } = await passing(run, command)
    return { command, why, lines: show(linesOf(out)) }
  }
  const before = [
    await stop(
      `validate --as-of ${end}`,
      'Every record fits its schema and the others, and no review or action is past its day.',
      validate(world, { paths: [] }),
    ),
  ]
  const after = [
    // The commit of the reports is still to come, so what is called main~1 afterwards is main now.
    await stop(
      `check --base main~${back + 2} --head main~${back + 1}`,
      'What the pull request that schedules a change hears: its risk, and who must approve it.',
      check(world, { base: `main~${back + 1}`, head: `main~${back}` }),
      (lines) => [...lines.slice(0, 8), '…', ...lines.slice(lines.indexOf('approvals'))],
    ),
    await stop(
      `conflicts ${collidingChange} --as-of ${end}`,
      'What a change collides with, and when there is time for it.',
      conflicts(world, { id: collidingChange, asOf, failOnOpen: false }),
      first(10),
    ),
    await stop(
      `windows --next 30d --as-of ${end}`,
      'When something may be changed, and when nothing may.',
      windows(world, { asOf, ahead: 30 * 86_400 }),
      (lines) => [...lines.slice(0, 4), '…', ...lines.filter((line) => line.includes('freeze'))],
    ),
    await stop(
      'metrics webshop-daily-downtime --from 2026-06-01 --to 2026-11-01 --by month',
      'The figure that the improvement of the year was closed with: computed, not typed in.',
      metrics(world, { from: '2026-06-01', to: '2026-11-01', by: 'month', ids: ['webshop-daily-downtime'] }),
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
  const verified = await stop('verify', 'No step of the year breaks a rule that was in force then.', verifying)
  return [...before, verified, ...after]
}

/** Runs a command of the tour as a program of its own, which prints what it would print here. */
async function runBeside({ program, dir, env, colour }: World, args: readonly string[]): Promise<Outcome> {
  const { FORCE_COLOR: _, GITHUB_ACTIONS: __, ...rest } = env
  const own = { ...rest, ...(colour && { FORCE_COLOR: '1' }) }
  const { code, out } = await runProgram(program, ['-C', dir, '--quiet', ...args], own)
  return { code: exitCodeOf(code), out }
}

async function passing(run: Promise<Outcome>, command: string): Promise<Outcome> {
  const outcome = await run
  if (outcome.code === exit.pass) return outcome
  throw new Fault(`The demo's own gitsm ${command} fails: ${outcome.out.trim().split('\n').at(-1)}`, {
    cure: 'Install GitSM again; if that does not help, report it',
    code: exitCodeOf(outcome.code),
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
