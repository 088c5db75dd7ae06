import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isData, listAt } from '../../src/core/record.ts'
import { proposed, pullFile } from '../support/approval-world.ts'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { repository, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')
const log = (...states: string[]) =>
  `[${states.map((state, at) => `{ at: 2026-03-0${at + 2}T10:00:00Z, by: ada, state: ${state} }`).join(', ')}]`

/** A repository with one incident on main, and a branch `topic` that writes files. */
function pullRequest(before: Record<string, string>, topic: Record<string, string | null>): TestRepo {
  const repo = webshop({ at: '2026-03-02T09:00:00Z', write: before })
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  repo.commit({ at: '2026-03-03T09:00:00Z', write: topic })
  repo.git(['checkout', '--quiet', 'main'])
  return repo
}

/** What `check` answers, without its notices on approvals: these have tests of their own. */
function check(repo: TestRepo, base = 'main', head = 'topic') {
  const { code, json } = gitsmJson(['check', '--base', base, '--head', head], repo)
  if (!isData(json)) return { code, json }
  const found = listAt(json, 'diagnostics').filter((each) => isData(each) && each['rule'] !== 'approval-given')
  return { code, json: { ...json, diagnostics: found } }
}

describe('gitsm check', () => {
  test('a legal step passes and is told', () => {
    const repo = pullRequest(
      { [file]: incident('INC-1', 'new') },
      { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) },
    )
    const { code, json } = check(repo)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      verdict: 'pass',
      diagnostics: [],
      changes: [{ id: 'INC-1', type: 'incident', file, kind: 'edited', from: 'new', to: 'in_progress' }],
      approvals: [],
    })
  })

  test('a skipped state fails at the line that writes it', () => {
    const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
    const repo = pullRequest({ [file]: incident('INC-1', 'new') }, { [file]: incident('INC-1', 'closed', done) })
    const { code, json } = check(repo)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      verdict: 'fail',
      diagnostics: [
        {
          rule: 'transition-allowed',
          message: 'INC-1 cannot go from new to closed',
          hint: 'From new it can go to in_progress, on_hold, resolved, cancelled',
          file,
          line: 3,
          column: 8,
        },
      ],
    })
  })

  test('several steps pass when log names each', () => {
    const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
    const repo = pullRequest(
      { [file]: incident('INC-1', 'new') },
      { [file]: incident('INC-1', 'closed', { ...done, log: log('in_progress', 'resolved', 'closed') }) },
    )
    expect(check(repo)).toMatchObject({ code: 0, json: { verdict: 'pass' } })
  })

  test('a deleted incident fails', () => {
    const repo = pullRequest({ [file]: incident('INC-1', 'new') }, { [file]: null })
    expect(check(repo)).toMatchObject({ code: 1, json: { diagnostics: [{ rule: 'never-deleted' }] } })
  })

  test('a moved file is no change of the record', () => {
    const moved = 'records/incident/elsewhere/INC-1.yaml'
    const repo = pullRequest({ [file]: incident('INC-1', 'new') }, { [file]: null, [moved]: incident('INC-1', 'new') })
    expect(check(repo)).toMatchObject({ code: 0, json: { verdict: 'pass', changes: [] } })
  })

  test('the base judges: a lifecycle relaxed in the same change does not count', () => {
    const relaxed = {
      [file]: incident('INC-1', 'closed', { team: 'operations', resolution_code: 'x', resolution: 'y' }),
    }
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } })
    const lifecycle = repo.git(['show', 'HEAD:schemas/incident/lifecycle.yaml'])
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({
      at: '2026-03-03T09:00:00Z',
      write: { ...relaxed, 'schemas/incident/lifecycle.yaml': `${lifecycle}\n  - { from: new, to: closed }\n` },
    })
    expect(check(repo)).toMatchObject({
      code: 1,
      json: { diagnostics: [{ rule: 'transition-allowed', message: 'INC-1 cannot go from new to closed' }] },
    })
  })

  test('a schema tightened in the change must hold for its own records too', () => {
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } })
    const schema = JSON.parse(repo.git(['show', 'HEAD:schemas/incident/schema.json']))
    schema.required.push('category')
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: '2026-03-03T09:00:00Z', write: { 'schemas/incident/schema.json': JSON.stringify(schema) } })
    expect(check(repo)).toMatchObject({
      code: 1,
      json: { diagnostics: [{ rule: 'schema-valid', message: '`category` is missing', file }] },
    })
  })

  test('a new record type is judged by its own schema', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Room',
      type: 'object',
      properties: { id: { type: 'string' }, seats: { type: 'integer' } },
      required: ['id', 'seats'],
      additionalProperties: false,
    }
    const room = (text: string) =>
      pullRequest({}, { 'schemas/room/schema.json': JSON.stringify(schema), 'records/room/r1.yaml': text })
    expect(check(room('id: r1\nseats: 4\n'))).toMatchObject({
      code: 0,
      json: { changes: [{ id: 'r1', kind: 'added' }] },
    })
    expect(check(room('id: r1\n'))).toMatchObject({
      code: 1,
      json: { diagnostics: [{ message: '`seats` is missing' }] },
    })
  })

  test('rules that the change breaks are a finding, not a fault', () => {
    const repo = pullRequest({}, { 'schemas/incident/lifecycle.yaml': 'initial: [\n' })
    expect(check(repo)).toMatchObject({ code: 1, json: { verdict: 'fail', diagnostics: [{ rule: 'rules-readable' }] } })
  })

  test('ids are unique on the merge result, although each side alone is fine', () => {
    const repo = pullRequest({}, { 'records/incident/a/INC-7.yaml': incident('INC-7', 'new') })
    repo.commit({ at: '2026-03-04T09:00:00Z', write: { 'records/incident/b/INC-7.yaml': incident('INC-7', 'new') } })
    expect(check(repo)).toMatchObject({
      code: 1,
      json: { diagnostics: [{ rule: 'id-unique', message: 'id INC-7 is already taken' }] },
    })
  })

  test('what main gained meanwhile is not held against the change', () => {
    const repo = pullRequest({}, { [incidentFile('INC-2')]: incident('INC-2', 'new') })
    repo.commit({ at: '2026-03-04T09:00:00Z', write: { [incidentFile('INC-3')]: incident('INC-3', 'new') } })
    expect(check(repo)).toMatchObject({ code: 0, json: { changes: [{ id: 'INC-2', kind: 'added' }] } })
  })

  test('a merge conflict is a finding', () => {
    const repo = pullRequest(
      { [file]: incident('INC-1', 'new') },
      { [file]: incident('INC-1', 'new', { title: 'Checkout is down' }) },
    )
    repo.commit({
      at: '2026-03-04T09:00:00Z',
      write: { [file]: incident('INC-1', 'new', { title: 'Checkout is very slow' }) },
    })
    expect(check(repo)).toMatchObject({
      code: 1,
      json: { verdict: 'fail', diagnostics: [{ rule: 'merge-conflict', file }] },
    })
  })

  test('histories without a common commit are a fault', () => {
    const repo = webshop()
    repo.git(['checkout', '--quiet', '--orphan', 'topic'])
    repo.commit({ at: '2026-03-03T09:00:00Z', say: 'another root' })
    expect(gitsm(['check', '--base', 'main', '--head', 'topic'], repo)).toMatchObject({
      code: 2,
      stderr: /Base and head have no commit in common/,
    })
  })

  test('an empty base is told, and the change judged by its own rules', () => {
    const repo = repository([{ at: '2026-01-01T00:00:00Z', write: { 'notes.txt': 'hello\n' } }])
    const files = webshop()
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.git(['fetch', '--quiet', files.dir, 'main:shop'])
    repo.git(['checkout', '--quiet', 'shop', '--', '.'])
    repo.commit({ at: '2026-01-02T00:00:00Z' })
    expect(check(repo)).toMatchObject({
      code: 0,
      json: { verdict: 'pass', diagnostics: [{ rule: 'bootstrap', severity: 'notice' }] },
    })
  })

  test('judging leaves no trace in the repository', () => {
    const repo = pullRequest(
      { [file]: incident('INC-1', 'new') },
      { [incidentFile('INC-2')]: incident('INC-2', 'new') },
    )
    repo.commit({ at: '2026-03-04T09:00:00Z', write: { [incidentFile('INC-3')]: incident('INC-3', 'new') } })
    const objects = () => repo.git(['count-objects', '-v'])
    const before = objects()
    expect(check(repo).code).toBe(0)
    expect(objects()).toBe(before)
    expect(repo.git(['status', '--porcelain'])).toBe('')
  })

  test('a shallow clone can be checked as far as it reaches, and a missing option is a usage error', () => {
    expect(gitsm(['check'], webshop())).toMatchObject({ code: 2, stderr: /--base/ })
  })
})

