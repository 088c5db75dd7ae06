import * as fs from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Commit, type CommittedFile, fastImport } from '../../src/adapters/fast-import.ts'
import { formatInstant, type Instant } from '../../src/core/instant.ts'
import { gatherAgreed } from '../../src/journeys/clocks.ts'
import { gatherHistory, type HistorySource } from '../../src/journeys/history.ts'
import { settledClocks } from '../../src/journeys/settled-clocks.ts'
import { sla } from '../../src/journeys/sla.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { repository, type TestRepo, temporaryFolder } from '../support/repo.ts'

const env = { PATH: process.env['PATH'] }
const begin = 1_767_600_000 // 2026-01-05T08:00:00Z, a Monday
const hour = 3600

const states = ['new', 'in_progress', 'on_hold', 'resolved', 'resolved', 'closed', 'cancelled'] as const

/** An incident after so many steps, as its file says it. */
function incident(
  id: string,
  steps: readonly { readonly state: string; readonly at: Instant }[],
  priority: string,
): string {
  const log = steps.map(({ state, at }) => `  - { at: ${formatInstant(at)}, state: ${state} }`)
  return [`id: ${id}`, `state: ${steps.at(-1)?.state}`, `priority: ${priority}`, 'log:', ...log, ''].join('\n')
}

function agreement(binding: string, hours: number): string {
  return `id: gold
kind: sla
state: active
applies_to: { type: incident }
order: 10
targets:
  response: { stop: [in_progress, resolved], target: { P1: PT1H, default: PT${hours}H }, calendar: { default: office } }
  resolution: { stop: [resolved, closed], pause: [on_hold], target: { default: PT${hours * 2}H }, calendar: { default: office }, on_reopen: new_cycle }
binding: ${binding}
`
}

function office(opens: number): string {
  return `id: office\ntimezone: Europe/Berlin\nhours: { mon-sun: ["${String(opens).padStart(2, '0')}:00-18:00"] }\n`
}

type Edit =
  | { readonly incident: number; readonly state: string; readonly priority: string }
  | { readonly binding: string; readonly hours: number }
  | { readonly opens: number }

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      incident: fc.integer({ min: 1, max: 12 }),
      state: fc.constantFrom(...states),
      priority: fc.constantFrom('P1', 'P3'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ binding: fc.constantFrom('at_start', 'at_event'), hours: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.record({ opens: fc.integer({ min: 0, max: 12 }) }) },
)
const commit = fc.record({
  // Mostly in order, now and then far ahead or behind, so that later commits change what earlier ones count as.
  at: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    fc.integer({ min: -9, max: 9 }).map((hours) => hours * hour),
    fc.constant(900 * hour),
  ),
  edit,
})
const pushes = fc.array(
  fc.record({ commits: fc.array(commit, { minLength: 1, maxLength: 12 }), later: fc.integer({ min: -20, max: 60 }) }),
  { minLength: 2, maxLength: 4 },
)

/** A repository that has nothing to do with it, and its only commit. */
type Elsewhere = HistorySource & { readonly tip: string }

function somewhereElse(): Elsewhere {
  const { dir, git } = repository([{ at: '2026-01-01T00:00:00Z', write: { 'gitsm.yaml': 'version: 1\n' } }])
  return { dir, env, tip: git(['rev-parse', 'HEAD']) }
}

/** What `gitsm sla` prints in some of its forms. */
async function printed(
  world: World,
  elsewhere: Elsewhere,
  asOf: Instant,
  forms: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const form of forms) {
    // Another history in between, so that this process remembers nothing.
    await gatherHistory(elsewhere, elsewhere.tip)
    const { out, code } = await sla(
      { ...world, format: form === 'json' ? 'json' : 'text' },
      { ids: [], asOf, all: form === 'all', failOn: 'breached' },
    )
    found.push(`${code} ${out}`)
  }
  return found
}

