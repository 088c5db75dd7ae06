import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatYaml } from '../../src/adapters/yaml/format.ts'
import { decisionData } from '../../src/core/ledger/decision-file.ts'
import { type Judgement, judgementPath, judgementText, parseJudgement } from '../../src/core/ledger/judgement.ts'
import { reportPages } from '../../src/journeys/report-pages.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionFile, decisionsOf } from '../support/evidence.ts'
import { ledgerFiles, sha256, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import { cloneOf, remoteShop } from '../support/remote-shop.ts'
import { repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { webshop } from '../support/webshop.ts'

interface Told {
  readonly code: number
  readonly findings: readonly { readonly rule: string; readonly commit: string }[]
  readonly ledger: {
    readonly findings: readonly { readonly rule: string; readonly message: string; readonly path: string | null }[]
  }
  readonly kept?: {
    readonly sequence: number
    readonly written: boolean
    readonly pushed: string | null
    readonly findings: number
    readonly found: number
    readonly settled: number
    readonly untold: number
  }
}

const dayOf = (day: number, time = '09:00:00'): string => `2026-03-${String(day).padStart(2, '0')}T${time}Z`

function worldAt(repo: TestRepo, now: string) {
  return { ...worldOf(repo.dir), now: instant(now) }
}

type Asked = NonNullable<Parameters<typeof verify>[1]>

async function verified(repo: TestRepo, now: string, asked: Asked = {}): Promise<Told> {
  const { code, out } = await verify(worldAt(repo, now), asked)
  return { code, ...JSON.parse(out) }
}

/** A shop whose ledger began, and in which a change was then scheduled that nobody had approved. */
function unapproved(): {
  readonly repo: TestRepo
  readonly bad: string
  readonly files: ReturnType<typeof ledgerFiles>
} {
  const repo = webshop()
  const base = repo.git(['rev-parse', 'HEAD'])
  const bad = repo.commit({ at: dayOf(2), by: 'eve', write: change('CHG-PLANT-01', 'scheduled', dayOf(2), 0) })
  const files = ledgerFiles([
    { tip: base, at: dayOf(1) },
    { tip: bad, at: dayOf(2, '09:05:00') },
  ])
  writeLedger(repo, files)
  return { repo, bad, files }
}

/** Adds a file to the ledger as somebody might who may push it. */
function smuggle(repo: TestRepo, write: Readonly<Record<string, string | null>>): void {
  repo.git(['checkout', '--quiet', 'gitsm-ledger'])
  repo.commit({ at: dayOf(4), write })
  repo.git(['checkout', '--quiet', 'main'])
}

function keptIn(repo: TestRepo, sequence: number): Judgement & { readonly text: string } {
  const text = `${repo.git(['show', `gitsm-ledger:${judgementPath(sequence)}`])}\n`
  const judgement = parseJudgement(text)
  if (typeof judgement === 'string') throw new Error(judgement)
  return { ...judgement, text }
}

async function auditPage(repo: TestRepo, asOf?: string): Promise<string> {
  const head = repo.git(['rev-parse', 'HEAD'])
  const world = { ...worldAt(repo, dayOf(20)), ...(asOf !== undefined && { asOf: instant(asOf) }) }
  const { pages } = await reportPages(
    world,
    { dir: repo.dir, env: world.env },
    {
      head,
      path: 'reports',
      folders: [],
      periods: ['2026-03'],
      allDue: false,
      ...(asOf !== undefined && { asOf: instant(asOf) }),
    },
  )
  return pages.find(({ path }) => path === 'reports/2026-03/audit.md')?.text ?? ''
}

describe('what verify keeps', () => {
  test('is what it found, once', async () => {
    const { repo, bad } = unapproved()
    const first = await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    expect(first).toMatchObject({ code: 1, kept: { sequence: 1, written: true, findings: 1, found: 1, settled: 0 } })
    expect(keptIn(repo, 1)).toMatchObject({
      ...{ tip: bad, findings: 1, engine: '0.0.0', run: null, previous: null, settled: [] },
      found: [{ number: 1, rule: 'approval-given', commit: bad, subject: 'change/CHG-PLANT-01', count: 1 }],
    })
    const ledger = repo.git(['rev-parse', 'gitsm-ledger'])
    const again = await verified(repo, dayOf(3), { keep: true })
    expect(again.kept).toMatchObject({ sequence: 1, written: false })
    expect(repo.git(['rev-parse', 'gitsm-ledger'])).toBe(ledger)
  })

  test('goes on from what was kept before: only what is new or settled is told', async () => {
    const { repo, bad } = unapproved()
    await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    repo.commit({ at: dayOf(3), say: 'nothing that a rule speaks of', write: { 'notes.txt': 'x' } })
    expect((await verified(repo, dayOf(3), { keep: true })).kept).toMatchObject({ sequence: 2, found: 0, settled: 0 })
    expect(keptIn(repo, 2).previous).toBe(sha256(keptIn(repo, 1).text))
    const git = { dir: repo.dir, env: worldOf(repo.dir).env }
    const [decision] = await decisionsOf(git, { commit: bad, number: 7, at: instant(dayOf(2)) })
    if (!decision) throw new Error('nothing was decided')
    const { path, text } = decisionFile(decision)
    smuggle(repo, { [path]: text })
    const settled = await verified(repo, dayOf(4), { keep: true })
    expect(settled).toMatchObject({ code: 0, ledger: { findings: [] }, kept: { sequence: 3, findings: 0, settled: 1 } })
    expect(keptIn(repo, 3)).toMatchObject({ found: [], settled: [1] })
  })

  test('is written once of a date that is still to come, whatever the hour', async () => {
    const { repo } = unapproved()
    repo.commit({ at: dayOf(28), say: 'dated ahead', write: { 'notes.txt': 'x' } })
    const first = await verified(repo, dayOf(3), { keep: true })
    expect(keptIn(repo, 1).found.map(({ rule }) => rule)).toContain('commit-date-ahead')
    expect(first.kept).toMatchObject({ sequence: 1, written: true })
    expect((await verified(repo, dayOf(5, '17:30:00'), { keep: true })).kept).toMatchObject({
      sequence: 1,
      written: false,
    })
  })

  test('is pushed, and what another clone pushed meanwhile stands', async () => {
    const shop = remoteShop()
    const [one, other] = [shop.clone('one'), shop.clone('other')]
    expect((await verified(one, dayOf(2), { push: 'origin' })).kept).toMatchObject({ sequence: 1, pushed: 'origin' })
    other.commit({ at: dayOf(2), write: { 'notes.txt': 'x' } })
    other.git(['push', '--quiet', 'origin', 'main'])
    expect((await verified(other, dayOf(3), { push: 'origin' })).kept).toMatchObject({ sequence: 2, written: true })
    // The first clone lacks the new commit: what it would judge is judged already.
    one.git(['fetch', '--quiet'])
    expect((await verified(one, dayOf(3), { push: 'origin' })).kept).toMatchObject({ sequence: 2, written: false })
    expect(shop.origin.git(['rev-list', '--count', 'gitsm-ledger'])).toBe('2')
  })

  test('is told all the same where the remote does not take it, and the run fails', async () => {
    const shop = remoteShop()
    const hook = join(shop.origin.dir, 'hooks', 'update')
    writeFileSync(hook, '#!/bin/sh\n[ "$1" != refs/heads/gitsm-ledger ]\n', { mode: 0o755 })
    const said: string[] = []
    const world = { ...worldAt(shop.clone('one'), dayOf(2)), say: (line: string) => void said.push(line) }
    const { code, out } = await verify(world, { push: 'origin' })
    expect(code).toBe(4)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'pass', findings: [] })
    expect(said.join()).toMatch(/nothing is kept of what was found: The remote origin did not answer as it should/)
  })

  test('is about the whole mainline, as everybody judges it', async () => {
    const { repo } = unapproved()
    await expect(verify(worldAt(repo, dayOf(3)), { keep: true, base: 'HEAD' })).rejects.toThrow(/--base/)
    await expect(verify(worldAt(repo, dayOf(3)), { keep: true, strict: true })).rejects.toThrow(/--strict/)
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    await expect(verify(worldAt(repo, dayOf(3)), { keep: true })).rejects.toThrow(/about the branch main/)
  })
})