describe('what a hostile change or machine may try', () => {
  const many = (id: string) => `${incident(id, 'new')}description: |\n${`  ${id} `.repeat(40)}\n`
  const old = (id: string) => `records/incident/old/${id}.yaml`

  test('a merge that names no conflicting path is still no pass', () => {
    const ids = ['INC-11', 'INC-12', 'INC-13', 'INC-14']
    const repo = webshop({
      at: '2026-03-02T09:00:00Z',
      write: Object.fromEntries(ids.map((id) => [old(id), many(id)])),
    })
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    const split = ids.flatMap((id, at) => [
      [old(id), null] as const,
      [`records/incident/${at < 2 ? 'a' : 'b'}/${id}.yaml`, many(id)] as const,
    ])
    repo.commit({ at: '2026-03-03T09:00:00Z', write: Object.fromEntries(split) })
    repo.git(['checkout', '--quiet', 'main'])
    repo.commit({ at: '2026-03-04T09:00:00Z', write: { [old('INC-15')]: many('INC-15') } })
    expect(check(repo)).toMatchObject({ code: 1, json: { verdict: 'fail', diagnostics: [{ rule: 'merge-conflict' }] } })
  })

  test('a repository in a folder with a colon is judged like any other', () => {
    const repo = pullRequest({ [file]: incident('INC-1', 'new') }, { [file]: null })
    const dir = join(temporaryFolder(), 'a:b')
    renameSync(repo.dir, dir)
    mkdirSync(repo.dir)
    expect(gitsmJson(['check', '--base', 'main', '--head', 'topic'], { dir })).toMatchObject({
      code: 1,
      json: { diagnostics: [{ rule: 'never-deleted' }] },
    })
  })

  test('neither merge drivers nor attributes nor filters that somebody configured have a part in it', () => {
    const repo = pullRequest(
      { [file]: incident('INC-1', 'new') },
      { [file]: incident('INC-1', 'new', { title: 'Checkout is down' }) },
    )
    repo.commit({
      at: '2026-03-04T09:00:00Z',
      write: { [file]: incident('INC-1', 'new', { title: 'Checkout is very slow' }) },
    })
    const canary = join(repo.dir, 'canary')
    repo.git(['config', 'merge.evil.driver', `touch ${canary}; cp %B %A`])
    repo.git(['config', 'merge.default', 'evil'])
    repo.git(['config', 'merge.renormalize', 'true'])
    repo.git(['config', 'filter.evil.clean', `touch ${canary}; cat`])
    repo.write({ '.gitattributes': '*.yaml merge=evil filter=evil\n' })
    expect(check(repo)).toMatchObject({ code: 1, json: { diagnostics: [{ rule: 'merge-conflict', file }] } })
    expect(existsSync(canary)).toBe(false)
  })

  test.each<[string, (schema: Record<string, unknown>) => string]>([
    ['refers to itself without end', (schema) => JSON.stringify({ ...schema, allOf: [{ $ref: '#' }] })],
    ['nests without end', () => `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`],
    [
      'grows with every reference',
      (schema) => {
        const twice = (level: number) => ({ anyOf: [{ $ref: `#/$defs/a${level}` }, { $ref: `#/$defs/a${level}` }] })
        const levels = Array.from({ length: 40 }, (_, level) => [`a${level + 1}`, twice(level)])
        const definitions = { a0: { type: 'number' }, ...Object.fromEntries(levels) }
        return JSON.stringify({ ...schema, $defs: definitions, properties: { title: { $ref: '#/$defs/a40' } } })
      },
    ],
  ])('a schema that %s is a finding', (_, spoil) => {
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } })
    const schema = JSON.parse(repo.git(['show', 'HEAD:schemas/incident/schema.json']))
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: '2026-03-03T09:00:00Z', write: { 'schemas/incident/schema.json': spoil(schema) } })
    const ran = check(repo)
    expect(ran).toMatchObject({ code: 1, json: { verdict: 'fail' } })
    expect(Object(ran.json).diagnostics.map(({ rule }: { rule: string }) => rule)).toContain('rules-readable')
  })
})

