import { mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withMerge } from '../../src/adapters/git/merge.ts'
import { type Edit, editYaml } from '../../src/adapters/yaml/edit.ts'
import { closingRulesUpTo } from '../../src/journeys/closing-rules.ts'
import { conclude } from '../../src/journeys/conclude.ts'
import { judgeExcerpt } from '../../src/journeys/judge-excerpt.ts'
import { type Gate, judgeTrees } from '../../src/journeys/judge-merge.ts'
import { sharingReader } from '../../src/journeys/tree-reader.ts'
import { worldOf } from '../support/approval-world.ts'
import { repository, type TestRepo } from '../support/repo.ts'
import { isProcessRecord, shippedFiles, shippedText } from '../support/shipped.ts'

// GITSM_FUZZ_RUNS=1000 npx vitest run --project source --testTimeout 3600000
// test/journeys/judge-excerpt.property.test.ts
const numRuns = Number(process.env['GITSM_FUZZ_RUNS'] ?? 40)

const day = '2026-11-21T08:00:00Z'
const paths = shippedFiles
  .map(({ path }) => path)
  .filter((path) => path.startsWith('records/') && path.endsWith('.yaml'))
const own = paths.filter(isProcessRecord)
const ids = paths.map((path) => path.replace(/^.*\/|\.yaml$/g, ''))
const ended = /^state: (closed|cancelled|rejected|retired|obsolete)$/m
const open = own.filter((path) => !ended.test(shippedText(path)))

/** A thing that somebody does in a pull request to the example organisation. */
type Act = (repo: TestRepo) => void

function edits(path: string, ...edits: readonly Edit[]): Act {
  return ({ write }) => {
    try {
      write({ [path]: editYaml(shippedText(path), edits) })
    } catch {
      // What cannot be written is not tried.
    }
  }
}

const links = [
  'parent',
  'duplicate_of',
  'problem',
  'change',
  'caused_by',
  'knowledge',
  'review',
  'article',
  'supersedes',
]
const field = fc.constantFrom(
  'title',
  'description',
  'team',
  'assignee',
  'service',
  'priority',
  'resolution_code',
  ...links,
)
const value = fc.oneof(fc.constantFrom(...ids), fc.constantFrom('operations', 'ada', 'P1', 'fix_applied', 'a text'))

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...open)
      .map((path) => edits(path, { route: ['log'], append: { at: day, by: 'ada', note: 'Looked at it again' } })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...open), fc.constantFrom('title', 'description'))
      .map(([path, name]) => edits(path, { route: [name], value: 'Told in other words' })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(30), fc.constantFrom(...ids), fc.constantFrom('none', ...links)).map(
      ([number, id, link]): Act =>
        ({ write }) => {
          const name = `INC-20261121-A${String(number).padStart(3, '0')}`
          const named = link === 'none' ? '' : `${link}: ${id}\n`
          const says =
            'state: new\ntitle: Slow\nservice: webshop\nimpact: low\nurgency: low\npriority: P5\nreporter: ada\n'
          write({ [`records/incident/2026/11/${name}.yaml`]: `id: ${name}\n${says}${named}opened_at: ${day}\n` })
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...own), field, value)
      .map(([path, name, given]) => edits(path, { route: [name], value: given })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...open), fc.constantFrom('in_progress', 'resolved', 'closed', 'scheduled', 'cancelled'))
      .map(([path, state]) =>
        edits(path, { route: ['state'], value: state }, { route: ['log'], append: { at: day, by: 'ada', state } }),
      ),
  },
  fc.constantFrom(...paths).map((path) => edits(path, { route: ['title'], value: 'Renamed' })),
  fc.constantFrom(...paths).map(
    (path): Act =>
      ({ write }) =>
        write({ [path]: null }),
  ),
  fc.constantFrom(...own).map(
    (path): Act =>
      ({ dir }) => {
        mkdirSync(join(dir, 'records/moved'), { recursive: true })
        const there = join(dir, dirname(path), 'moved.yaml')
        renameSync(join(dir, path), there)
      },
  ),
  fc.constantFrom(...own).map(
    (path): Act =>
      ({ write }) =>
        write({ [path]: 'id: [' }),
  ),
)

test('what is read of a tree in part is judged as the whole tree would be, wherever that is judged at all', async () => {
  const repo = repository()
  const base = repo.commit({
    at: day,
    write: Object.fromEntries(shippedFiles.map(({ path, bytes }) => [path, bytes])),
  })
  const world = { ...worldOf(repo.dir), now: Date.parse(day) / 1000 + 60 }
  const git = { dir: repo.dir, env: world.env }
  // Each side reads with a reader of its own, as a sweep does that judges one pull request after the other.
  const [inPart, asWhole] = [sharingReader(), sharingReader()]
  let silent = 0
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 2 }), async (done) => {
      repo.git(['reset', '--quiet', '--hard', base])
      repo.git(['clean', '-dfqx'])
      for (const act of done) act(repo)
      const head = repo.commit({ at: day })
      await withMerge(git, base, head, async (merged) => {
        if ('conflicts' in merged) throw new Error('nobody else changed anything')
        const gate = (reader: Gate['reader']): Gate => ({
          ...{ git, base, merged, assumed: [], now: world.now, asOf: world.now },
          ...{ reader, closing: closingRulesUpTo(git, async () => base) },
        })
        const part = await judgeExcerpt(gate(inPart), 0)
        if (!part) return
        silent += 1
        expect(conclude(world, part)).toEqual(conclude(world, await judgeTrees(gate(asWhole))))
      })
    }),
    { numRuns },
  )
  expect(silent / numRuns).toBeGreaterThan(0.2)
})
