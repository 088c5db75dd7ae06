import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gatherHistory } from '../../src/journeys/history.ts'
import { type AppendOptions, appendToLedger } from '../../src/journeys/ledger-append.ts'
import { showLedger } from '../../src/journeys/ledger-show.ts'
import { verifyLedger } from '../../src/journeys/ledger-verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { repository, repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'

const day = (number: number, time = '09:00:00') => `2026-03-${String(number).padStart(2, '0')}T${time}Z`

interface ToldEntry {
  readonly sequence: number
  readonly event: string
  readonly at: string
  readonly source: string
  readonly tip: string
  readonly previousTip: string | null
  readonly fork: string | null
  readonly run: string | null
  readonly digest: string
}

interface Told {
  readonly code: number
  readonly appended: boolean
  readonly pushed: string | null
  readonly notes: readonly string[]
  readonly entry: ToldEntry
}

/** A world whose clock stands at an instant. */
function worldAt(repo: TestRepo, now: string, env: Readonly<Record<string, string>> = {}) {
  const world = worldOf(repo.dir)
  return { ...world, now: instant(now), env: { ...world.env, ...env } }
}

async function append(repo: TestRepo, now: string, options: AppendOptions = {}, env = {}): Promise<Told> {
  const { code, out } = await appendToLedger(worldAt(repo, now, env), options)
  return { code, ...JSON.parse(out) }
}

async function verified(repo: TestRepo, contains?: string) {
  const { code, out } = await verifyLedger(worldOf(repo.dir), contains === undefined ? {} : { contains })
  const told: {
    readonly verdict: string
    readonly head: ToldEntry | null
    readonly findings: readonly {
      readonly rule: string
      readonly message: string
      readonly hint: string
      readonly commit: string | null
    }[]
  } = JSON.parse(out)
  return { code, ...told, rules: told.findings.map(({ rule }) => rule) }
}

async function entries(repo: TestRepo): Promise<readonly ToldEntry[]> {
  const told: { readonly entries: readonly ToldEntry[] } = JSON.parse((await showLedger(worldOf(repo.dir), 20)).out)
  return told.entries
}

/** A repository with a commit a day, each written into the ledger five minutes later. */
async function kept(days: number): Promise<{ readonly repo: TestRepo; readonly ids: readonly string[] }> {
  const repo = repository()
  const ids: string[] = []
  for (let number = 1; number <= days; number++) {
    ids.push(repo.commit({ at: day(number), write: { notes: `${number}` } }))
    await append(repo, day(number, '09:05:00'))
  }
  return { repo, ids }
}

/** A bare repository that holds the mainline, and two clones of it. */
function shared(): { readonly origin: TestRepo; readonly clones: readonly [TestRepo, TestRepo] } {
  const source = repository([{ at: day(1), write: { notes: '1' } }])
  const origin = repositoryIn(temporaryFolder())
  origin.git(['clone', '--quiet', '--bare', source.dir, '.'])
  const clone = () => {
    const repo = repositoryIn(temporaryFolder())
    repo.git(['clone', '--quiet', origin.dir, '.'])
    return repo
  }
  return { origin, clones: [clone(), clone()] }
}

