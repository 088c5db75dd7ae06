import { describe, expect, test } from 'vitest'
import { gatherHistory } from '../../src/journeys/history.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { type DeclaredCommit, repository, type TestRepo } from '../support/repo.ts'

const day = (number: number, time = '09:00:00') => `2026-03-${String(number).padStart(2, '0')}T${time}Z`

function commits(...at: readonly string[]): readonly DeclaredCommit[] {
  return at.map((each, index) => ({ at: each, write: { notes: `${index}` } }))
}

/** The commits of the mainline, oldest first, as `time provenance`, and what speaks against it. */
async function told(repo: TestRepo) {
  const git = { dir: repo.dir, env: { PATH: process.env['PATH'], HOME: repo.dir } }
  const history = await gatherHistory(git, repo.git(['rev-parse', 'HEAD']))
  return {
    times: history.commits.map(({ at, provenance }) => {
      return `${new Date(at * 1000).toISOString().slice(5, 16).replace('T', ' ')} ${provenance}`
    }),
    counts: history.evidence.counts,
    findings: history.evidence.findings,
  }
}

describe('what the times of a history rest on', () => {
  test('without a ledger every time is claimed', async () => {
    const { times, counts, findings } = await told(repository(commits(day(1), day(2))))
    expect(times).toEqual(['03-01 09:00 claimed', '03-02 09:00 claimed'])
    expect(counts).toEqual({ attested: 0, signed: 0, observed: 0, claimed: 2 })
    expect(findings).toEqual([])
  })

  test('a ledger that comes to be, or goes on, is used at once', async () => {
    const repo = repository(commits(day(1), day(2), day(3)))
    expect((await told(repo)).counts.claimed).toBe(3)
    const ids = repo.git(['rev-list', '--reverse', 'HEAD']).split('\n')
    const files = ledgerFiles(ids.map((tip, at) => ({ tip, at: day(at + 1, '09:02:00') })))
    writeLedger(repo, files.slice(0, 2))
    expect((await told(repo)).times).toEqual(['03-01 09:00 claimed', '03-02 09:02 attested', '03-03 09:00 claimed'])
    repo.git(['update-ref', '-d', 'refs/heads/gitsm-ledger'])
    writeLedger(repo, files)
    expect((await told(repo)).times.at(-1)).toBe('03-03 09:02 attested')
  })

  test('a broken chain is named, and times are not taken from the break on', async () => {
    const repo = repository(commits(day(1), day(2), day(3)))
    const ids = repo.git(['rev-list', '--reverse', 'HEAD']).split('\n')
    const files = ledgerFiles(ids.map((tip, at) => ({ tip, at: day(at + 1, '09:02:00') })))
    writeLedger(
      repo,
      files.map((file, at) => (at === 1 ? { ...file, text: file.text.replace('09:02:00', '08:02:00') } : file)),
    )
    const { times, findings } = await told(repo)
    expect(times).toEqual(['03-01 09:00 claimed', '03-02 09:00 claimed', '03-03 09:00 claimed'])
    expect(findings).toMatchObject([{ rule: 'ledger-chain', path: 'entries/0000/00/00000003.json' }])
  })

  test('the tolerance that a commit found decides whether its own date may stand', async () => {
    const config = 'version: 1\nevidence: { tolerance: PT10M }\n'
    const repo = repository([
      ...commits(day(1)),
      { at: day(2), write: { 'gitsm.yaml': config } },
      { at: day(3), write: { notes: 'later' } },
      { at: day(4), write: { notes: 'much later' } },
    ])
    const ids = repo.git(['rev-list', '--reverse', 'HEAD']).split('\n')
    const seen = [day(1, '09:05:00'), day(2, '09:05:00'), day(3, '09:05:00'), day(4, '09:15:00')]
    writeLedger(repo, ledgerFiles(ids.map((tip, at) => ({ tip, at: seen[at] ?? '' }))))
    expect((await told(repo)).times).toEqual([
      '03-01 09:00 claimed',
      '03-02 09:05 attested',
      '03-03 09:00 observed',
      '03-04 09:15 attested',
    ])
  })

  test('a history that was forced is named with the tip that was lost, until governance accepts it', async () => {
    const repo = repository(commits(day(1), day(2)))
    const [root = '', lost = ''] = repo.git(['rev-list', '--reverse', 'HEAD']).split('\n')
    const seen = [
      { tip: root, at: day(1, '09:02:00') },
      { tip: lost, at: day(2, '09:02:00') },
    ]
    writeLedger(repo, ledgerFiles(seen))
    repo.git(['reset', '--quiet', '--hard', root])
    const forged = repo.commit({ at: day(1, '10:00:00'), write: { notes: 'another story' } })
    const { times, findings } = await told(repo)
    expect(times).toEqual(['03-01 09:00 claimed', '03-02 09:02 claimed'])
    expect(findings).toMatchObject([{ rule: 'history-rewritten', commit: lost }])
    expect(findings[0]?.message).toBe(
      `The mainline was rewritten. It ended in ${lost.slice(0, 10)} (entry 2, 2026-03-02T09:02:00Z), and does not go on from there; the last tip that is still part of it is ${root.slice(0, 10)} (entry 1, 2026-03-01T09:02:00Z)`,
    )
    const accepted = `evidence: { rewrites: [{ until: ${forged}, reason: Personal data purged }] }\n`
    repo.commit({ at: day(3), write: { 'gitsm.yaml': accepted } })
    const later = await told(repo)
    expect(later.findings).toEqual([])
    expect(later.times).toEqual(['03-01 09:00 claimed', '03-01 10:00 claimed', '03-03 09:00 claimed'])
  })
})
