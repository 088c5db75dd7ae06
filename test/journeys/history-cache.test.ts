import * as fs from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Commit, fastImport } from '../../src/adapters/fast-import.ts'
import { type HistorySource, readHistory } from '../../src/journeys/history.ts'
import { ledgerSource } from '../../src/journeys/ledger-source.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { repository, type TestRepo, temporaryFolder } from '../support/repo.ts'

const env = { PATH: process.env['PATH'] }
const begin = 1_767_225_600 // 2026-01-01T00:00:00Z

function program(): string {
  const path = join(temporaryFolder(), 'gitsm.js')
  fs.writeFileSync(path, 'the program')
  return path
}

/** A repository read by a program that keeps what it read, and by one that does not. */
function readers(repo: TestRepo) {
  const cold: HistorySource = { dir: repo.dir, env }
  const warm: HistorySource = { ...cold, program: program(), version: '1.0.0' }
  const read = async (source: HistorySource, revision = 'HEAD') => {
    const tip = repo.git(['rev-parse', revision])
    const { commits, configurations, evidence, records } = await readHistory(source, tip, await ledgerSource(source))
    const histories = [...records.values()].map(({ type, id, revisions }) => ({ type, id, revisions }))
    return { commits, configurations, evidence, records: histories }
  }
  return { cold: (revision?: string) => read(cold, revision), warm: (revision?: string) => read(warm, revision) }
}

function cacheOf({ dir }: TestRepo): string {
  return join(dir, '.git/gitsm/history')
}

function record(state: string, more = ''): string {
  return `id: INC-1\nstate: ${state}\nlog:\n  - { at: 2026-01-01T00:00:00Z, state: ${state} }\n${more}`
}

/** A small mainline: an incident that lives, a calendar, the configuration. */
function lived(): TestRepo {
  return repository(
    ['new', 'in_progress', 'on_hold', 'resolved'].map((state, hour) => ({
      at: `2026-01-01T0${hour}:00:00Z`,
      write: {
        'records/incident/INC-1.yaml': record(state),
        'records/calendar/office.yaml': `id: office\ntimezone: UTC\nhours: { mon-fri: ["0${hour}:00-18:00"] }\n`,
        'gitsm.yaml': `version: 1\norganisation: ${hour}\n`,
      },
    })),
  )
}

/** Takes away what the first commit holds, so that nobody can read the whole history any more. */
function forgetFirst(repo: TestRepo): void {
  const first = repo.git(['rev-list', '--max-parents=0', 'HEAD'])
  const blob = repo.git(['rev-parse', `${first}:records/incident/INC-1.yaml`])
  fs.rmSync(join(repo.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)))
}

describe('a history that was kept', () => {
  test('is what a walk from the beginning tells, whatever came since and whatever its commits claim of their times', async () => {
    const state = fc.constantFrom('new', 'in_progress', 'on_hold', 'resolved')
    const file = fc.oneof(
      fc.record({
        path: fc.constantFrom(...['1', '2', '3', 'moved/1'].map((name) => `records/incident/${name}.yaml`)),
        content: fc.oneof(
          {
            weight: 4,
            arbitrary: fc
              .tuple(fc.integer({ min: 1, max: 3 }), state)
              .map(([id, each]) => record(each).replace('INC-1', `INC-${id}`)),
          },
          { weight: 1, arbitrary: fc.constantFrom('[]', 'a: &x 1', '\0', '') },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
      }),
      fc.record({
        path: fc.constant('gitsm.yaml'),
        content: fc.constantFrom('version: 1\n', 'version: 2\n', ': :', null),
      }),
    )
    const commit = fc.record({
      // Mostly in order, now and then far ahead or behind, so that later commits change what earlier ones count as.
      at: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -900, max: 900 }), fc.constant(90_000)),
      files: fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 2 }),
    })
    const pushes = fc.array(fc.array(commit, { minLength: 1, maxLength: 7 }), { minLength: 2, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(pushes, async (made) => {
        const repo = repository()
        const { cold, warm } = readers(repo)
        let count = 0
        const holds = new Set<string>()
        for (const push of made) {
          const commits = push.map(({ at, files }): Commit => {
            count += 1
            // Only what is there can be removed.
            const real = files.filter(({ path, content }) => content !== null || holds.delete(path))
            for (const { path, content } of real) if (content !== null) holds.add(path)
            return {
              at: begin + count * 60 + at,
              by: { name: 'ada', email: 'a@example.invalid' },
              message: 'm',
              files: real,
            }
          })
          const onto = count === push.length ? {} : { onto: 'main' }
          await fastImport({ dir: repo.dir, env }, commits, { branch: 'main', ...onto })
          expect(await warm('main')).toEqual(await cold('main'))
        }
        expect(fs.existsSync(cacheOf(repo))).toBe(true)
      }),
      { numRuns: 12 },
    )
  })

  test('is used: what lies before it is not read again', async () => {
    const repo = lived()
    const { cold, warm } = readers(repo)
    await warm()
    const known = await cold()
    forgetFirst(repo)
    expect(await warm()).toEqual(known)
    repo.commit({ at: '2026-01-02T00:00:00Z', write: { 'records/incident/INC-1.yaml': record('closed') } })
    expect((await warm()).records.find(({ id }) => id === 'INC-1')?.revisions).toHaveLength(5)
    await expect(cold()).rejects.toThrow('git cat-file failed')
  })

  test('takes its times from the ledger as it stands now', async () => {
    const repo = lived()
    const { cold, warm } = readers(repo)
    await warm()
    const tips = repo.git(['rev-list', '--reverse', 'main']).split('\n')
    writeLedger(repo, ledgerFiles(tips.map((tip, day) => ({ tip, at: `2026-02-0${day + 1}T09:00:00Z` }))))
    const seen = await warm('main')
    expect(seen.commits.map(({ provenance }) => provenance)).toContain('attested')
    expect(seen).toEqual(await cold('main'))
  })
})