describe('gitsm ledger append', () => {
  test('begins a ledger, goes on with it, and writes nothing for what it saw already', async () => {
    const repo = repository([{ at: day(1), write: { notes: '1' } }])
    const first = repo.git(['rev-parse', 'HEAD'])
    expect(await append(repo, day(1, '09:05:00'))).toMatchObject({
      code: 0,
      appended: true,
      entry: { sequence: 1, event: 'baseline', at: day(1, '09:05:00'), source: 'clock', tip: first, previousTip: null },
    })
    const second = repo.commit({ at: day(2), write: { notes: '2' } })
    expect(await append(repo, day(2, '09:05:00'))).toMatchObject({
      code: 0,
      entry: { sequence: 2, event: 'push', tip: second, previousTip: first },
    })
    const ledger = repo.git(['rev-parse', 'gitsm-ledger'])
    expect(await append(repo, day(3))).toMatchObject({ code: 0, appended: false, entry: { sequence: 2 } })
    expect(await append(repo, day(3), { tip: first })).toMatchObject({ code: 0, appended: false })
    expect(repo.git(['rev-parse', 'gitsm-ledger'])).toBe(ledger)
    expect(await verified(repo)).toMatchObject({ code: 0, verdict: 'pass', head: { sequence: 2, tip: second } })
  })

  test('touches neither working tree nor index, and shares no commit with the mainline', async () => {
    const { repo } = await kept(2)
    repo.write({ notes: 'edited', fresh: 'new' })
    repo.git(['add', 'fresh'])
    const before = repo.git(['status', '--porcelain'])
    repo.git(['commit', '--quiet', '--allow-empty', '-m', 'more'], day(3))
    repo.write({ notes: 'edited again' })
    await append(repo, day(4))
    expect(before).toContain('A  fresh')
    expect(repo.git(['status', '--porcelain'])).toBe('M notes')
    expect(() => repo.git(['merge-base', 'main', 'gitsm-ledger'])).toThrow()
    expect(repo.git(['rev-list', '--count', 'gitsm-ledger'])).toBe('3')
    expect(readdirSync(join(repo.dir, '.git')).filter((name) => name.includes('index.'))).toEqual([])
  })

  test('works in a bare repository', async () => {
    const { origin } = shared()
    expect(await append(origin, day(2))).toMatchObject({ code: 0, entry: { sequence: 1 } })
  })

  test('takes the time of the push that the forge tells, but only for this tip, and never from its future', async () => {
    const { repo } = await kept(1)
    const tip = repo.commit({ at: day(2), write: { notes: '2' } })
    const event = (fields: object) => {
      const path = join(repo.dir, '.git', 'event.json')
      writeFileSync(path, JSON.stringify({ after: tip, ref: 'refs/heads/main', ...fields }))
      return { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: path }
    }
    const at = (text: string) => ({ repository: { pushed_at: instant(text) } })
    const other = { ...at(day(2, '09:00:30')), after: 'f'.repeat(40) }
    const sources = async (told: object) => (await append(repo, day(2, '09:10:00'), {}, event(told))).entry
    const undo = () => repo.git(['update-ref', 'refs/heads/gitsm-ledger', 'gitsm-ledger~1'])
    expect(await sources(other)).toMatchObject({ source: 'clock', at: day(2, '09:10:00') })
    undo()
    expect(await sources(at(day(3)))).toMatchObject({ source: 'clock' })
    undo()
    expect(await sources(at(day(1)))).toMatchObject({ source: 'clock' })
    undo()
    expect(await sources(at(day(2, '09:00:30')))).toMatchObject({ source: 'push', at: day(2, '09:00:30') })
  })

  test('takes a time that is named, if it lies between the last entry and now', async () => {
    const { repo } = await kept(1)
    repo.commit({ at: day(2), write: { notes: '2' } })
    const named = (at: string) => append(repo, day(3), { at: instant(at) })
    await expect(named(day(4))).rejects.toThrow('it has not come yet')
    await expect(named(day(1, '09:04:59'))).rejects.toThrow('the last entry is of 2026-03-01T09:05:00Z')
    expect((await named(day(2, '09:01:00'))).entry).toMatchObject({ source: 'argument', at: day(2, '09:01:00') })
  })

  test('goes on after a clock that ran ahead: entries share its time until that has come, and that is told', async () => {
    const { repo } = await kept(1)
    const ahead = day(5)
    repo.commit({ at: day(2), write: { notes: '2' } })
    await append(repo, ahead)
    const tip = repo.commit({ at: day(3), write: { notes: '3' } })
    const { code, entry, notes } = await append(repo, day(3))
    expect({ code, entry }).toMatchObject({ code: 0, entry: { sequence: 3, tip, at: ahead, source: 'clock' } })
    expect(notes).toEqual([
      expect.stringContaining(
        'The clock of this machine lies 2 d before the last entry, so the new one is of the same',
      ),
    ])
    repo.commit({ at: day(4), write: { notes: '4' } })
    expect(await append(repo, day(5, '08:57:00'))).toMatchObject({ notes: [] })
    repo.commit({ at: day(6), write: { notes: '6' } })
    expect(await append(repo, day(6))).toMatchObject({ entry: { sequence: 5, at: day(6) }, notes: [] })
    expect(await verified(repo)).toMatchObject({ code: 0, findings: [] })
  })

  test('says in a clone that what it did not push is not believed', async () => {
    const { clones } = shared()
    const [one] = clones
    expect((await append(one, day(1, '09:05:00'))).notes).toEqual([
      'The entry was not pushed; readers believe the ledger of origin. Cure: git push origin gitsm-ledger',
    ])
    expect(await append(one, day(1, '09:06:00'), { push: 'origin' })).toMatchObject({ appended: false, notes: [] })
    expect(await entries(one)).toHaveLength(1)
  })

  test('names the run that wrote it', async () => {
    const { repo } = await kept(1)
    const github = { GITHUB_SERVER_URL: 'https://forge.example', GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '7' }
    repo.commit({ at: day(2), write: { notes: '2' } })
    expect((await append(repo, day(2), {}, { ...github, GITHUB_RUN_ATTEMPT: '2' })).entry.run).toBe(
      'https://forge.example/o/r/actions/runs/7/attempts/2',
    )
    repo.commit({ at: day(3), write: { notes: '3' } })
    expect((await append(repo, day(3), { run: 'job 12' })).entry.run).toBe('job 12')
  })

  test('writes down a history that was forced, fails, and names what was lost', async () => {
    const { repo, ids } = await kept(3)
    repo.git(['reset', '--quiet', '--hard', ids[1] ?? ''])
    const tip = repo.commit({ at: day(2, '10:00:00'), write: { notes: 'another story' } })
    expect(await verified(repo)).toMatchObject({ code: 1, rules: ['history-rewritten'] })
    expect(await append(repo, day(4))).toMatchObject({
      code: 1,
      appended: true,
      entry: { event: 'rewritten', tip, previousTip: ids[2], fork: ids[1] },
    })
    const { code, findings } = await verified(repo)
    expect(code).toBe(1)
    expect(findings).toMatchObject([{ rule: 'history-rewritten', commit: ids[2] }])
    expect(findings[0]?.message).toContain(`It ended in ${ids[2]?.slice(0, 10)} (entry 3, 2026-03-03T09:05:00Z)`)
  })

  test('the cure that it names puts a forced history right, and costs no time that was attested', async () => {
    const { repo, ids } = await kept(3)
    repo.git(['reset', '--quiet', '--hard', ids[1] ?? ''])
    const forced = repo.commit({ at: day(3), write: { more: 'another story' } })
    await append(repo, day(4))
    const [cure = ''] = (await verified(repo)).findings.map(({ hint }) => hint)
    const [, back = ''] = /git switch -C main ([0-9a-f]{40})/.exec(cure) ?? []
    repo.git(['switch', '--quiet', '-C', 'main', back])
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge what was forced', forced], day(5))
    expect(await append(repo, day(5))).toMatchObject({ code: 1, entry: { event: 'rewritten', previousTip: forced } })
    const until = repo.git(['rev-parse', 'HEAD'])
    const config = `evidence: { rewrites: [{ until: ${until}, reason: Somebody forced }] }\n`
    repo.commit({ at: day(6), write: { 'gitsm.yaml': config } })
    expect(await append(repo, day(6))).toMatchObject({ code: 0, entry: { event: 'push' } })
    expect(await verified(repo)).toMatchObject({ code: 0, findings: [] })
    const { commits } = await gatherHistory(worldOf(repo.dir), repo.git(['rev-parse', 'HEAD']))
    expect(commits.map(({ provenance }) => provenance)).toEqual([
      'claimed',
      'attested',
      'attested',
      'claimed',
      'attested',
    ])
  })

  test('writes down a foxtrot merge, through which the mainline went the wrong way', async () => {
    const { repo, ids } = await kept(1)
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    const topic = repo.commit({ at: day(2, '08:00:00'), write: { topic: '1' } })
    repo.git(['checkout', '--quiet', 'main'])
    const lost = repo.commit({ at: day(2), write: { notes: '2' } })
    await append(repo, day(2, '09:05:00'))
    repo.git(['checkout', '--quiet', 'topic'])
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge main into topic', 'main'], day(3))
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--ff-only', 'topic'])
    expect(repo.git(['rev-list', '--first-parent', 'main']).split('\n')).toContain(topic)
    expect(await append(repo, day(3, '09:05:00'))).toMatchObject({
      code: 1,
      entry: { event: 'rewritten', previousTip: lost, fork: ids[0] },
    })
    expect(await verified(repo)).toMatchObject({ findings: [{ rule: 'history-rewritten', commit: lost }] })
  })

  test('is about one branch, and says so on another', async () => {
    const { repo } = await kept(1)
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: day(2), write: { notes: '2' } })
    await expect(append(repo, day(2))).rejects.toThrow('The ledger is about the branch main, and this is topic')
    expect((await append(repo, day(2), { branch: 'topic' })).entry).toMatchObject({ event: 'push', branch: 'topic' })
  })

  test('refuses to go on with a broken chain', async () => {
    const { repo } = await kept(2)
    repo.git(['checkout', '--quiet', 'gitsm-ledger'])
    repo.commit({ at: day(3), write: { 'entries/0000/00/00000003.json': '{}\n' } })
    repo.git(['checkout', '--quiet', 'main'])
    repo.commit({ at: day(3), write: { notes: '3' } })
    await expect(append(repo, day(3))).rejects.toThrow('The ledger cannot go on: Entry 3 cannot be read')
  })
})