/** A shop in which one commit opens many incidents in a state that none begins in, and more than one thing is wrong. */
function manyWrong(many: number): TestRepo {
  const repo = webshop()
  const ids = Array.from({ length: many }, (_, at) => `INC-BAD-${String(at).padStart(4, '0')}`)
  const wrong = (id: string): string => formatYaml({ id, title: id, state: 'closed', odd: 1, odder: 2 })
  repo.commit({
    ...{ at: dayOf(2), by: 'eve', say: 'many at once' },
    write: Object.fromEntries(ids.map((id) => [`records/incident/2026/03/${id}.yaml`, wrong(id)])),
  })
  return repo
}

describe('more findings than one judgement tells', () => {
  test('are told by several in one run, which then hold', async () => {
    const repo = manyWrong(160)
    const { kept } = await verified(repo, dayOf(3), { keep: true })
    expect(kept?.sequence).toBeGreaterThan(1)
    expect(kept).toMatchObject({ written: true, untold: 0, found: kept?.findings })
    expect(repo.git(['rev-list', '--count', 'gitsm-ledger'])).toBe('1')
    expect((await verified(repo, dayOf(4), { keep: true })).kept).toMatchObject({ written: false })
    expect((await verified(repo, dayOf(5))).ledger.findings).toEqual([])
    expect(await auditPage(repo)).not.toContain('not told one by one')
  })

  test('are never told as nothing, nor as all that there is, while some are not told', async () => {
    const repo = manyWrong(160)
    await verified(repo, dayOf(3), { keep: true })
    const [tip, first] = [repo.git(['rev-parse', 'gitsm-ledger']), keptIn(repo, 1)]
    // What a run leaves that finds more than it may tell.
    smuggle(repo, {
      'judgements/0000/00/00000002.json': null,
      'judgements/0000/00/00000003.json': null,
      'judgements/0000/00/00000004.json': null,
    })
    expect(first.untold).toBeGreaterThan(0)
    const page = await auditPage(repo)
    expect(page).toContain(
      `150 findings in commits of the period are told, **150 open**, but ${first.untold} findings on the whole mainline are **not told one by one** yet, some of them perhaps of this period.`,
    )
    expect(page).not.toContain('there are 150 findings')
    expect(page).not.toContain('Nothing was found')
    repo.git(['update-ref', 'refs/heads/gitsm-ledger', tip])
    expect(await auditPage(repo), 'once all are told').toContain('In those of the period there are ')
  })
})