describe('a history that was kept of something else is not believed', () => {
  test('where the mainline was rewritten', async () => {
    const repo = lived()
    const { cold, warm } = readers(repo)
    await warm()
    repo.git(['reset', '--quiet', '--hard', 'HEAD~2'])
    expect(await warm()).toEqual(await cold())
    repo.commit({ at: '2026-01-02T00:00:00Z', write: { 'records/incident/INC-1.yaml': record('cancelled') } })
    expect(await warm()).toEqual(await cold())
  })

  test('where its end is gone from the repository', async () => {
    const repo = lived()
    const { cold, warm } = readers(repo)
    await warm()
    repo.git(['reset', '--quiet', '--hard', 'HEAD~1'])
    repo.git(['reflog', 'expire', '--expire=now', '--all'])
    repo.git(['gc', '--quiet', '--prune=now'])
    expect(await warm()).toEqual(await cold())
  })

  test('where its end came in by a merge, so that the mainline went another way', async () => {
    const repo = lived()
    const { cold, warm } = readers(repo)
    repo.git(['checkout', '--quiet', '-b', 'topic', 'HEAD~2'])
    repo.commit({ at: '2026-01-01T05:00:00Z', write: { 'records/incident/INC-2.yaml': 'id: INC-2\nstate: new\n' } })
    await warm()
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--no-ff', 'topic', '-m', 'merge'], '2026-01-01T06:00:00Z')
    expect(await warm()).toEqual(await cold())
  })

  test('where it was kept in another repository', async () => {
    const [one, other] = [
      lived(),
      repository([{ at: '2026-01-01T00:00:00Z', write: { 'records/incident/INC-1.yaml': record('new') } }]),
    ]
    const { warm } = readers(one)
    await warm()
    fs.mkdirSync(join(other.dir, '.git/gitsm'))
    fs.copyFileSync(cacheOf(one), cacheOf(other))
    const { cold, warm: again } = readers(other)
    expect(await again()).toEqual(await cold())
  })
})

describe('a cache that is damaged, or in the way, changes nothing', () => {
  test.each([
    ['rubbish', () => Buffer.from('rubbish')],
    ['nothing', () => Buffer.alloc(0)],
    ['half of it', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['one byte of it changed', (whole: Buffer) => Buffer.from(whole.map((byte, at) => (at === 200 ? byte ^ 1 : byte)))],
    [
      'that of an older layout',
      (whole: Buffer) => Buffer.from(whole.toString('latin1').replace('history 1', 'history 0'), 'latin1'),
    ],
  ])('%s', async (_, damage) => {
    const repo = lived()
    const { cold, warm } = readers(repo)
    const known = await warm()
    const whole = fs.readFileSync(cacheOf(repo))
    fs.writeFileSync(cacheOf(repo), damage(whole))
    expect(await warm()).toEqual(known)
    expect(fs.readFileSync(cacheOf(repo)).equals(whole)).toBe(true)
    expect(await cold()).toEqual(known)
  })

  test('a folder that cannot be made', async () => {
    const repo = lived()
    fs.writeFileSync(join(repo.dir, '.git/gitsm'), 'in the way')
    const { cold, warm } = readers(repo)
    expect(await warm()).toEqual(await cold())
  })
})
