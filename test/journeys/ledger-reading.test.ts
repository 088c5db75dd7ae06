import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cacheStore } from '../../src/adapters/cache-store.ts'
import { entryPath } from '../../src/core/ledger/entry.ts'
import { decisionsByCommit } from '../../src/core/replay/known-decisions.ts'
import { readDecisions, readLedger } from '../../src/journeys/ledger-reading.ts'
import { ledgerSource } from '../../src/journeys/ledger-source.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { repository, type TestRepo } from '../support/repo.ts'

const day = (number: number) => `2026-03-0${number}T09:00:00Z`

function main(commits: number): { readonly repo: TestRepo; readonly ids: readonly string[] } {
  const repo = repository()
  const ids = Array.from({ length: commits }, (_, at) => repo.commit({ at: day(at + 1), write: { a: `${at}` } }))
  return { repo, ids }
}

function gitOf({ dir }: TestRepo) {
  return { dir, env: { PATH: process.env['PATH'], HOME: dir } }
}

async function ledgerOf(repo: TestRepo) {
  return readLedger(gitOf(repo), await ledgerSource(gitOf(repo)))
}

function sound(ids: readonly string[]) {
  return ledgerFiles(ids.map((tip, at) => ({ tip, at: day(at + 1) })))
}

describe('reading the ledger of a clone', () => {
  test('there is none where no branch holds one', async () => {
    expect(await ledgerOf(main(1).repo)).toBeUndefined()
  })

  test('its own branch is read', async () => {
    const { repo, ids } = main(3)
    writeLedger(repo, sound(ids))
    const ledger = await ledgerOf(repo)
    expect(ledger?.entries.map(({ tip }) => tip)).toEqual(ids)
    expect(ledger).toMatchObject({
      commit: repo.git(['rev-parse', 'gitsm-ledger']),
      ref: 'refs/heads/gitsm-ledger',
    })
  })

  test('in a clone that of the remote, whatever the own branch lacks', async () => {
    const { repo, ids } = main(3)
    writeLedger(repo, sound(ids))
    const [newest, older] = [repo.git(['rev-parse', 'gitsm-ledger']), repo.git(['rev-parse', 'gitsm-ledger~1'])]
    repo.git(['remote', 'add', 'origin', 'https://forge.example/shop'])
    repo.git(['update-ref', 'refs/remotes/origin/gitsm-ledger', newest])
    repo.git(['update-ref', '-d', 'refs/heads/gitsm-ledger'])
    expect((await ledgerOf(repo))?.entries).toHaveLength(3)
    repo.git(['update-ref', 'refs/heads/gitsm-ledger', older])
    expect(await ledgerOf(repo)).toMatchObject({ ref: 'refs/remotes/origin/gitsm-ledger', entries: { length: 3 } })
  })

  test('two that contradict each other are believed as far as they agree, and named', async () => {
    const { repo, ids } = main(4)
    writeLedger(repo, sound(ids))
    repo.git(['remote', 'add', 'origin', 'https://forge.example/shop'])
    repo.git(['update-ref', 'refs/remotes/origin/gitsm-ledger', 'refs/heads/gitsm-ledger'])
    repo.git(['checkout', '--quiet', '-B', 'gitsm-ledger', 'gitsm-ledger~2'])
    repo.commit({ at: day(9), write: { [entryPath(3)]: 'forged\n' } })
    const ledger = await ledgerOf(repo)
    expect(ledger?.entries.map(({ tip }) => tip)).toEqual(ids.slice(0, 2))
    expect(ledger?.diverged).toBe(
      'gitsm-ledger and origin/gitsm-ledger tell different stories: one of them was rewritten',
    )
  })

  test('what was kept of it is believed only where its bytes are those of the branch', async () => {
    const { repo, ids } = main(3)
    const files = sound(ids)
    writeLedger(repo, files)
    const first = await ledgerOf(repo)
    const store = cacheStore(join(repo.dir, '.git/gitsm'))
    expect(store.get('ledger', 'entries 1')?.toString()).toBe(files.map(({ text }) => `${text}\0`).join(''))
    const forged = files.map(({ text }) => text.replace('09:00:00', '08:00:00'))
    expect(store.put('ledger', 'entries 1', Buffer.from(forged.map((text) => `${text}\0`).join('')))).toBe(true)
    expect(await ledgerOf(repo)).toEqual(first)
    writeFileSync(join(repo.dir, '.git/gitsm/ledger'), 'rubbish')
    expect(await ledgerOf(repo)).toEqual(first)
  })

  test('a link in the place of an entry ends the chain there', async () => {
    const { repo, ids } = main(2)
    writeLedger(repo, sound(ids))
    repo.git(['checkout', '--quiet', 'gitsm-ledger'])
    repo.git(['rm', '--quiet', entryPath(2)])
    const blob = repo.git(['hash-object', '-w', entryPath(1)])
    repo.git(['update-index', '--add', '--cacheinfo', `120000,${blob},${entryPath(2)}`])
    repo.git(['commit', '--quiet', '-m', 'link'])
    expect(await ledgerOf(repo)).toMatchObject({
      entries: [{ sequence: 1 }],
      broken: { rule: 'ledger-entry-readable', path: entryPath(2) },
    })
  })
})

