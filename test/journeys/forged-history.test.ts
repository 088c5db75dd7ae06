import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { timeline } from '../../src/core/timeline.ts'
import { gatherClocks } from '../../src/journeys/clocks.ts'
import { gatherHistory } from '../../src/journeys/history.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { type DeclaredCommit, repository, repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'

const file = 'records/incident/2026/03/INC-1.yaml'
const day = (number: number, time = '09:00') => `2026-03-${String(number).padStart(2, '0')}T${time}:00Z`

function incident(state: string, more = ''): string {
  return `id: INC-1\ntitle: Checkout is slow\nstate: ${state}\n${more}`
}

/** A commit that takes the incident to a state. */
function to(state: string, at: string, more = ''): DeclaredCommit {
  return { at, write: { [file]: incident(state, more) } }
}

/** A commit that has nothing to do with the incident. */
function other(at: string): DeclaredCommit {
  return { at, write: { notes: at } }
}

function gitOf(repo: TestRepo) {
  return { dir: repo.dir, env: { PATH: process.env['PATH'], HOME: repo.dir } }
}

/** The life of a record as `state day time`, and the rules of what speaks against the times. */
async function told(repo: TestRepo, key = 'incident/INC-1') {
  const { records, evidence } = await gatherHistory(gitOf(repo), repo.git(['rev-parse', 'HEAD']))
  const history = records.get(key)
  const life = history ? timeline(history) : []
  return {
    life: life.map(({ state, gap, from }) => `${gap ?? state} ${formatInstant(from).slice(8, 16).replace('T', ' ')}`),
    provenances: life.map(({ provenance }) => provenance),
    rules: evidence.findings.map(({ rule }) => rule),
    findings: evidence.findings,
  }
}

/** Keeps a ledger of a repository: each commit of the mainline was seen at these instants. */
function seenAt(repo: TestRepo, ...at: readonly string[]): void {
  const ids = repo.git(['rev-list', '--first-parent', '--reverse', 'HEAD']).split('\n')
  writeLedger(repo, ledgerFiles(at.flatMap((each, index) => (ids[index] ? [{ tip: ids[index], at: each }] : []))))
}

const honest = [day(1, '09:01'), day(2, '09:01'), day(3, '09:01'), day(4, '09:01'), day(5, '09:01'), day(6, '09:01')]

describe('forged dates', () => {
  test.each<[string, readonly DeclaredCommit[], readonly string[]]>([
    [
      'a commit dated in the past counts as made when the one before it was',
      [to('new', day(2)), to('resolved', day(1)), other(day(4)), other(day(5)), other(day(6))],
      ['new 02 09:00', 'resolved 02 09:00'],
    ],
    [
      'the newest commit dated in the past takes nothing away from the one before it',
      [to('new', day(1)), to('in_progress', day(2)), to('resolved', '2001-01-01T00:00:00Z')],
      ['new 01 09:00', 'in_progress 02 09:00', 'resolved 02 09:00'],
    ],
    [
      'a commit dated in the future counts as made when the one before it was, and poisons none after it',
      [to('new', day(1)), to('in_progress', '2030-01-01T00:00:00Z'), to('resolved', day(3)), other(day(4))],
      ['new 01 09:00', 'in_progress 01 09:00', 'resolved 03 09:00'],
    ],
    [
      'dates that run backwards keep the order of the mainline',
      [
        to('new', day(3)),
        to('in_progress', day(2)),
        to('resolved', day(1)),
        other(day(4)),
        other(day(5)),
        other(day(6)),
      ],
      ['new 03 09:00', 'in_progress 03 09:00', 'resolved 03 09:00'],
    ],
    [
      'a root dated in the future does not take the others along',
      [to('new', '2030-01-01T00:00:00Z'), to('resolved', day(2)), other(day(3))],
      ['new 02 09:00', 'resolved 02 09:00'],
    ],
  ])('without a ledger: %s', async (_, history, life) => {
    const { life: lived, provenances } = await told(repository(history))
    expect(lived).toEqual(life)
    expect(new Set(provenances)).toEqual(new Set(['claimed']))
  })

  test.each<[string, string]>([
    ['in the past', day(1)],
    ['in the future', '2030-01-01T00:00:00Z'],
    ['before the epoch of computers', '1970-01-02T00:00:00Z'],
  ])('with a ledger a commit dated %s counts at its first sight', async (_, forged) => {
    const repo = repository([to('new', day(1)), to('in_progress', day(2)), to('resolved', forged)])
    seenAt(repo, ...honest)
    expect(await told(repo)).toMatchObject({
      life: ['new 01 09:00', 'in_progress 02 09:01', 'resolved 03 09:01'],
      provenances: ['claimed', 'attested', 'attested'],
      rules: [],
    })
  })

  test('author dates play no part, however they are forged', async () => {
    const repo = repository([to('new', day(1))])
    repo.write({ [file]: incident('resolved') })
    repo.git(['add', '--all'])
    repo.git(['commit', '--quiet', '-m', 'resolve', '--date', '2026-03-01T09:05:00Z'], day(3))
    expect((await told(repo)).life).toEqual(['new 01 09:00', 'resolved 03 09:00'])
  })
})

