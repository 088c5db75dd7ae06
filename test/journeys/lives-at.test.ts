import * as fs from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Commit, fastImport } from '../../src/adapters/fast-import.ts'
import { formatInstant, type Instant } from '../../src/core/instant.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { type Clocks, gatherClocks } from '../../src/journeys/clocks.ts'
import { gatherHistory, type HistorySource } from '../../src/journeys/history.ts'
import { keptReadings } from '../../src/journeys/kept-readings.ts'
import { livesAt } from '../../src/journeys/lives-at.ts'
import { worldOf } from '../support/approval-world.ts'
import { repository, type TestRepo, temporaryFolder } from '../support/repo.ts'

const env = { PATH: process.env['PATH'] }
const begin = 1_767_600_000 // 2026-01-05T08:00:00Z, a Monday
const hour = 3600

const agreement = (binding: string, hours: number, closure = false): string => `id: gold
kind: sla
state: active
applies_to: { type: incident }
order: 10
targets:
  response: { stop: [in_progress, resolved], target: { P1: PT1H, default: PT${hours}H } }
  resolution: { stop: [resolved, closed], pause: [on_hold], target: { default: PT${hours * 2}H }, on_reopen: new_cycle }
${closure ? '  closure: { stop: [closed], target: { default: PT9H } }\n' : ''}binding: ${binding}
`

/** What one commit does: a step of an incident, an edit of the agreement, or nothing to either. */
type Edit =
  | { readonly incident: number; readonly state: string; readonly priority: string; readonly moved: boolean }
  | { readonly binding: string; readonly hours: number; readonly closure: boolean }
  | null

const step: fc.Arbitrary<Edit> = fc.record({
  incident: fc.integer({ min: 1, max: 6 }),
  state: fc.constantFrom('new', 'in_progress', 'on_hold', 'resolved', 'resolved', 'closed', 'cancelled'),
  priority: fc.constantFrom('P1', 'P3'),
  moved: fc.boolean(),
})
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 20, arbitrary: step },
  {
    weight: 2,
    arbitrary: fc.record({
      binding: fc.constantFrom('at_start', 'at_event'),
      hours: fc.integer({ min: 1, max: 30 }),
      closure: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.constant(null) },
)

/** Commits on a mainline, an hour apart. */
function writer(repo: TestRepo): (edits: readonly Edit[]) => Promise<void> {
  const states = new Map<number, string[]>()
  const paths = new Map<number, string>()
  let count = 0
  const filesOf = (each: Edit, at: Instant): Commit['files'] => {
    if (each === null) return []
    if ('hours' in each) {
      const { binding, hours, closure } = each
      return [{ path: 'records/sla/gold.yaml', content: agreement(binding, hours, closure) }]
    }
    const id = `INC-${each.incident}`
    const log = [...(states.get(each.incident) ?? []), `  - { at: ${formatInstant(at)}, state: ${each.state} }`]
    states.set(each.incident, log)
    const before = paths.get(each.incident)
    const path = each.moved ? `records/incident/2026/${id}.yaml` : (before ?? `records/incident/${id}.yaml`)
    paths.set(each.incident, path)
    const content = [`id: ${id}`, `state: ${each.state}`, `priority: ${each.priority}`, 'log:', ...log, ''].join('\n')
    const gone = before === undefined || before === path ? [] : [{ path: before, content: null }]
    return [...gone, { path, content }]
  }
  return async (edits) => {
    const by = { name: 'ada', email: 'a@example.invalid' }
    const organisation: Commit = {
      ...{ at: begin, by, message: 'Begin' },
      files: [
        { path: 'gitsm.yaml', content: 'version: 1\n' },
        { path: 'records/sla/gold.yaml', content: agreement('at_event', 4) },
      ],
    }
    const isFirst = count === 0
    const written = edits.map((each): Commit => {
      count += 1
      const at = begin + count * hour
      return { at, by, message: 'Edit', files: filesOf(each, at) }
    })
    const onto = isFirst ? {} : { onto: 'main' }
    await fastImport({ dir: repo.dir, env }, [...(isFirst ? [organisation] : []), ...written], {
      branch: 'main',
      ...onto,
    })
  }
}

/** The clocks of a mainline, read by a process that remembers nothing but what was kept. */
type ClocksOf = (source: HistorySource) => Promise<Clocks>

function forgetful(): ClocksOf {
  const { dir, git } = repository([{ at: '2026-01-01T00:00:00Z', write: { 'gitsm.yaml': 'version: 1\n' } }])
  const elsewhere = git(['rev-parse', 'HEAD'])
  return async (source) => {
    await gatherHistory({ dir, env }, elsewhere)
    return gatherClocks(source)
  }
}

function sourceIn(dir: string): HistorySource {
  const program = join(temporaryFolder(), 'gitsm.js')
  fs.writeFileSync(program, 'the program')
  return { ...worldOf(dir), env, program }
}

/** What lives and clocks are where each is read for itself. */
function readAlone({ records, levels, history }: Clocks, asOf: Instant) {
  return records.flatMap((record) => {
    const { type, id } = record
    const moments = record.moments.filter(({ recorded }) => recorded <= asOf)
    const revisions = history.records.get(`${type}/${id}`)?.revisions ?? []
    const file = revisions.findLast(({ kind, commit }) => kind === 'written' && commit.at <= asOf)?.file
    const own = readings(record, levels, asOf)
    return moments.length === 0 ? [] : [{ type, id, file, data: moments.at(-1)?.data, moments, readings: own }]
  })
}

const instants = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 4 })
const pushes = fc.array(fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 15 }), instants }), {
  minLength: 2,
  maxLength: 3,
})

