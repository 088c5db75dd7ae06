import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { repository, type TestRepo } from '../support/repo.ts'
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

function check(repo: TestRepo, base = 'main', head = 'topic') {
  return gitsmJson(['check', '--base', base, '--head', head], repo)
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