describe('a kept judgement that is not true', () => {
  /** The next judgement after the first, with something else in it. */
  const forged = (first: Judgement & { readonly text: string }, other: Partial<Judgement>) => {
    const forgery = { ...first, sequence: 2, previous: sha256(first.text), found: [], settled: [], ...other }
    return { [judgementPath(2)]: judgementText(forgery) }
  }

  test('is found where it hides something', async () => {
    const { repo } = unapproved()
    await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    smuggle(repo, forged(keptIn(repo, 1), { findings: 0, settled: [1] }))
    const { ledger } = await verified(repo, dayOf(5))
    expect(ledger.findings).toMatchObject([{ rule: 'judgement-holds', path: judgementPath(2) }])
    expect(ledger.findings[0]?.message).toContain('leaves out approval-given of change/CHG-PLANT-01')
    // An honest run tells of it again, and of the forgery; the forgery is found for good.
    expect((await verified(repo, dayOf(5), { keep: true })).kept).toMatchObject({ sequence: 3, findings: 2, found: 2 })
    expect((await verified(repo, dayOf(6))).ledger.findings).toMatchObject([{ path: judgementPath(2) }])
  })

  test('is found where it hides something from the first', async () => {
    const { repo, bad } = unapproved()
    const none = { commits: 1, findings: 0, untold: 0, unvouched: 0, engine: '0.0.0', evidence: null, run: null }
    const lie = { ...none, sequence: 1, at: instant(dayOf(2)), tip: bad, previous: null, found: [], settled: [] }
    smuggle(repo, { [judgementPath(1)]: judgementText(lie) })
    expect((await verified(repo, dayOf(5))).ledger.findings).toMatchObject([{ rule: 'judgement-holds' }])
  })

  test('is found where it hides something in the name of another version, or of another time', async () => {
    const { repo } = unapproved()
    const bad = repo.commit({ at: dayOf(3), write: change('CHG-PLANT-02', 'closed', dayOf(3), 0) })
    await verified(repo, dayOf(3, '10:00:00'), { keep: true })
    const first = keptIn(repo, 1)
    expect(first.found.map(({ commit }) => commit)).toContain(bad)
    const all = first.found.map(({ number }) => number)
    smuggle(repo, forged(first, { findings: 0, settled: all, engine: '0.0.1', at: instant('2099-01-01T00:00:00Z') }))
    const { ledger } = await verified(repo, dayOf(5))
    expect(ledger.findings).toMatchObject([{ rule: 'judgement-holds', path: judgementPath(2) }])
    expect(ledger.findings[0]?.message).toMatch(/it is dated later than now, and [1-9]\d* more like it/)
    await verified(repo, dayOf(5), { keep: true })
    const page = await auditPage(repo)
    expect(page).not.toContain('settled 2099')
    expect(page).toContain(`${all.length} findings, **${all.length} open**`)
  })

  test('is found where it was edited, and nothing goes on from it', async () => {
    const { repo } = unapproved()
    await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    smuggle(repo, { [judgementPath(1)]: keptIn(repo, 1).text.replace('"findings": 1', '"findings": 0') })
    const told = await verified(repo, dayOf(5), { keep: true })
    expect(told.ledger.findings.map(({ rule }) => rule)).toEqual(['ledger-append-only', 'judgement-chain'])
    expect(told.kept).toBeUndefined()
    expect(await auditPage(repo)).toContain('**Later judgements cannot be relied on:** Judgement 1 does not add up')
  })

  test('is missed where judging stopped', async () => {
    const { repo, files } = unapproved()
    await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    const next = repo.commit({ at: dayOf(3), write: { 'notes.txt': 'x' } })
    const last = files.at(-1)
    if (!last) throw new Error('the ledger is empty')
    const seen = [
      ...ledgerFiles([
        { tip: repo.git(['rev-parse', 'HEAD~2']), at: dayOf(1) },
        { tip: repo.git(['rev-parse', 'HEAD~1']), at: dayOf(2, '09:05:00') },
        { tip: next, at: dayOf(3) },
      ]),
    ]
    smuggle(repo, Object.fromEntries(seen.slice(2).map(({ path, text }) => [path, text])))
    expect((await verified(repo, dayOf(3, '20:00:00'))).ledger.findings).toEqual([])
    expect((await verified(repo, dayOf(5))).ledger.findings).toMatchObject([{ rule: 'judgement-kept' }])
    await verified(repo, dayOf(5), { keep: true })
    expect((await verified(repo, dayOf(6))).ledger.findings).toEqual([])
    expect(keptIn(repo, 2)).toMatchObject({ findings: 1, found: [] })
  })
})