/** What it prints, each form once more, and then what it prints where nothing was kept. */
async function bothWays(world: World, elsewhere: Elsewhere, asOf: Instant) {
  const cache = join(world.dir, '.git/gitsm')
  const warm = await printed(world, elsewhere, asOf, ['text', 'text', 'json'])
  fs.renameSync(cache, `${cache}-kept`)
  const [text = '', told = ''] = await printed(world, elsewhere, asOf, ['text', 'json'])
  fs.rmSync(cache, { recursive: true })
  fs.renameSync(`${cache}-kept`, cache)
  return { warm, cold: [text, text, told] }
}

function worldIn(dir: string): World {
  const program = join(temporaryFolder(), 'gitsm.js')
  fs.writeFileSync(program, 'the program')
  return { ...worldOf(dir), env, program }
}

const configuration: readonly CommittedFile[] = [
  { path: 'gitsm.yaml', content: 'version: 1\n' },
  { path: 'records/sla/gold.yaml', content: agreement('at_event', 4) },
  { path: 'records/calendar/office.yaml', content: office(8) },
]

function commitAt(at: Instant, files: readonly CommittedFile[]): Commit {
  return { at, by: { name: 'ada', email: 'a@example.invalid' }, message: 'm', files }
}

/**
 * A mainline on which three incidents were resolved, and ten commits after them that touch nothing; `ahead` is by how
 * much the commit of the second incident is dated ahead.
 */
async function resolvedLongAgo(ahead = 0): Promise<{
  readonly repo: TestRepo
  readonly add: (files: readonly CommittedFile[]) => Promise<void>
}> {
  const repo = repository()
  let count = 0
  const write = async (all: readonly (readonly CommittedFile[])[]): Promise<void> => {
    const onto = count === 0 ? {} : { onto: 'main' }
    const commits = all.map((files) => commitAt(begin + ++count * hour + (count === 3 ? ahead : 0), files))
    await fastImport({ dir: repo.dir, env }, commits, { branch: 'main', ...onto })
  }
  const lives = [1, 2, 3].map((number) => {
    const id = `INC-${number}`
    const steps = [
      { state: 'new', at: begin },
      { state: 'resolved', at: begin },
    ]
    return [{ path: `records/incident/${id}.yaml`, content: incident(id, steps, 'P3') }]
  })
  await write([configuration, ...lives, ...Array.from({ length: 10 }, () => [])])
  return { repo, add: (files) => write([files]) }
}

const later = begin + 100 * hour