describe('lives as of an instant', () => {
  test('are the same whatever was asked before, in this run and in earlier ones', async () => {
    const clocksOf = forgetful()
    await fc.assert(
      fc.asyncProperty(pushes, async (made) => {
        const repo = repository()
        const [source, write] = [sourceIn(repo.dir), writer(repo)]
        for (const { edits, instants: asked } of made) {
          await write(edits)
          const clocks = await clocksOf(source)
          const last = clocks.history.commits.at(-1)?.at ?? begin
          for (const asOf of [...asked.map((hours) => begin + hours * hour), last]) {
            expect(livesAt(clocks, asOf).lives).toEqual(readAlone(clocks, asOf))
          }
        }
      }),
      { numRuns: 12 },
    )
  })

  test('have the clock that an edit of the agreement began when the others had stopped', async () => {
    const repo = repository()
    const [source, write, clocksOf] = [sourceIn(repo.dir), writer(repo), forgetful()]
    const resolved: Edit = { incident: 1, state: 'resolved', priority: 'P3', moved: false }
    await write([resolved, null, { binding: 'at_event', hours: 4, closure: true }, null])
    const clocks = await clocksOf(source)
    const targetsAt = (asOf: Instant) =>
      livesAt(clocks, asOf).incidents.flatMap((life) => life.readings.map(({ target }) => target))
    expect(targetsAt(begin + 2 * hour)).toEqual(['resolution', 'response'])
    expect(targetsAt(begin + 4 * hour)).toEqual(['closure', 'resolution', 'response'])
  })

  test('of records that nothing touched since are one object, and known to the next run', async () => {
    const repo = repository()
    const [source, write, clocksOf] = [sourceIn(repo.dir), writer(repo), forgetful()]
    const resolved = (incident: number): Edit => ({ incident, state: 'resolved', priority: 'P3', moved: false })
    await write([resolved(1), resolved(2), ...Array.from({ length: 8 }, () => null)])
    const clocks = await clocksOf(source)
    const [early, late] = [livesAt(clocks, begin + 5 * hour), livesAt(clocks, begin + 10 * hour)]
    expect(late.incidents.map((life, index) => life === early.incidents[index])).toEqual([true, true])
    await write([resolved(1)])
    expect([...keptReadings(await clocksOf(source)).values()].flat().map(({ record }) => record)).toContain('INC-2')
    expect([...keptReadings(await clocksOf(source)).values()].flat().map(({ record }) => record)).not.toContain('INC-1')
    await write([{ binding: 'at_event', hours: 1, closure: false }])
    expect(keptReadings(await clocksOf(source)).size).toBe(0)
  })
})