describe('forged shapes', () => {
  /** A mainline of two commits, and a branch `topic` from its first. */
  function forked(topic: readonly DeclaredCommit[], main: readonly DeclaredCommit[]): TestRepo {
    const repo = repository([to('new', day(1))])
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    for (const each of topic) repo.commit(each)
    repo.git(['checkout', '--quiet', 'main'])
    for (const each of main) repo.commit(each)
    return repo
  }

  const merge = (repo: TestRepo, name: string, at: string) =>
    repo.git(['merge', '--quiet', '--no-ff', '-m', `Merge ${name}`, name], at)

  test('a merge brings the steps of its branch when it was made, however early the branch says they were', async () => {
    const repo = forked([to('in_progress', day(1, '10:00')), to('resolved', day(1, '11:00'))], [other(day(2))])
    merge(repo, 'topic', day(4))
    expect((await told(repo)).life).toEqual(['new 01 09:00', 'resolved 04 09:00'])
  })

  test('a branch that goes there and back brings nothing', async () => {
    const repo = forked([to('closed', day(2)), to('new', day(3))], [other(day(2))])
    merge(repo, 'topic', day(4))
    expect((await told(repo)).life).toEqual(['new 01 09:00'])
  })

  test('an evil merge, which edits the record itself, is a step at its own time', async () => {
    const repo = forked([other(day(2))], [{ at: day(2), write: { more: '1' } }])
    repo.git(['merge', '--quiet', '--no-ff', '--no-commit', 'topic'], day(4))
    repo.write({ [file]: incident('closed') })
    repo.git(['add', '--all'])
    repo.git(['commit', '--quiet', '-m', 'Merge topic'], day(4))
    expect((await told(repo)).life).toEqual(['new 01 09:00', 'closed 04 09:00'])
    seenAt(repo, day(1, '09:01'), day(2, '09:01'), day(4, '09:05'))
    expect((await told(repo)).life).toEqual(['new 01 09:00', 'closed 04 09:05'])
  })

  test('a foxtrot merge collapses the steps of the old mainline; with a ledger it is found, and no earlier time stands', async () => {
    const repo = forked([other(day(2))], [to('in_progress', day(3)), to('resolved', day(4))])
    seenAt(repo, ...honest)
    const lost = repo.git(['rev-parse', 'main'])
    repo.git(['checkout', '--quiet', 'topic'])
    merge(repo, 'main', day(5))
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--ff-only', 'topic'])
    const { life, findings } = await told(repo)
    expect(life).toEqual(['new 01 09:00', 'resolved 05 09:00'])
    expect(findings).toMatchObject([{ rule: 'history-rewritten', commit: lost }])
    const ledger = repo.git(['rev-parse', 'gitsm-ledger'])
    repo.git(['update-ref', '-d', 'refs/heads/gitsm-ledger'])
    expect(await told(repo)).toMatchObject({ life: ['new 01 09:00', 'resolved 05 09:00'], rules: [] })
    repo.git(['update-ref', 'refs/heads/gitsm-ledger', ledger])
    // The cure that the finding names brings the old timeline back.
    const [, back = ''] = /git switch -C main ([0-9a-f]{40})/.exec(findings[0]?.hint ?? '') ?? []
    repo.git(['switch', '--quiet', '-C', 'main', back])
    merge(repo, 'topic', day(6))
    expect(await told(repo)).toMatchObject({
      life: ['new 01 09:00', 'in_progress 02 09:01', 'resolved 03 09:01'],
      provenances: ['claimed', 'attested', 'attested'],
      rules: [],
    })
  })

  test('a forced history counts from when it was found out, not from what it claims', async () => {
    const repo = repository([to('new', day(1)), to('in_progress', day(2)), to('resolved', day(4))])
    seenAt(repo, ...honest)
    repo.git(['reset', '--quiet', '--hard', 'HEAD~1'])
    repo.commit(to('resolved', day(2, '09:30')))
    expect(await told(repo)).toMatchObject({
      life: ['new 01 09:00', 'in_progress 02 09:01', 'resolved 03 09:01'],
      rules: ['history-rewritten'],
    })
  })

  test('a revert is a step at its own time, and what lies between stays', async () => {
    const repo = repository([to('new', day(1)), to('resolved', day(2)), to('closed', day(3))])
    repo.git(['revert', '--no-edit', 'HEAD'], day(5))
    expect((await told(repo)).life).toEqual([
      'new 01 09:00',
      'resolved 02 09:00',
      'closed 03 09:00',
      'resolved 05 09:00',
    ])
  })

  test('a move changes nothing in the life of a record', async () => {
    const repo = repository([to('new', day(1)), to('in_progress', day(2))])
    const moved = 'records/incident/archive/INC-1.yaml'
    repo.commit({ at: day(3), write: { [file]: null, [moved]: incident('in_progress') } })
    repo.commit({ at: day(4), write: { [moved]: incident('resolved') } })
    expect((await told(repo)).life).toEqual(['new 01 09:00', 'in_progress 02 09:00', 'resolved 04 09:00'])
  })

  test('an id that is used again goes on in the same life, with the gap between', async () => {
    const repo = repository([to('closed', day(1)), { at: day(2), write: { [file]: null } }])
    repo.commit({ at: day(4), write: { 'records/incident/2026/04/INC-1.yaml': incident('new') } })
    expect((await told(repo)).life).toEqual(['closed 01 09:00', 'the record was removed 02 09:00', 'new 04 09:00'])
  })

  test('a record made from the text of another inherits nothing of its life', async () => {
    const repo = repository([to('new', day(1)), to('resolved', day(2))])
    const copy = 'records/incident/2026/03/INC-2.yaml'
    repo.commit({ at: day(3), write: { [copy]: incident('resolved').replace('INC-1', 'INC-2'), [file]: null } })
    expect((await told(repo, 'incident/INC-2')).life).toEqual(['resolved 03 09:00'])
    expect((await told(repo)).life).toEqual(['new 01 09:00', 'resolved 02 09:00', 'the record was removed 03 09:00'])
  })

  test('a version that cannot be read is a gap with its reason, and the life goes on after it', async () => {
    const repo = repository([to('new', day(1)), { at: day(2), write: { [file]: 'id: [\n' } }, to('resolved', day(3))])
    const { life } = await told(repo)
    expect(life).toMatchObject(['new 01 09:00', expect.stringMatching(/\(line \d\) 02 09:00$/), 'resolved 03 09:00'])
  })
})

