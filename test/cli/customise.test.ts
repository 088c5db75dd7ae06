import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'

/** A repository that `gitsm init` has just made, committed as it stands. */
function fresh(...args: readonly string[]): TestRepo {
  const dir = temporaryFolder()
  expect(gitsm(['init', '.', '--yes', ...args], { dir })).toMatchObject({ code: 0 })
  const repo = repositoryIn(dir)
  repo.git(['config', 'user.name', 'ada'])
  repo.git(['config', 'user.email', 'ada@example.invalid'])
  repo.commit({ at: '2026-03-02T08:00:00Z', say: 'Set up' })
  return repo
}

/** Rewrites a text of the repository; what is to be replaced must stand there once. */
function edit(repo: TestRepo, path: string, ...edits: readonly (readonly [string, string])[]): void {
  let text = readFileSync(join(repo.dir, path), 'utf8')
  for (const [from, to] of edits) {
    expect(text.split(from), `${from} in ${path}`).toHaveLength(2)
    text = text.replace(from, () => to)
  }
  repo.write({ [path]: text })
}

function commit(repo: TestRepo, say: string): string {
  return repo.commit({ at: '2026-03-03T08:00:00Z', say })
}

/** The id and file of a record that `gitsm new` wrote. */
function written(repo: TestRepo, type: string, ...set: readonly string[]): { id: string; file: string } {
  const { code, json } = gitsmJson(['new', type, ...set.flatMap((each) => ['--set', each])], repo)
  expect(json).toEqual({ id: expect.any(String), file: expect.any(String) })
  expect(code).toBe(0)
  const { id, file } = Object(json)
  return { id, file }
}

const report = ['title=The printer is silent', 'service=workplace', 'impact=low', 'urgency=medium']
const schema = 'schemas/incident/schema.json'
const lifecycle = 'schemas/incident/lifecycle.yaml'

