import { describe, expect, test } from 'vitest'
import { gatherHistory } from '../../src/journeys/history.ts'
import { appendToLedger } from '../../src/journeys/ledger-append.ts'
import { readLedger } from '../../src/journeys/ledger-reading.ts'
import { ledgerSource } from '../../src/journeys/ledger-source.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionFile, decisionsOf } from '../support/evidence.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { repository, repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { webshop } from '../support/webshop.ts'

const day = (number: number, time = '09:00:00') => `2026-03-0${number}T${time}Z`

function gitOf({ dir }: TestRepo) {
  return { dir, env: { PATH: process.env['PATH'], HOME: dir } }
}

function cloneOf(of: TestRepo, ...options: readonly string[]): TestRepo {
  const repo = repositoryIn(temporaryFolder())
  repo.git(['clone', '--quiet', ...options, of.dir, '.'])
  return repo
}

function idsOf(repo: TestRepo): readonly string[] {
  return repo.git(['rev-list', '--reverse', '--first-parent', 'main']).split('\n')
}

function seen(ids: readonly string[], time = '09:05:00') {
  return ledgerFiles(ids.map((tip, at) => ({ tip, at: day(at + 1, time) })))
}

/** A shop whose ledger saw its three commits five minutes after they were made, and a fork of it. */
function shopAndFork(): { readonly shop: TestRepo; readonly fork: TestRepo; readonly ids: readonly string[] } {
  const shop = repository([1, 2, 3].map((number) => ({ at: day(number), write: { notes: `${number}` } })))
  const ids = idsOf(shop)
  const fork = cloneOf(shop)
  writeLedger(shop, seen(ids))
  return { shop, fork, ids }
}

/** Fetches all that a fork has, as one does to look at it. */
function fetchFork(clone: TestRepo, fork: TestRepo): void {
  clone.git(['remote', 'add', 'somebody', fork.dir])
  clone.git(['fetch', '--quiet', 'somebody'])
}

/** What a clone believes: the branch, and when each commit was made. */
async function believed(repo: TestRepo) {
  const git = gitOf(repo)
  const source = await ledgerSource(git)
  const { commits, evidence } = await gatherHistory(git, repo.git(['rev-parse', 'HEAD']))
  return {
    ref: (await readLedger(git, source))?.ref,
    notes: source.notes,
    times: commits.map(({ at, provenance }) => `${new Date(at * 1000).toISOString().slice(5, 16)} ${provenance}`),
    findings: evidence.findings.map(({ rule }) => rule),
  }
}

const honest = ['03-01T09:00 claimed', '03-02T09:05 attested', '03-03T09:05 attested']
const claimed = ['03-01T09:00 claimed', '03-02T09:00 claimed', '03-03T09:00 claimed']

describe('which ledger is believed', () => {
  test('a fork whose ledger goes on from that of the origin attests nothing', async () => {
    const { shop, fork, ids } = shopAndFork()
    shop.git(['update-ref', 'refs/heads/gitsm-ledger', 'gitsm-ledger~1'])
    writeLedger(fork, seen(ids))
    const clone = cloneOf(shop)
    const before = await believed(clone)
    fetchFork(clone, fork)
    expect(await believed(clone)).toEqual({
      ...before,
      times: ['03-01T09:00 claimed', '03-02T09:05 attested', '03-03T09:00 claimed'],
      notes: [
        'Not read: somebody/gitsm-ledger; only origin/gitsm-ledger is believed. If another one is right, name its remote under evidence.ledger in gitsm.yaml',
      ],
    })
  })

  test('a fork whose ledger has nothing to do with that of the origin takes no evidence away', async () => {
    const { shop, fork, ids } = shopAndFork()
    writeLedger(fork, seen(ids, '20:00:00'))
    const clone = cloneOf(shop)
    fetchFork(clone, fork)
    expect(await believed(clone)).toMatchObject({
      ref: 'refs/remotes/origin/gitsm-ledger',
      times: honest,
      findings: [],
    })
  })

  test('a topic branch of a fork that is checked out makes the fork no authority, whatever its gitsm.yaml says', async () => {
    const { shop, fork, ids } = shopAndFork()
    fork.git(['checkout', '--quiet', '-b', 'topic'])
    fork.commit({ at: day(4), write: { 'gitsm.yaml': 'version: 1\nevidence: { ledger: somebody }\n' } })
    writeLedger(fork, seen([...ids, fork.git(['rev-parse', 'topic'])], '20:00:00'))
    const clone = cloneOf(shop)
    fetchFork(clone, fork)
    clone.git(['checkout', '--quiet', '-b', 'topic', '--track', 'somebody/topic'])
    expect(await believed(clone)).toMatchObject({
      ref: 'refs/remotes/origin/gitsm-ledger',
      times: [...honest, '03-04T09:00 claimed'],
      findings: [],
    })
  })

  test('a fork that kept a tip which the origin lost does not hide the loss', async () => {
    const { shop, fork, ids } = shopAndFork()
    shop.git(['reset', '--quiet', '--hard', ids[1] ?? ''])
    shop.commit({ at: day(4), write: { notes: 'another story' } })
    const clone = cloneOf(shop)
    fetchFork(clone, fork)
    expect((await believed(clone)).findings).toEqual(['history-rewritten'])
  })

  test('is that of the remote which the mainline follows, where it is another one than origin', async () => {
    const { shop, fork, ids } = shopAndFork()
    writeLedger(fork, seen(ids, '20:00:00'))
    const clone = cloneOf(fork)
    clone.git(['remote', 'add', 'upstream', shop.dir])
    clone.git(['fetch', '--quiet', 'upstream'])
    expect((await believed(clone)).ref).toBe('refs/remotes/origin/gitsm-ledger')
    clone.git(['branch', '--quiet', '--set-upstream-to', 'upstream/main', 'main'])
    expect(await believed(clone)).toMatchObject({ ref: 'refs/remotes/upstream/gitsm-ledger', times: honest })
    clone.git(['checkout', '--quiet', '--detach'])
    expect((await believed(clone)).ref).toBe('refs/remotes/upstream/gitsm-ledger')
  })

  test('is that of the remote which the mainline names, once that is on the mainline of the origin', async () => {
    const { shop, fork: archive, ids } = shopAndFork()
    writeLedger(archive, seen(ids, '09:07:00'))
    const clone = cloneOf(shop)
    clone.git(['remote', 'add', 'archive', archive.dir])
    clone.git(['fetch', '--quiet', 'archive'])
    clone.commit({ at: day(4), write: { 'gitsm.yaml': 'version: 1\nevidence: { ledger: archive }\n' } })
    expect((await believed(clone)).ref).toBe('refs/remotes/origin/gitsm-ledger')
    clone.git(['push', '--quiet', 'origin', 'main:incoming'])
    shop.git(['merge', '--quiet', '--ff-only', 'incoming'])
    clone.git(['fetch', '--quiet', 'origin'])
    expect(await believed(clone)).toMatchObject({
      ref: 'refs/remotes/archive/gitsm-ledger',
      times: ['03-01T09:00 claimed', '03-02T09:07 attested', '03-03T09:07 attested', '03-04T09:00 claimed'],
    })
    clone.git(['remote', 'remove', 'archive'])
    expect((await believed(clone)).notes[0]).toContain(
      'The ledger of archive is not here, so no time is attested. Cure: git remote add archive <address>, then git fetch archive',
    )
  })

  test('is none where that of the origin was not fetched, and the cure that is named fetches it', async () => {
    const { shop, ids } = shopAndFork()
    const clone = cloneOf(shop, '--single-branch')
    writeLedger(clone, seen(ids, '20:00:00'))
    const { ref, notes, times } = await believed(clone)
    expect({ ref, times }).toEqual({ ref: undefined, times: claimed })
    expect(notes).toEqual([
      'The ledger of origin is not here, so no time is attested; gitsm-ledger of this clone alone is not believed. Cure: git fetch origin gitsm-ledger:refs/remotes/origin/gitsm-ledger',
    ])
    clone.git(['branch', '--quiet', '-D', 'gitsm-ledger'])
    clone.git((notes[0]?.split('Cure: git ')[1] ?? '').split(' '))
    expect(await believed(clone)).toMatchObject({ ref: 'refs/remotes/origin/gitsm-ledger', times: honest, notes: [] })
  })

  test('holds no entry that this clone wrote and has not pushed', async () => {
    const { shop, ids } = shopAndFork()
    shop.git(['update-ref', 'refs/heads/gitsm-ledger', 'gitsm-ledger~1'])
    const clone = cloneOf(shop)
    const world = { ...worldOf(clone.dir), now: instant(day(3, '09:01:00')) }
    expect(JSON.parse((await appendToLedger(world, {})).out)).toMatchObject({ entry: { sequence: 3, tip: ids[2] } })
    expect(await believed(clone)).toMatchObject({
      times: ['03-01T09:00 claimed', '03-02T09:05 attested', '03-03T09:00 claimed'],
      notes: [
        'gitsm-ledger of this clone holds entries that origin does not have; they are not believed until they are pushed. Cure: git push origin gitsm-ledger',
      ],
    })
    clone.git(['push', '--quiet', 'origin', 'gitsm-ledger'])
    expect(await believed(clone)).toMatchObject({ times: [...honest.slice(0, 2), '03-03T09:01 attested'], notes: [] })
  })

  test('is that of a remote of any name which the clone was made of, whatever its mainline is called', async () => {
    const { shop } = shopAndFork()
    shop.git(['branch', '--quiet', '-m', 'main', 'trunk'])
    const clone = cloneOf(shop, '-o', 'company')
    expect(await believed(clone)).toMatchObject({ ref: 'refs/remotes/company/gitsm-ledger', times: honest })
  })

  test('that the mainline names one which is not here is told', async () => {
    const config = 'version: 1\nevidence: { ledger: archive }\n'
    const repo = repository([{ at: day(1), write: { 'gitsm.yaml': config } }])
    const { evidence } = await gatherHistory(gitOf(repo), repo.git(['rev-parse', 'HEAD']))
    expect(evidence.notes).toEqual([expect.stringContaining('The ledger of archive is not here')])
  })

  test('is the own branch of a bare repository, which others push to', async () => {
    const { shop } = shopAndFork()
    expect((await believed(cloneOf(shop, '--bare'))).ref).toBe('refs/heads/gitsm-ledger')
  })

  test('an entry pushed from a clone of one branch counts there at once', async () => {
    const { shop } = shopAndFork()
    const bare = cloneOf(shop, '--bare')
    const clone = cloneOf(bare, '--single-branch')
    clone.commit({ at: day(4), write: { notes: '4' } })
    const world = { ...worldOf(clone.dir), now: instant(day(4, '09:05:00')) }
    await appendToLedger(world, { push: 'origin' })
    expect(await believed(clone)).toMatchObject({ times: [...honest, '03-04T09:05 attested'], notes: [] })
  })
})

test('a decision in the ledger of a fork authorises nothing', async () => {
  const shop = webshop()
  const [root = ''] = idsOf(shop)
  const config = shippedText('gitsm.yaml').replace('  - software\n', '  - software\n  - weather\n')
  const guarded = shop.commit({ at: day(2), write: { 'gitsm.yaml': config } })
  const fork = cloneOf(shop)
  const entries = ledgerFiles([
    { tip: root, at: day(1) },
    { tip: guarded, at: day(2, '09:05:00') },
  ])
  writeLedger(shop, entries)
  const asked = { commit: guarded, number: 1, at: instant(day(2)) }
  const decided = await decisionsOf({ dir: fork.dir, env: worldOf(fork.dir).env }, asked)
  writeLedger(fork, [...entries, ...decided.map(decisionFile)])
  const clone = cloneOf(shop)
  const rules = async () => {
    const { out } = await verify({ ...worldOf(clone.dir), asOf: instant(day(9)) }, {})
    const told: { readonly findings: readonly { readonly rule: string }[] } = JSON.parse(out)
    return told.findings.map(({ rule }) => rule)
  }
  expect(await rules()).toEqual(['approval-given'])
  fetchFork(clone, fork)
  expect(await rules()).toEqual(['approval-given'])
  clone.git(['remote', 'set-url', 'origin', fork.dir])
  clone.git(['fetch', '--quiet', '--force', 'origin'])
  expect(await rules()).toEqual([])
})