describe('the evidence of decisions', () => {
  const decided = (fields: Readonly<Record<string, string>>) => {
    const all = {
      version: '1',
      at: day(5),
      outcome: 'merged',
      pull_request: '12',
      subject: 'change/CHG-1',
      policy: 'change-authorisation',
      rule: 'high risk',
      seen: 'b'.repeat(40),
      head: 'b'.repeat(40),
      commits: `[${'c'.repeat(40)}]`,
      policy_commit: 'a'.repeat(40),
      digest: `sha256:${'0'.repeat(64)}`,
      verdict: '{ met: true, because: approved, parts: [{ met: true, because: carol }] }',
      reviews: `[{ id: 80, login: carol, user: 4, commit: ${'b'.repeat(40)} }]`,
      ...fields,
    }
    return Object.entries(all)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n')
  }
  const read = async (...texts: readonly string[]) => {
    const { repo, ids } = main(1)
    writeLedger(repo, [
      ...sound(ids),
      ...texts.map((text, at) => ({ path: `decisions/0000/00/12/${at}.yaml`, text: `${text}\n` })),
    ])
    const ledger = await ledgerOf(repo)
    if (!ledger) throw new Error('no ledger')
    return readDecisions(gitOf(repo), ledger)
  }

  test('tells what was decided about what, oldest first, and what became of it', async () => {
    const { decisions, unreadable } = await read(
      decided({}),
      decided({ at: day(4), outcome: 'rejected', commits: '[]', seen: 'null', reviews: '[]' }),
    )
    expect(unreadable).toEqual([])
    expect(decisions).toMatchObject([
      { outcome: 'rejected', commits: [], seen: null, reviews: [] },
      { outcome: 'merged', pullRequest: 12, reviews: [{ id: 80, login: 'carol', user: 4 }], verdict: { met: true } },
    ])
  })

  test('stands by exactly the commits that it names', async () => {
    const { decisions } = await read(decided({}))
    expect([...decisionsByCommit(decisions)]).toEqual([['c'.repeat(40), decisions]])
  })

  test.each([
    ['a decision that was not met', { verdict: '{ met: false, because: nobody approved, parts: [] }' }],
    ['one that ended without a merge', { outcome: 'closed' }],
  ])('%s authorises nothing', async (_, fields) => {
    const { decisions } = await read(decided(fields))
    expect(decisions).toHaveLength(1)
    expect(decisionsByCommit(decisions).size).toBe(0)
  })

  test.each([
    ['no verdict', { verdict: '[]' }, 'it has no verdict'],
    ['a verdict with a part that is none', { verdict: '{ met: true, because: x, parts: [1] }' }, 'it has no verdict'],
    ['an outcome nobody knows', { outcome: 'maybe' }, 'its outcome is none of merged, ratified, rejected, closed'],
    ['a short commit', { head: 'abc' }, 'one of its commits is none'],
    ['an alias', { subject: '*a' }, 'alias'],
  ])('one with %s is named and left out', async (_, fields, why) => {
    const { decisions, unreadable } = await read(decided(fields))
    expect(decisions).toEqual([])
    expect(unreadable).toHaveLength(1)
    expect(unreadable[0]?.message).toContain(why)
  })
})