describe('an organisation changes its own rules, in its own repository, as data', () => {
  test('a state of its own, with steps, can be entered and left, and is required to be left rightly', () => {
    const repo = fresh()
    edit(repo, schema, [
      '(final), cancelled (no incident after all).",\n      "enum": ["new",',
      '(final), cancelled (no incident after all).",\n      "enum": ["new", "triage",',
    ])
    edit(
      repo,
      lifecycle,
      ['  in_progress:\n', '  triage:\n    description: The duty manager looks at it.\n  in_progress:\n'],
      [
        '  - { from: new, to: in_progress }\n',
        '  - { from: new, to: triage }\n  - { from: triage, to: in_progress, requires: [category] }\n',
      ],
    )
    commit(repo, 'Let the duty manager look first')
    const { id } = written(repo, 'incident', ...report)
    commit(repo, 'The printer is silent')
    expect(gitsm(['move', id, 'in_progress', '--set', 'team=service-desk'], repo)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${id} cannot go from new to in_progress`),
    })
    expect(gitsm(['move', id, 'triage'], repo)).toMatchObject({ code: 0 })
    commit(repo, 'Look at it')
    expect(gitsm(['move', id, 'in_progress', '--set', 'team=service-desk'], repo).stdout).toContain('category')
    const set = ['--set', 'team=service-desk', '--set', 'category=hardware']
    expect(gitsm(['move', id, 'in_progress', ...set], repo)).toMatchObject({ code: 0 })
    commit(repo, 'Take it')
    expect(gitsm(['check', '--base', 'HEAD~1'], repo)).toMatchObject({ code: 0 })
    expect(gitsmJson(['timeline', id], repo).json).toMatchObject({
      entries: [{ state: 'new' }, { state: 'triage' }, { state: 'in_progress' }],
    })
    expect(gitsm(['lifecycle', 'incident'], repo).stdout).toMatch(/^triage → in_progress +category/m)
  })

  test('a field of its own, required by a state, is asked for on its line', () => {
    const repo = fresh()
    edit(repo, schema, [
      '    "category": {',
      '    "customer": {\n      "title": "Customer",\n      "description": "Whom it hits.",\n      "$ref": "../_meta/common.json#/$defs/line"\n    },\n    "category": {',
    ])
    edit(repo, lifecycle, [
      '    description: Someone works on it.\n    requires: [team]',
      '    description: Someone works on it.\n    requires: [team, customer]',
    ])
    commit(repo, 'Ask for the customer')
    const { id } = written(repo, 'incident', ...report)
    commit(repo, 'The printer is silent')
    expect(gitsm(['move', id, 'in_progress', '--set', 'team=service-desk'], repo)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${id} is in_progress, which requires customer`),
    })
    const set = ['--set', 'team=service-desk', '--set', 'customer=ACME']
    expect(gitsm(['move', id, 'in_progress', ...set], repo)).toMatchObject({ code: 0 })
    expect(gitsm(['list', 'incident', '--where', 'customer=ACME'], repo).stdout).toContain(id)
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0 })
  })

  test('a value of its own in an enumeration is accepted from then on', () => {
    const repo = fresh()
    const walkIn = ['new', 'incident', ...[...report, 'origin=walk_in'].flatMap((each) => ['--set', each])]
    expect(gitsm(walkIn, repo)).toMatchObject({ code: 1, stdout: expect.stringContaining('origin') })
    edit(repo, schema, ['"in_person", "direct"]', '"in_person", "walk_in", "direct"]'])
    expect(gitsm(walkIn, repo)).toMatchObject({ code: 0 })
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0 })
  })

  test('a priority matrix of its own gives the priority of new incidents, and refuses another', () => {
    const repo = fresh()
    edit(repo, 'gitsm.yaml', ['low: { high: P3, medium: P4, low: P5 }', 'low: { high: P2, medium: P2, low: P5 }'])
    commit(repo, 'Take single users seriously')
    const { id, file } = written(repo, 'incident', ...report)
    expect(readFileSync(join(repo.dir, file), 'utf8')).toContain('\npriority: P2\n')
    edit(repo, file, ['priority: P2', 'priority: P4'])
    expect(gitsm(['validate'], repo)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(new RegExp(`${id}.*P4|P4.*P2`)),
    })
  })

  test('an indicator of its own is measured, from its own series and from the catalogue', () => {
    const repo = fresh()
    repo.write({
      'records/measurement/queue-length.yaml': `id: queue-length
title: People waiting at the desk
service: workplace
unit: people
source: A clicker at the door
owner: service-desk
file: queue-length.csv
`,
      'records/measurement/queue-length.csv':
        'at,value\n2026-02-02T08:00:00Z,3\n2026-02-02T09:00:00Z,9\n2026-02-03T08:00:00Z,6\n2026-03-01T08:00:00Z,50\n',
      'records/kpi/waiting-people.yaml': `id: waiting-people
title: People waiting at the desk, on average
owner: service-desk
unit: people
direction: down
target: 5
measurement: queue-length
aggregation: mean
`,
    })
    commit(repo, 'Count who waits')
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0 })
    const february = ['metrics', 'waiting-people', '--from', '2026-02-01', '--to', '2026-03-01']
    expect(gitsmJson([...february, '--as-of', '2026-04-01T00:00:00Z'], repo)).toMatchObject({
      code: 0,
      json: {
        records: [{ id: 'waiting-people', unit: 'people', value: 6, n: 3, median: 6, target: 5, reached: false }],
      },
    })
    repo.write({ 'records/measurement/queue-length.csv': 'at,value\n2026-02-02T08:00:00Z,many\n' })
    expect(gitsm(['validate'], repo)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/queue-length\.csv:2:\d+ .*many/),
    })
  })

  test('a record type of its own lives like any other: written, moved, listed, drawn, judged', () => {
    const repo = fresh()
    repo.write({
      'schemas/risk/schema.json': JSON.stringify(riskSchema, null, 2),
      'schemas/risk/lifecycle.yaml': riskLifecycle,
      'templates/risk.md.hbs': '# {{text title}}\n\n`{{id}}`\n',
    })
    edit(repo, 'gitsm.yaml', ['practices: [', 'practices: [risk, '])
    commit(repo, 'Keep a risk register')
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0 })

    const { id, file } = written(
      repo,
      'risk',
      'title=One provider for all mail',
      'service=workplace',
      'owner=service-desk',
    )
    expect(id).toMatch(/^RSK-\d{8}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(file).toMatch(/^records\/risk\/\d{4}\/\d\d\/RSK-/)
    commit(repo, 'One provider for all mail')
    expect(gitsm(['move', id, 'accepted'], repo)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${id} is accepted, which requires accepted_until`),
    })
    expect(gitsm(['move', id, 'accepted', '--set', 'accepted_until=2027-03-01'], repo)).toMatchObject({ code: 0 })
    commit(repo, 'Accept it for a year')
    expect(gitsmJson(['check', '--base', 'HEAD~1'], repo)).toMatchObject({
      code: 0,
      json: { changes: [{ id, type: 'risk', from: 'identified', to: 'accepted' }] },
    })
    expect(gitsm(['list', 'risk'], repo).stdout).toContain(id)
    expect(gitsm(['lifecycle', 'risk', '--format', 'markdown'], repo).stdout).toContain('identified --> accepted')

    edit(repo, file, ['service: workplace', 'service: workplaces'])
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 1, stdout: expect.stringContaining('workplaces') })
  })
})

const common = '../_meta/common.json#/$defs'
const riskSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Risk',
  description: 'What may happen and would hurt.',
  'x-prefix': 'RSK',
  type: 'object',
  properties: {
    id: { title: 'Id', description: 'Identity.', $ref: `${common}/processId` },
    title: { title: 'Title', description: 'What may happen.', $ref: `${common}/line` },
    state: { title: 'State', description: 'Where it stands.', enum: ['identified', 'accepted', 'treated'] },
    service: { title: 'Service', description: 'What it hits.', $ref: `${common}/slug`, 'x-reference': 'service' },
    owner: { title: 'Owner', description: 'Who watches it.', $ref: `${common}/slug`, 'x-reference': 'team' },
    accepted_until: { title: 'Accepted until', description: 'When to look again.', $ref: `${common}/date` },
    log: { title: 'Log', description: 'What happened.', $ref: `${common}/log` },
  },
  required: ['id', 'title', 'state', 'service', 'owner'],
  additionalProperties: false,
}

const riskLifecycle = `# yaml-language-server: $schema=../_meta/lifecycle.json
initial:
  - { state: identified }
states:
  identified:
    description: Seen; nothing is decided.
  accepted:
    description: Borne for a time.
    requires: [accepted_until]
  treated:
    description: Made small enough.
    final: true
    immutable: true
transitions:
  - { from: identified, to: accepted }
  - { from: accepted, to: identified }
  - { from: [identified, accepted], to: treated }
`
