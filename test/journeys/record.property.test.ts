import fc from 'fast-check'
import { expect, test } from 'vitest'
import { record } from '../../src/journeys/record.ts'
import { verify } from '../../src/journeys/verify.ts'
import { pullFile, worldOf } from '../support/approval-world.ts'
import { everybody } from '../support/evidence.ts'
import { instant } from '../support/life.ts'
import { change, type Files } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const start = instant('2026-03-02T00:00:00Z')
const at = (hour: number): string => new Date((start + hour * 3600) * 1000).toISOString().replace('.000Z', 'Z')

/** What a pull request of a number does, each of its own part of the tree, so that all of them merge. */
const deeds: readonly ((number: number, hour: string) => Files)[] = [
  (number, hour) => change(`CHG-DEED-0${number}`, 'scheduled', hour, number),
  (number, hour) => change(`CHG-DEED-0${number}`, 'scheduled', hour, number, { risk: 'very_high', cis: ['search-1'] }),
  (number) => ({ [`.github/workflows/deed-${number}.yaml`]: 'on: push\n' }),
  (number) => ({
    [`records/calendar/deed-${number}.yaml`]: shippedText('records/calendar/berlin-office.yaml').replace(
      'id: berlin-office',
      `id: deed-${number}`,
    ),
  }),
  (number) => ({
    [`records/team/deed-${number}.yaml`]: `id: deed-${number}\ntitle: A team\nmembers:\n  - { login: zoe-${number} }\n`,
  }),
  (number) => ({ [incidentFile(`INC-${number}`)]: incident(`INC-${number}`, 'new') }),
  (number) => ({ [`docs/deed-${number}.md`]: 'words\n' }),
]

const merges: readonly ((repo: TestRepo, hour: string) => void)[] = [
  (repo, hour) => repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], hour),
  (repo, hour) => {
    repo.git(['merge', '--quiet', '--squash', 'topic'], hour)
    repo.git(['commit', '--quiet', '-m', 'Squashed'], hour)
  },
  (repo, hour) => {
    repo.git(['checkout', '--quiet', 'topic'])
    repo.git(['rebase', '--quiet', '--force-rebase', 'main'], hour)
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--ff-only', 'topic'], hour)
  },
]

const pulls = fc.array(
  fc.record({
    deeds: fc.uniqueArray(fc.nat(deeds.length - 1), { minLength: 1, maxLength: 3 }),
    /** Whether each deed is a commit of its own. */
    apart: fc.boolean(),
    merge: fc.nat(merges.length - 1),
    /** Whether somebody else is faster. */
    moved: fc.boolean(),
    closed: fc.nat(3).map((number) => number === 0),
  }),
  { minLength: 3, maxLength: 6 },
)

test('verify believes all evidence that record writes of histories by the rules, and finds nothing', {
  timeout: 600_000,
}, async () => {
  let authorised = 0
  await fc.assert(
    fc.asyncProperty(pulls, async (history) => {
      const repo = webshop()
      const saw = (hour: number, told?: Parameters<typeof record>[1]['told']) =>
        record({ ...worldOf(repo.dir), now: start + hour * 3600 }, { ...(told && { told }) })
      await saw(0)
      for (const [index, { deeds: chosen, apart, merge, moved, closed }] of history.entries()) {
        const hour = 10 * (index + 1)
        repo.git(['checkout', '--quiet', '-B', 'topic'])
        const writes = chosen.map((deed) => deeds[deed]?.(10 * index + deed, at(hour)) ?? {})
        const commits = apart ? writes : [Object.assign({}, ...writes) as Files]
        for (const [step, write] of commits.entries()) {
          repo.commit({ at: at(hour), by: 'kate', say: `Deed ${index} ${step}`, write })
        }
        const head = repo.git(['rev-parse', 'HEAD'])
        repo.git(['checkout', '--quiet', 'main'])
        if (moved) repo.commit({ at: at(hour + 1), write: { [`docs/other-${index}.md`]: 'words\n' } })
        const reviews = everybody.map((by) => ({ by, on: head, at: at(hour + 2) }))
        const base = repo.git(['rev-parse', 'HEAD'])
        if (!closed) merges[merge]?.(repo, at(hour + 3))
        const landed = repo.git(['rev-list', '--first-parent', '--reverse', `${base}..HEAD`]).split('\n')
        const pull = pullFile(repo, head, reviews, { number: index + 1, now: at(hour + 3) })
        await saw(hour + 3, closed ? { pull, outcome: 'closed' } : { pull, outcome: 'merged', commits: landed })
      }
      const { out } = await verify({ ...worldOf(repo.dir), now: start + 1000 * 3600 }, { strict: true })
      const told: {
        readonly findings: readonly object[]
        readonly authorised: readonly object[]
        readonly ledger: { readonly findings: readonly object[] }
      } = JSON.parse(out)
      expect([...told.findings, ...told.ledger.findings]).toEqual([])
      authorised += told.authorised.length
    }),
    { numRuns: process.env['GITSM_TEST_LONG'] === '1' ? 40 : 4 },
  )
  expect(authorised).toBeGreaterThan(0)
})