describe('gitsm check --pull', () => {
  const ci = 'records/ci/web-1.yaml'
  const proposal = () => proposed({ [ci]: shippedText(ci).replace(/criticality: .*/, 'criticality: low') })

  test('exits 1 until the reviews that a file tells of are enough, and says who is awaited', () => {
    const { repo, head } = proposal()
    const ask = (...by: string[]) => {
      const reviews = by.map((each) => ({ by: each, on: head, at: '2026-03-04T09:00:00Z' }))
      return gitsm(['check', '--base', 'main', '--pull', pullFile(repo, head, reviews)], repo)
    }
    const missing = ask('kate')
    expect(missing.code).toBe(1)
    expect(missing.stdout).toContain(
      'dmitri, erik, fatima, hugo or lena can give it\n  ✗ kate approved, but is in no team',
    )
    expect(missing.stdout).toMatch(/^pending: \d+ records, 1 notice$/m)
    expect(ask('erik')).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ erik of platform approved') })
  })

  test('only warns where no reviews are known, and answers what if', () => {
    const { repo } = proposal()
    const ask = (...more: string[]) => gitsm(['check', '--base', 'main', '--head', 'topic', ...more], repo)
    expect(ask()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^pending: /m) })
    const what = ask('--assume-approved-by', 'erik')
    expect(what).toMatchObject({ code: 0, stdout: expect.stringMatching(/^approvals, if erik gave theirs now$/m) })
    expect(what.stdout).toMatch(/^pass: /m)
    for (const several of [['lena,grace', 'erik'], ['lena', 'grace', 'erik'], ['lena,grace,erik']]) {
      const { stdout } = ask('--assume-approved-by', ...several)
      expect(stdout).toMatch(/^approvals, if lena, grace and erik gave theirs now$/m)
      expect(stdout).toMatch(/^pass: /m)
    }
  })

  test('a file that cannot be read for certain is a fault', () => {
    const { repo } = proposal()
    repo.write({ 'pull.json': '{ "number": 1 }' })
    const { code, stderr } = gitsm(['check', '--base', 'main', '--pull', 'pull.json'], repo)
    expect(code).toBe(2)
    expect(stderr).toMatch(/base is missing\n {2}cure: Add "base"/)
  })
})