describe('what a clone may pretend', () => {
  const history = [to('new', day(1)), to('in_progress', day(2)), to('resolved', day(3))]
  const life = ['new 01 09:00', 'in_progress 02 09:00', 'resolved 03 09:00']

  test('replaced objects are not believed', async () => {
    const repo = repository(history)
    const real = repo.git(['cat-file', 'commit', 'HEAD'])
    writeFileSync(join(repo.dir, '.git', 'fake'), `${real.replaceAll(`${Date.parse(day(3)) / 1000}`, '1772500000')}\n`)
    const fake = repo.git(['hash-object', '-t', 'commit', '-w', '.git/fake'])
    repo.git(['replace', repo.git(['rev-parse', 'HEAD']), fake])
    expect(repo.git(['log', '-1', '--format=%ct'])).toBe('1772500000')
    expect((await told(repo)).life).toEqual(life)
  })

  test('grafts are not believed', async () => {
    const repo = repository(history)
    const head = repo.git(['rev-parse', 'HEAD'])
    repo.write({ '.git/info/grafts': `${head}\n` })
    expect(repo.git(['rev-list', '--count', 'HEAD'])).toBe('1')
    expect((await told(repo)).life).toEqual(life)
  })

  test('a shallow clone, in which everything seems to begin at once, is refused with the cure', async () => {
    const repo = repository(history)
    const dir = temporaryFolder()
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repo.dir}`, dir])
    await expect(gatherClocks(gitOf(repositoryIn(dir)))).rejects.toMatchObject({
      message: 'This clone is shallow, so times cannot be computed from its history',
      cure: expect.stringContaining('fetch-depth: 0'),
    })
  })

  test('settings that change what git prints have no part', async () => {
    const repo = repository(history)
    for (const [name, value] of [
      ['log.showSignature', 'true'],
      ['diff.renames', 'copies'],
      ['log.follow', 'true'],
      ['core.quotePath', 'true'],
      ['log.date', 'relative'],
      ['diff.noprefix', 'true'],
    ] as const) {
      repo.git(['config', name, value])
    }
    expect((await told(repo)).life).toEqual(life)
  })
})