describe('what is kept of clocks that have stopped', () => {
  test('is used: a record that was resolved long ago is not looked at again', async () => {
    const { repo, add } = await resolvedLongAgo()
    const [world, elsewhere] = [worldIn(repo.dir), somewhereElse()]
    const first = await bothWays(world, elsewhere, later)
    expect(first.warm).toEqual(first.cold)
    await add([])
    await gatherHistory(elsewhere, elsewhere.tip)
    const agreed = await gatherAgreed(world)
    expect(settledClocks(agreed, later).size).toBeGreaterThanOrEqual(3)
    expect(settledClocks(agreed, begin).size).toBe(0)
  })

  test.each<readonly [string, CommittedFile]>([
    [
      'a record that is taken up again',
      {
        path: 'records/incident/INC-1.yaml',
        content: incident(
          'INC-1',
          [
            { state: 'new', at: begin },
            { state: 'resolved', at: begin },
            { state: 'in_progress', at: later },
          ],
          'P3',
        ),
      },
    ],
    ['a record that is removed', { path: 'records/incident/INC-1.yaml', content: null }],
    ['an agreement that is edited', { path: 'records/sla/gold.yaml', content: agreement('at_event', 1) }],
    ['a calendar that is edited', { path: 'records/calendar/office.yaml', content: office(12) }],
    ['a priority matrix that is edited', { path: 'gitsm.yaml', content: 'version: 1\npriority: { matrix: {} }\n' }],
  ])('is not believed of %s', async (_, file) => {
    const { repo, add } = await resolvedLongAgo()
    const [world, elsewhere] = [worldIn(repo.dir), somewhereElse()]
    const before = settledClocks(await kept(world, elsewhere), later)
    await add([file])
    const { warm, cold } = await bothWays(world, elsewhere, later)
    expect(warm).toEqual(cold)
    await gatherHistory(elsewhere, elsewhere.tip)
    const after = settledClocks(await gatherAgreed(world), later)
    expect(after.size).toBe(file.path.startsWith('records/incident/') ? before.size - 1 : 0)
  })

  test('knows which of them rest on a date in doubt', async () => {
    const { repo, add } = await resolvedLongAgo(50_000 * hour)
    const [world, elsewhere] = [worldIn(repo.dir), somewhereElse()]
    await kept(world, elsewhere)
    await add([])
    const { warm, cold } = await bothWays(world, elsewhere, later)
    expect(warm).toEqual(cold)
    await gatherHistory(elsewhere, elsewhere.tip)
    const settled = [...settledClocks(await gatherAgreed(world), later).values()].flat()
    expect(new Set(settled.filter(({ doubtful }) => doubtful).map(({ record }) => record))).toEqual(new Set(['INC-2']))
    expect(cold[0]).toContain('on a date in doubt')
  })

  test('is not believed where other times count', async () => {
    const { repo } = await resolvedLongAgo()
    const [world, elsewhere] = [worldIn(repo.dir), somewhereElse()]
    await kept(world, elsewhere)
    const tips = repo.git(['rev-list', '--reverse', 'main']).split('\n')
    const entries = tips.map((tip, index) => ({ tip, at: formatInstant(begin + index * 30 * hour) }))
    repo.git(['checkout', '--quiet', 'main'])
    writeLedger(repo, ledgerFiles(entries))
    repo.git(['checkout', '--quiet', 'main'])
    const { warm, cold } = await bothWays(world, elsewhere, begin + 10_000 * hour)
    expect(warm).toEqual(cold)
  })

  async function kept(world: World, elsewhere: Elsewhere) {
    await printed(world, elsewhere, later, ['text'])
    await gatherHistory(elsewhere, elsewhere.tip)
    return gatherAgreed(world)
  }
})

describe('gitsm sla', () => {
  test('prints the same whether an earlier run kept something or not', async () => {
    const elsewhere = somewhereElse()
    await fc.assert(
      fc.asyncProperty(pushes, async (made) => {
        const repo = repository()
        const world = worldIn(repo.dir)
        const lives = new Map<number, { readonly state: string; readonly at: Instant }[]>()
        let count = 0
        const filesOf = (each: Edit, at: Instant): readonly CommittedFile[] => {
          if ('opens' in each) return [{ path: 'records/calendar/office.yaml', content: office(each.opens) }]
          if ('hours' in each) return [{ path: 'records/sla/gold.yaml', content: agreement(each.binding, each.hours) }]
          const life = lives.get(each.incident) ?? []
          lives.set(each.incident, life)
          life.push({ state: each.state, at })
          const id = `INC-${each.incident}`
          return [{ path: `records/incident/${id}.yaml`, content: incident(id, life, each.priority) }]
        }
        for (const { commits, later: hours } of made) {
          const start = count === 0 ? [commitAt(begin, configuration)] : []
          const onto = count === 0 ? {} : { onto: 'main' }
          const written = commits.map((each): Commit => {
            count += 1
            const at = begin + count * hour
            return commitAt(Math.max(0, at + each.at), filesOf(each.edit, at))
          })
          await fastImport({ dir: repo.dir, env }, [...start, ...written], { branch: 'main', ...onto })
          const { warm, cold } = await bothWays(world, elsewhere, begin + (count + hours) * hour)
          expect(warm).toEqual(cold)
        }
      }),
      { numRuns: 8 },
    )
  })
})
