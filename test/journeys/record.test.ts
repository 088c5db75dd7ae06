import { describe, expect, test } from 'vitest'
import { record } from '../../src/journeys/record.ts'
import { verify } from '../../src/journeys/verify.ts'
import { type GivenReview, pullFile, worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { webshop } from '../support/webshop.ts'

const day = (number: number, time = '09:00:00') => `2026-03-0${number}T${time}Z`

interface ToldDecision {
  readonly written: boolean
  readonly file: string
  readonly outcome: string
  readonly subject: string
  readonly rule: string | null
  readonly met: boolean
  readonly because: string
  readonly commits: readonly string[]
  readonly seen: string | null
  readonly reviews: readonly { readonly login: string }[]
}

interface Told {
  readonly appended: boolean
  readonly decisions: readonly ToldDecision[]
}

async function recorded(
  repo: TestRepo,
  now: string,
  told?: { readonly pull: string; readonly outcome: 'merged' | 'closed'; readonly commits?: readonly string[] },
): Promise<Told & { readonly code: number }> {
  const world = { ...worldOf(repo.dir), now: instant(now) }
  const { code, out } = await record(world, { ...(told && { told }) })
  const read: Told = JSON.parse(out)
  return { code, ...read }
}

async function verified(repo: TestRepo) {
  const { out } = await verify({ ...worldOf(repo.dir), asOf: instant(day(9)) }, {})
  const told: {
    readonly verdict: string
    readonly findings: readonly { readonly rule: string; readonly message: string }[]
    readonly ledger: { readonly findings: readonly { readonly rule: string; readonly message: string }[] }
  } = JSON.parse(out)
  return told
}

/** A repository whose ledger has begun, and a branch that writes files. */
async function proposing(...commits: readonly Readonly<Record<string, string | null>>[]) {
  const repo = webshop()
  await recorded(repo, day(1))
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  const heads = commits.map((write, at) =>
    repo.commit({ at: day(2, `09:0${at}:00`), by: 'kate', say: `Step ${at}`, write }),
  )
  repo.git(['checkout', '--quiet', 'main'])
  return { repo, head: heads.at(-1) ?? '' }
}

const approvals = (head: string, ...people: readonly string[]): readonly GivenReview[] =>
  people.map((by) => ({ by, on: head, at: day(2, '12:00:00') }))

const plan = change('CHG-PLANT-01', 'scheduled', day(2), 0)
const board = ['erik', 'grace', 'lena'] // ada asks for the change, fatima carries it out

describe('gitsm record', () => {
  const ways: readonly (readonly [string, (repo: TestRepo) => void, number])[] = [
    ['a merge commit', (repo) => repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], day(3)), 1],
    [
      'one commit that squashes it',
      (repo) => {
        repo.git(['merge', '--quiet', '--squash', 'topic'], day(3))
        repo.git(['commit', '--quiet', '-m', 'Plan (#7)'], day(3))
      },
      1,
    ],
    [
      'rebased copies',
      (repo) => {
        repo.git(['checkout', '--quiet', 'topic'])
        repo.git(['rebase', '--quiet', '--force-rebase', 'main'], day(3))
        repo.git(['checkout', '--quiet', 'main'])
        repo.git(['merge', '--quiet', '--ff-only', 'topic'], day(3))
      },
      2,
    ],
  ]
  test.each(ways)(
    'writes evidence of a pull request that became %s, by which verify believes it',
    async (_, merge, n) => {
      const { repo, head } = await proposing({ 'docs/plan.md': 'words' }, plan)
      repo.commit({ at: day(2, '18:00:00'), write: { 'docs/other.md': 'beside' } })
      merge(repo)
      const tip = repo.git(['rev-parse', 'HEAD'])
      const commits = repo.git(['rev-list', '--reverse', '--first-parent', `--max-count=${n}`, 'HEAD']).split('\n')
      const pull = pullFile(repo, head, approvals(head, ...board), { now: day(3) })
      const told = await recorded(repo, day(3), { pull, outcome: 'merged', commits })
      expect(told).toMatchObject({
        code: 0,
        appended: true,
        decisions: [
          {
            written: true,
            outcome: 'merged',
            subject: 'change/CHG-PLANT-01',
            rule: 'high risk',
            met: true,
            seen: head,
            commits,
            reviews: [{ login: 'erik' }, { login: 'grace' }, { login: 'lena' }],
          },
        ],
      })
      expect(await verified(repo)).toMatchObject({ verdict: 'pass', findings: [], ledger: { findings: [] } })
      const ledger = repo.git(['rev-parse', 'gitsm-ledger'])
      expect((await recorded(repo, day(4), { pull, outcome: 'merged', commits })).decisions).toMatchObject([
        { written: false },
      ])
      expect(repo.git(['rev-parse', 'gitsm-ledger'])).toBe(ledger)
      expect(tip).toBe(commits.at(-1))
    },
  )

  test('says of what was merged without approval that it was not, and so does verify', async () => {
    const { repo, head } = await proposing(plan)
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], day(3))
    const pull = pullFile(repo, head, approvals(head, 'erik', 'grace'), { now: day(3) })
    const told = await recorded(repo, day(3), { pull, outcome: 'merged' })
    expect(told).toMatchObject({ code: 1, decisions: [{ met: false, outcome: 'merged' }] })
    expect((await verified(repo)).findings).toMatchObject([{ rule: 'approval-given' }])
  })

  test('does not take a merge that brought more than was seen for what was approved', async () => {
    const { repo, head } = await proposing(plan)
    repo.git(['merge', '--quiet', '--no-ff', '--no-commit', 'topic'], day(3))
    const [[file, text]] = Object.entries(plan) as [[string, string]]
    repo.commit({ at: day(3), write: { [file]: text.replace('outage: false', 'outage: true\noutage_minutes: 60') } })
    expect(repo.git(['rev-list', '--parents', '--max-count=1', 'HEAD']).split(' ')).toHaveLength(3)
    const pull = pullFile(repo, head, approvals(head, ...board), { now: day(3) })
    const told = await recorded(repo, day(3), { pull, outcome: 'merged' })
    expect(told).toMatchObject({ code: 1, decisions: [{ met: false }] })
    expect(told.decisions[0]?.because).toContain('waits for')
  })

  test('writes down what was closed, and what a board refused', async () => {
    const { repo, head } = await proposing(plan)
    const closed = await recorded(repo, day(3), { pull: pullFile(repo, head, [], { now: day(3) }), outcome: 'closed' })
    expect(closed).toMatchObject({ code: 0, decisions: [{ outcome: 'closed', met: false, commits: [] }] })
    const no = [{ by: 'lena', state: 'CHANGES_REQUESTED', on: head, at: day(2, '12:00:00') }]
    const refused = await recorded(repo, day(4), { pull: pullFile(repo, head, no, { now: day(4) }), outcome: 'closed' })
    expect(refused).toMatchObject({ decisions: [{ outcome: 'rejected', met: false }] })
    const other = [{ by: 'mallory', state: 'CHANGES_REQUESTED', on: head, at: day(2, '12:00:00') }]
    const third = await recorded(repo, day(5), {
      pull: pullFile(repo, head, other, { now: day(5) }),
      outcome: 'closed',
    })
    expect(third).toMatchObject({ decisions: [{ outcome: 'closed', written: false }] })
    expect(await verified(repo)).toMatchObject({ verdict: 'pass' })
  })

  test('reads what hostile names brought as it was written', async () => {
    const path = '.github/workflows/‮100% \u0007.yaml'
    const { repo, head } = await proposing({ [path]: 'on: push\n' })
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], day(3))
    const pull = pullFile(repo, head, approvals(head, 'fatima', 'hugo', 'lena'), { now: day(3) })
    expect(await recorded(repo, day(3), { pull, outcome: 'merged' })).toMatchObject({
      code: 0,
      decisions: [{ met: true, subject: '.github/workflows/%E2%80%AE100%25 %07.yaml' }],
    })
    expect(await verified(repo)).toMatchObject({ findings: [], ledger: { findings: [] } })
  })

  test('lets reviews of later count for nothing', async () => {
    const { repo, head } = await proposing({
      'gitsm.yaml': shippedText('gitsm.yaml').replace('  - software\n', '  - software\n  - rain\n'),
    })
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], day(3))
    const late = [
      { by: 'lena', on: head, at: day(2) },
      { by: 'hugo', on: head, at: day(4) },
    ]
    const pull = pullFile(repo, head, late, { now: day(3) })
    expect(await recorded(repo, day(5), { pull, outcome: 'merged' })).toMatchObject({
      code: 1,
      decisions: [{ met: false, reviews: [{ login: 'lena' }] }],
    })
  })
})