describe('the page for auditors', () => {
  test('is the same in a clone, whatever it calls its remote', async () => {
    const { repo } = unapproved()
    await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    const page = await auditPage(repo)
    expect(page).toContain('Decisions are those of the ledger `gitsm-ledger` up to the as-of instant.')
    const clone = cloneOf(repo.dir, 'bob')
    expect(await auditPage(clone)).toBe(page)
    clone.git(['remote', 'rename', 'origin', 'upstream'])
    expect(await auditPage(clone)).toBe(page)
  })

  test('counts a judgement that ends in a commit of reports, or later than the page', async () => {
    const { repo, bad } = unapproved()
    const reports = repo.commit({ at: dayOf(3), say: 'Write the reports', write: { 'reports/2026-03/audit.md': 'x' } })
    await verified(repo, dayOf(3), { keep: true })
    expect(keptIn(repo, 1).tip).toBe(reports)
    const page = await auditPage(repo)
    expect(page).toContain(
      'Every commit was judged by the rules of its time. In those of the period there is 1 finding, **1 open**.',
    )
    expect(page).toContain(`judged the mainline up to \`${reports.slice(0, 10)}\``)
    repo.git(['reset', '--quiet', '--hard', bad])
    expect(await auditPage(repo), 'a clone that is behind').toBe(page)
  })

  test('says that a judgement reaches further than the clone knows, and tells what it found', async () => {
    const { repo, bad } = unapproved()
    repo.commit({ at: dayOf(3), write: { 'notes.txt': 'x' } })
    await verified(repo, dayOf(3), { keep: true })
    const behind = repositoryIn(temporaryFolder())
    behind.git(['init', '--quiet', '--initial-branch', 'main'])
    behind.git([
      'fetch',
      '--quiet',
      '--update-head-ok',
      repo.dir,
      `${bad}:refs/heads/main`,
      'gitsm-ledger:gitsm-ledger',
    ])
    behind.git(['reset', '--quiet', '--hard'])
    const page = await auditPage(behind)
    expect(page).toContain(
      '**is not known**: the judgements that are kept end in commits that this clone does not have.',
    )
    expect(page).toContain('1 finding, **1 open**')
    expect(page).toMatch(/\| `approval-given` \| \*\*open\*\* \|/)
    expect(page).not.toContain('no judgement')
    expect(page).not.toContain('not part of this mainline')
  })

  test('does not count a judgement of commits that were rewritten', async () => {
    const { repo } = unapproved()
    const other = repo.commit({ at: dayOf(3), write: { 'notes.txt': 'x' } })
    await verified(repo, dayOf(3), { keep: true })
    repo.git(['reset', '--quiet', '--hard', 'HEAD~2'])
    repo.commit({ at: dayOf(3), write: { 'notes.txt': 'y' } })
    expect(keptIn(repo, 1).tip).toBe(other)
    expect(await auditPage(repo)).toContain(
      'The judgements in the ledger are about commits that are not part of this mainline.',
    )
  })

  test('says that nothing is kept, what was found, and what was settled', async () => {
    const { repo, bad } = unapproved()
    expect(await auditPage(repo)).toContain('No judgement of the mainline is kept')
    await verified(repo, dayOf(2, '09:06:00'), { keep: true })
    const open = await auditPage(repo)
    expect(open).toContain(
      'Every commit was judged by the rules of its time. In those of the period there is 1 finding, **1 open**.',
    )
    expect(open).toMatch(
      new RegExp(
        `\\| \`${bad.slice(0, 10)}\` \\| eve \\| \\[CHG-PLANT-01\\]\\(.*\\| \`approval-given\` \\| \\*\\*open\\*\\* \\|`,
      ),
    )
    repo.commit({ at: dayOf(3), write: { 'notes.txt': 'x' } })
    const behind = await auditPage(repo)
    expect(behind).toContain(
      `The mainline was judged up to \`${bad.slice(0, 10)}\`; 1 commit after it was **not judged** yet.`,
    )
    await verified(repo, dayOf(3), { keep: true })
    const covered = await auditPage(repo)
    const git = { dir: repo.dir, env: worldOf(repo.dir).env }
    const [decision] = await decisionsOf(git, { commit: bad, number: 7, at: instant(dayOf(2)) })
    if (!decision) throw new Error('nothing was decided')
    smuggle(repo, { [decisionFile(decision).path]: formatYaml(decisionData(decision)) })
    await verified(repo, dayOf(5), { keep: true })
    const settled = await auditPage(repo)
    expect(settled).toContain('1 finding, none of them open')
    expect(settled).toContain('| settled 2026-03-05 |')
    // What was known at an instant stays what was known then.
    expect(await auditPage(repo, dayOf(4))).toContain('**1 open**')
    expect(covered).toContain('judgement 2 in the ledger, outside of any run')
    expect(settled, 'the judgement that reached the newest commit first').toContain('judgement 2 in the ledger')
  })
})