describe('a ledger that several runs write', () => {
  test('is kept at the remote: each run goes on from what the others wrote', async () => {
    const { origin, clones } = shared()
    const [one, two] = clones
    expect(await append(one, day(1, '09:05:00'), { push: 'origin' })).toMatchObject({ pushed: 'origin' })
    const tip = two.commit({ at: day(2), write: { notes: '2' } })
    two.git(['push', '--quiet', 'origin', 'main'])
    expect(await append(two, day(2, '09:05:00'), { push: 'origin' })).toMatchObject({
      code: 0,
      pushed: 'origin',
      entry: { sequence: 2, tip },
    })
    expect((await entries(origin)).map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  test('a run that comes late, for a commit that a later one covered, writes nothing', async () => {
    const { clones } = shared()
    const [one, two] = clones
    await append(one, day(1, '09:05:00'), { push: 'origin' })
    two.commit({ at: day(2), write: { notes: '2' } })
    two.git(['push', '--quiet', 'origin', 'main'])
    await append(two, day(2, '09:05:00'), { push: 'origin' })
    // The first clone has never seen the commit that the ledger names by now.
    expect(await append(one, day(2, '09:06:00'), { push: 'origin' })).toMatchObject({ code: 0, appended: false })
  })

  test('a run whose push another one overtook writes its entry after the other one', async () => {
    const { origin, clones } = shared()
    const [one, two] = clones
    await append(one, day(1, '09:05:00'), { push: 'origin' })
    two.commit({ at: day(2), write: { notes: '2' } })
    two.git(['push', '--quiet', 'origin', 'main'])
    one.git(['pull', '--quiet'])
    const tip = one.commit({ at: day(3), write: { notes: '3' } })
    // The remote takes the other entry after the first clone looked, and before it takes that of the first clone.
    two.git(['fetch', '--quiet'])
    await append(two, day(2, '09:05:00'))
    const other = two.git(['rev-parse', 'gitsm-ledger'])
    two.git(['push', '--quiet', 'origin', 'gitsm-ledger:refs/heads/waiting'])
    const hook = `#!/bin/sh\n[ -e raced ] || git update-ref refs/heads/gitsm-ledger ${other}\ntouch raced\n`
    writeFileSync(join(origin.dir, 'hooks', 'update'), hook, { mode: 0o755 })
    expect(await append(one, day(3), { push: 'origin' })).toMatchObject({ code: 0, entry: { sequence: 3, tip } })
    expect(await entries(origin)).toMatchObject([{ sequence: 1 }, { sequence: 2 }, { sequence: 3, tip }])
  })

  test('four at once leave one entry for each tip that was new, and one line of commits', async () => {
    const { origin } = shared()
    const clones = Array.from({ length: 4 }, () => {
      const repo = repositoryIn(temporaryFolder())
      repo.git(['clone', '--quiet', origin.dir, '.'])
      return repo
    })
    const [first] = clones
    const ids = Array.from({ length: 3 }, (_, at) => first?.commit({ at: day(2), write: { notes: `${at}` } }) ?? '')
    first?.git(['push', '--quiet', 'origin', 'main'])
    for (const clone of clones.slice(1)) clone.git(['pull', '--quiet'])
    const tips = [first?.git(['rev-list', '--max-parents=0', 'HEAD']) ?? '', ...ids]
    const codes = await Promise.all(
      clones.map(async (clone, at) => (await append(clone, day(3), { tip: tips[at] ?? '', push: 'origin' })).code),
    )
    expect(codes).toEqual(codes.map(() => 0))
    const seen = await entries(origin)
    const order = seen.map(({ tip }) => tips.indexOf(tip))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order.at(-1)).toBe(3)
    expect(origin.git(['rev-list', '--count', '--min-parents=2', 'gitsm-ledger'])).toBe('0')
    expect(await verified(origin)).toMatchObject({ code: 0, findings: [] })
  })

  test('processes in one clone do not overwrite each other', async () => {
    const { repo, ids } = await kept(1)
    const more = Array.from({ length: 5 }, (_, at) => repo.commit({ at: day(2), write: { notes: `more ${at}` } }))
    const told = await Promise.all(more.map((tip) => append(repo, day(3), { tip })))
    expect(told.every(({ code }) => code === 0)).toBe(true)
    const seen = await entries(repo)
    expect(seen[0]?.tip).toBe(ids[0])
    expect(seen.at(-1)?.tip).toBe(more.at(-1))
    expect(await verified(repo)).toMatchObject({ code: 0 })
  })

  test('a remote that is not there is named, and nothing is written', async () => {
    const { repo } = await kept(1)
    await expect(append(repo, day(2), { push: 'origin' })).rejects.toThrow('There is no remote "origin"')
    repo.git(['remote', 'add', 'origin', join(repo.dir, 'nowhere')])
    repo.commit({ at: day(2), write: { notes: '2' } })
    await expect(append(repo, day(2), { push: 'origin' })).rejects.toThrow('The remote origin did not answer')
    expect(repo.git(['rev-list', '--count', 'gitsm-ledger'])).toBe('1')
  })
})

describe('gitsm ledger verify', () => {
  test('says that there is none', async () => {
    const repo = repository([{ at: day(1), write: { notes: '1' } }])
    expect(await verified(repo)).toMatchObject({ code: 0, head: null, findings: [] })
  })

  test('finds a file that was changed on the branch, and the commit that did', async () => {
    const { repo } = await kept(3)
    repo.git(['checkout', '--quiet', 'gitsm-ledger'])
    const path = 'entries/0000/00/00000002.json'
    const text = repo.git(['show', `gitsm-ledger:${path}`]).replace('09:05:00', '08:05:00')
    const commit = repo.commit({ at: day(4), by: 'mallory', write: { [path]: `${text}\n` } })
    repo.git(['checkout', '--quiet', 'main'])
    const { code, findings } = await verified(repo)
    expect(code).toBe(1)
    expect(findings).toMatchObject([
      { rule: 'ledger-append-only', commit, message: `${commit.slice(0, 10)} changed ${path} in the ledger` },
      { rule: 'ledger-chain' },
    ])
  })

  test('finds merges and files that were removed', async () => {
    const { repo } = await kept(2)
    repo.git(['checkout', '--quiet', 'gitsm-ledger'])
    const removed = repo.commit({ at: day(3), write: { 'entries/0000/00/00000002.json': null } })
    repo.git(['merge', '--quiet', '--allow-unrelated-histories', '-s', 'ours', '-m', 'merge', 'main'], day(3))
    const merge = repo.git(['rev-parse', 'HEAD'])
    repo.git(['checkout', '--quiet', 'main'])
    const { findings } = await verified(repo)
    const told = findings.filter(({ rule }) => rule === 'ledger-append-only').map(({ commit }) => commit)
    expect(told).toEqual(expect.arrayContaining([removed, merge]))
  })

  test('a whole ledger written anew is found by a digest that somebody noted', async () => {
    const { repo } = await kept(2)
    const [, noted] = await entries(repo)
    expect(await verified(repo, noted?.digest)).toMatchObject({ code: 0 })
    repo.git(['update-ref', '-d', 'refs/heads/gitsm-ledger'])
    await append(repo, day(5))
    expect(await verified(repo)).toMatchObject({ code: 0 })
    expect(await verified(repo, noted?.digest)).toMatchObject({ code: 1, rules: ['ledger-chain'] })
  })

  test('an older commit, a topic branch and a clone that is behind are no rewritten history', async () => {
    const { repo, ids } = await kept(3)
    repo.git(['checkout', '--quiet', '-b', 'topic', ids[1] ?? ''])
    repo.commit({ at: day(4), write: { topic: '1' } })
    expect(await verified(repo)).toMatchObject({ code: 0, findings: [] })
    repo.git(['checkout', '--quiet', '--detach', ids[0] ?? ''])
    expect(await verified(repo)).toMatchObject({ code: 0, findings: [] })
  })

  test('a shallow clone is refused', async () => {
    const { repo } = await kept(3)
    const dir = temporaryFolder()
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repo.dir}`, dir])
    await expect(verified(repositoryIn(dir))).rejects.toThrow('This clone is shallow')
    await expect(append(repositoryIn(dir), day(5))).rejects.toThrow('This clone is shallow')
  })
})
