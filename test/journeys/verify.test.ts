import { describe, expect, test } from 'vitest'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { startGitHub } from '../support/github/stand-in.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')
const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const opened = { at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } }
const day = (number: number) => `2026-03-0${number}T09:00:00Z`

async function verified(repo: TestRepo, base?: string) {
  const { code, out } = await verify(worldOf(repo.dir), base === undefined ? {} : { base })
  const told: {
    readonly verdict: string
    readonly findings: readonly { commit: string; rule: string; message: string; file: string }[]
    readonly summary: { readonly commits: number; readonly findings: number }
    readonly imported: readonly { system: string; commits: number }[]
  } = JSON.parse(out)
  return { code, ...told }
}

/** Log entries of a morning in March. */
function life(day: number, ...states: readonly string[]): string {
  return `[${states.map((state, at) => `{ at: 2026-03-0${day}T08:0${at}:00Z, by: ada, state: ${state} }`).join(', ')}]`
}

describe('gitsm verify', () => {
  test('a mainline on which everything went by the rules passes', async () => {
    const repo = webshop(
      opened,
      { at: day(3), write: { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) } },
      { at: day(4), write: { [file]: incident('INC-1', 'closed', { ...done, log: life(4, 'resolved', 'closed') }) } },
      { at: day(5), write: { 'docs/notes.md': 'words' } },
    )
    expect(await verified(repo)).toMatchObject({ code: 0, verdict: 'pass', findings: [], summary: { commits: 5 } })
  })

  test('--issue keeps one issue open for as long as something is found, and makes none where nothing is', async () => {
    const github = await startGitHub({ people: ['ada'] })
    const repo = webshop(opened)
    const told = async () => {
      const base = worldOf(repo.dir)
      const { code } = await verify({ ...base, env: { ...base.env, ...github.env } }, { issue: true })
      return [code, ...(await github.issues()).map(({ state, body }) => [state, /INC-3/.test(body ?? '')])]
    }
    try {
      expect(await told()).toEqual([0])
      const sound = repo.git(['rev-parse', 'HEAD'])
      repo.commit({ at: day(4), write: { [incidentFile('INC-3')]: incident('INC-3', 'closed', done) } })
      expect(await told()).toEqual([1, ['open', true]])
      expect(await told()).toEqual([1, ['open', true]])
      repo.git(['reset', '--quiet', '--hard', sound])
      expect(await told()).toEqual([0, ['closed', false]])
    } finally {
      await github.close()
    }
  })

  test('the commit that founds a repository is taken as it is, the next one is not', async () => {
    const closed = incident('INC-2', 'closed', done)
    const repo = webshop({ at: day(2), write: { [incidentFile('INC-2')]: closed } })
    repo.git(['checkout', '--quiet', '--orphan', 'fresh'])
    repo.commit({ at: day(3), write: {} })
    expect(await verified(repo)).toMatchObject({ code: 0, findings: [] })
    repo.commit({ at: day(4), write: { [incidentFile('INC-3')]: incident('INC-3', 'closed', done) } })
    expect(await verified(repo)).toMatchObject({ code: 1, findings: [{ rule: 'birth-allowed' }] })
  })

  test.each<[string, Record<string, string | null>, string, string]>([
    [
      'a skipped state',
      { [file]: incident('INC-1', 'closed', done) },
      'transition-allowed',
      'INC-1 cannot go from new to closed',
    ],
    [
      'a late birth',
      { [incidentFile('INC-2')]: incident('INC-2', 'closed', done) },
      'birth-allowed',
      'INC-2 cannot be born closed',
    ],
    ['a deletion', { [file]: null }, 'never-deleted', 'INC-1 cannot be deleted'],
    ['a file that cannot be read', { [file]: 'id: [\n' }, 'yaml-syntax', ''],
  ])('names the commit of %s', async (_, write, rule, message) => {
    const repo = webshop(opened)
    const commit = repo.commit({ at: day(3), by: 'mallory', write })
    repo.commit({ at: day(4), write: { 'docs/notes.md': 'later' } })
    const told = await verified(repo)
    expect(told).toMatchObject({ code: 1, verdict: 'fail', findings: [{ commit, rule, by: 'mallory', at: day(3) }] })
    expect(told.findings[0]?.message).toContain(message)
  })

  test('names edits of a closed record and of its log', async () => {
    const log = life(3, 'in_progress', 'resolved', 'closed')
    const repo = webshop(opened, { at: day(3), write: { [file]: incident('INC-1', 'closed', { ...done, log }) } })
    const title = repo.commit({
      at: day(4),
      write: { [file]: incident('INC-1', 'closed', { ...done, log, title: 'Nothing' }) },
    })
    const rewritten = log.replace('by: ada', 'by: eve')
    const past = repo.commit({
      at: day(5),
      write: { [file]: incident('INC-1', 'closed', { ...done, log: rewritten, title: 'Nothing' }) },
    })
    expect((await verified(repo)).findings).toMatchObject([
      { commit: title, rule: 'closed-is-immutable', message: 'INC-1 is closed, so title cannot change' },
      { commit: past, rule: 'log-append-only', message: 'An existing log entry was changed' },
    ])
  })

  test('a record that comes back after its deletion goes on from where it stood', async () => {
    const repo = webshop(opened, {
      at: day(3),
      write: { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) },
    })
    const deleted = repo.commit({ at: day(4), write: { [file]: null } })
    repo.commit({ at: day(5), write: { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) } })
    expect((await verified(repo)).findings.map(({ commit, rule }) => [commit, rule])).toEqual([
      [deleted, 'never-deleted'],
    ])
  })

  test('each commit is judged by the rules that it found, not by those it brings or by later ones', async () => {
    const lifecycle = 'schemas/incident/lifecycle.yaml'
    const relaxed = `${shippedText(lifecycle)}  - { from: new, to: closed }\n`
    const other = incidentFile('INC-2')
    const repo = webshop({ ...opened, write: { ...opened.write, [other]: incident('INC-2', 'new') } })
    const hidden = repo.commit({
      at: day(3),
      write: { [lifecycle]: relaxed, [file]: incident('INC-1', 'closed', done) },
    })
    repo.commit({ at: day(4), write: { [other]: incident('INC-2', 'closed', done) } })
    repo.commit({ at: day(5), write: { [lifecycle]: shippedText(lifecycle) } })
    expect((await verified(repo)).findings).toMatchObject([{ commit: hidden, rule: 'transition-allowed' }])
  })

  test('rules that nobody can read are named, and those before them stay in force', async () => {
    const repo = webshop(opened)
    const broken = repo.commit({ at: day(3), write: { 'schemas/incident/lifecycle.yaml': 'initial: [\n' } })
    const skipped = repo.commit({ at: day(4), write: { [file]: incident('INC-1', 'closed', done) } })
    expect((await verified(repo)).findings).toMatchObject([
      { commit: broken, rule: 'rules-readable' },
      { commit: skipped, rule: 'transition-allowed' },
    ])
  })

  test('only what came after a commit is judged when one is named', async () => {
    const repo = webshop(opened)
    const bad = repo.commit({ at: day(3), write: { [file]: incident('INC-1', 'closed', done) } })
    repo.commit({ at: day(4), write: { 'docs/notes.md': 'words' } })
    expect(await verified(repo, bad)).toMatchObject({ code: 0, findings: [], summary: { commits: 1 } })
    expect(await verified(repo, `${bad}~1`)).toMatchObject({ code: 1, summary: { commits: 2, findings: 1 } })
    repo.git(['checkout', '--quiet', '-b', 'side', 'HEAD~1'])
    const side = repo.commit({ at: day(5), write: { 'docs/side.md': 'x' } })
    repo.git(['checkout', '--quiet', 'main'])
    await expect(verified(repo, side)).rejects.toThrow(/is not on the mainline/)
  })

  test.each(['from the beginning', 'from there on'])('what was wrong before is told once, %s', async (from) => {
    const dangling = (title: string) => ({ [file]: incident('INC-1', 'new', { title, service: 'web-shop' }) })
    const repo = webshop(opened)
    const wrong = repo.commit({ at: day(3), write: dangling('Slow') })
    repo.commit({ at: day(4), write: dangling('Slower') })
    repo.commit({ at: day(5), write: { [incidentFile('INC-2')]: incident('INC-2', 'new') } })
    const also = repo.commit({ at: day(6), write: { [incidentFile('INC-3')]: incident('INC-3', 'closed', done) } })
    const begun = from === 'from the beginning'
    const { findings } = await verified(repo, begun ? undefined : wrong)
    expect(findings.map(({ commit, rule }) => [commit, rule])).toEqual([
      ...(begun ? [[wrong, 'reference-exists']] : []),
      [also, 'birth-allowed'],
    ])
  })

  test('a merge that changes more than its sides did is named for it', async () => {
    const repo = webshop(opened, { at: day(2), write: { [incidentFile('INC-2')]: incident('INC-2', 'new') } })
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: day(3), write: { 'docs/notes.md': 'words' } })
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--no-ff', '--no-commit', 'topic'], day(4))
    const evil = repo.commit({ at: day(4), write: { [incidentFile('INC-2')]: incident('INC-2', 'closed', done) } })
    expect((await verified(repo)).findings).toMatchObject([{ commit: evil, rule: 'transition-allowed', by: 'ada' }])
  })

  test('a merged branch is judged by what the merge did to the mainline', async () => {
    const repo = webshop(opened)
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: day(3), write: { [file]: incident('INC-1', 'closed', done) } })
    repo.commit({ at: day(4), write: { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) } })
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--no-ff', '--no-edit', 'topic'], day(5))
    expect(await verified(repo)).toMatchObject({ code: 0, findings: [] })
  })

  describe('history from another tool', () => {
    const config = shippedText('gitsm.yaml')
    const elsewhere = { ...done, source: '{ system: servicenow, id: INC-1 }' }
    const ended = (until: string) => ({ 'gitsm.yaml': `${config}imports: [{ system: servicenow, until: ${until} }]\n` })
    const brought = { at: day(2), write: { [file]: incident('INC-1', 'new', { source: elsewhere.source }) } }

    test('may have taken other steps, and what comes after is judged', async () => {
      const repo = webshop(brought)
      const until = repo.commit({ at: day(3), write: { [file]: incident('INC-1', 'closed', elsewhere) } })
      repo.commit({ at: day(4), write: ended(until) })
      expect(await verified(repo)).toMatchObject({
        code: 0,
        findings: [],
        imported: [{ system: 'servicenow', commits: 3 }],
      })
      const after = repo.commit({
        at: day(5),
        write: { [incidentFile('INC-2')]: incident('INC-2', 'closed', elsewhere) },
      })
      expect((await verified(repo)).findings).toMatchObject([{ commit: after, rule: 'birth-allowed' }])
    })

    test('excuses only what says that it came from there, and no loss', async () => {
      const repo = webshop(opened)
      const own = repo.commit({ at: day(3), write: { [file]: incident('INC-1', 'closed', done) } })
      repo.commit({ at: day(4), write: { [incidentFile('INC-2')]: incident('INC-2', 'closed', elsewhere) } })
      const until = repo.commit({ at: day(5), write: { [incidentFile('INC-2')]: null } })
      repo.commit({ at: day(6), write: ended(until) })
      expect((await verified(repo)).findings).toMatchObject([
        { commit: own, rule: 'transition-allowed' },
        { commit: until, rule: 'never-deleted' },
      ])
    })

    test('ends with the commit before the one that names it, so that nobody can declare it later', async () => {
      const repo = webshop(brought)
      const hidden = repo.commit({ at: day(3), write: { [file]: incident('INC-1', 'closed', elsewhere) } })
      repo.commit({ at: day(4), write: { 'docs/notes.md': 'words' } })
      const late = repo.commit({ at: day(5), write: ended(hidden) })
      expect((await verified(repo)).findings).toMatchObject([
        { commit: hidden, rule: 'transition-allowed' },
        { commit: late, rule: 'import-boundary' },
      ])
    })
  })

  test('a closed record stays what it was when rules become tighter, and may still get notes', async () => {
    const closed = { ...done, category: 'software' }
    const repo = webshop(
      { at: day(2), write: { [file]: incident('INC-1', 'resolved', closed) } },
      { at: day(3), write: { [file]: incident('INC-1', 'closed', closed) } },
    )
    const lifecycle = 'schemas/incident/lifecycle.yaml'
    const schema = 'schemas/incident/schema.json'
    const tighter = {
      'gitsm.yaml': shippedText('gitsm.yaml').replace('  - software\n', ''),
      [lifecycle]: shippedText(lifecycle).replaceAll(
        'resolution_code, resolution]',
        'resolution_code, resolution, problem]',
      ),
      [schema]: shippedText(schema).replace(/"required": \[/, '"required": ["detected_at", '),
    }
    expect(tighter[schema]).toContain('"detected_at", ')
    repo.commit({ at: day(4), write: tighter })
    const noted = { ...closed, log: `[{ at: ${day(5)}, by: ada, note: Seen again }]` }
    repo.commit({ at: day(5), write: { [file]: incident('INC-1', 'closed', noted) } })
    expect((await verified(repo)).findings).toEqual([])
    const edited = repo.commit({
      at: day(6),
      write: { [file]: incident('INC-1', 'closed', { ...noted, title: 'Never' }) },
    })
    expect((await verified(repo)).findings.map(({ commit }) => commit)).toContain(edited)
  })

  test('a page for an auditor quotes what was found by rule and by commit', async () => {
    const repo = webshop(opened)
    const commit = repo.commit({ at: day(3), by: 'mal|lory', write: { [file]: incident('INC-1', 'closed', done) } })
    const { out } = await verify({ ...worldOf(repo.dir), format: 'markdown' }, {})
    expect(out).toContain('| `transition-allowed` | 1 | 1 |')
    expect(out).toContain(`### \`${commit.slice(0, 10)}\` of 2026-03-03 09:00 UTC (claimed), by mal`)
    expect(out).toContain(`\`${file}:3\` |`)
  })

  test('text names each commit once, with what it did and the cure', async () => {
    const repo = webshop(opened)
    const commit = repo.commit({
      at: day(3),
      by: 'mallory\u202e',
      write: { [file]: incident('INC-1', 'closed', done) },
    })
    const { out } = await verify({ ...worldOf(repo.dir), format: 'text' }, {})
    expect(out.split('\n')).toEqual([
      `${commit.slice(0, 10)}  2026-03-03 09:00 UTC (claimed)  mallory\\u202e`,
      `  error  INC-1 cannot go from new to closed  transition-allowed ${file}:3`,
      '    cure: From new it can go to in_progress, on_hold, resolved, cancelled',
      '',
      'The times of 3 of 3 commits are only claimed by whoever made the commit.',
      expect.stringMatching(/^fail: 3 commits, 2 steps and edits of \d+ records, 1 finding in 1 commit$/),
      '',
    ])
  })
})
