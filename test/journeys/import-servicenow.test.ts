import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { Fault } from '../../src/core/fault.ts'
import type { ImportOutcome } from '../../src/core/import/import-outcome.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { type Data, isData, listAt, textAt } from '../../src/core/record.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { timeline } from '../../src/core/timeline.ts'
import { type Clocks, gatherClocks } from '../../src/journeys/clocks.ts'
import type { History } from '../../src/journeys/history.ts'
import { importServiceNow, runServiceNowImport } from '../../src/journeys/import-servicenow.ts'
import { gitsmJson } from '../support/gitsm.ts'
import { temporaryFolder } from '../support/repo.ts'
import { expectations, logFile } from '../support/servicenow-oracle.ts'

const packageRoot = fileURLToPath(new URL('../..', import.meta.url))
const expected = expectations()

function world(dir: string): Parameters<typeof importServiceNow>[0] {
  return { dir, env: process.env, packageRoot }
}

function git(dir: string, ...args: string[]): string {
  return execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }).trimEnd()
}

function record(dir: string, path: string): Data {
  const { data } = readYaml(path, readFileSync(join(dir, path)))
  if (!isData(data)) throw new Error(`${path} is no record`)
  return data
}

describe('the whole log', () => {
  test('the arithmetic that the import is held against has met every kind of life', () => {
    const incidents = [...expected.incidents.values()]
    const clocks = incidents.flatMap(({ response, resolution }) => [response, resolution])
    expect(incidents).toHaveLength(600)
    expect(clocks.every((clock) => Object.values(clock).every(Number.isSafeInteger))).toBe(true)
    const births = incidents.map(({ stretches }) => stretches[0]?.state)
    expect(new Set(births)).toEqual(new Set(['new', 'in_progress', 'resolved', 'on_hold:awaiting_caller']))
    const resolvedAgain = incidents.filter(
      ({ stretches }) => stretches.filter(({ state }) => state === 'resolved').length > 1,
    )
    expect(resolvedAgain.length).toBe(7)
    expect(incidents.filter(({ resolution }) => resolution.paused > 0).length).toBeGreaterThan(100)
  })

  let home = ''
  let dir = ''
  let outcome: ImportOutcome
  let history: History
  let gathered: Clocks

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'gitsm-import-'))
    dir = join(home, 'service')
    outcome = await importServiceNow(world(home), { csv: logFile, into: 'service' })
    gathered = await gatherClocks({ dir, env: process.env })
    history = gathered.history
  })

  afterAll(() => rmSync(home, { recursive: true, force: true }))

  test('no date of it is doubted, and no clock rests on one that is', () => {
    expect(history.evidence).toMatchObject({ doubted: [], implausible: [] })
    const asOf = history.commits.at(-1)?.at ?? 0
    const clocks = gathered.records.flatMap((each) => readings(each, gathered.levels, asOf))
    expect(clocks.length).toBeGreaterThan(1000)
    expect(clocks.filter(({ doubtful, gaps }) => doubtful || gaps.length > 0)).toEqual([])
  })

  test('every row becomes one commit, between the configuration and the boundary', () => {
    expect(outcome).toMatchObject({ rows: 4012, commits: 4012, incidents: 600, teams: 58, cis: 4, refused: [] })
    expect(git(dir, 'rev-list', '--count', 'HEAD')).toBe('4014')
    expect(git(dir, 'rev-parse', 'main', 'main~1').split('\n')).toEqual([outcome.tip, outcome.boundary])
    expect(git(dir, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main')
  })

  test('author, committer and both dates of each commit are those of its row', () => {
    const lines = git(dir, 'log', '--reverse', '--format=%at %ct %an|%cn|%ae', outcome.boundary).split('\n')
    const first = expected.rows[0]?.at ?? 0
    expect(lines[0]).toBe(`${first - 60} ${first - 60} GitSM import|GitSM import|import@gitsm.invalid`)
    const email = (by: string): string => `${by.toLowerCase().replaceAll(/ +/g, '-')}@servicenow.invalid`
    expect(lines.slice(1)).toEqual(expected.rows.map(({ at, by }) => `${at} ${at} ${by}|${by}|${email(by)}`))
  })

  test('the messages say what happened', () => {
    const messages = git(dir, 'log', '--reverse', '--format=%s').split('\n')
    const of = (number: string): string[] => messages.filter((message) => message.startsWith(number))
    expect(of('INC0000045')).toEqual([
      'INC0000045 New',
      'INC0000045 New → Resolved',
      'INC0000045 updated: resolved_at',
      'INC0000045 Resolved → Closed',
    ])
  })

  test('the repository is sound, and its working tree is what was committed', () => {
    expect(git(dir, 'fsck', '--strict', '--no-progress')).toBe('')
    expect(git(dir, 'status', '--porcelain')).toBe('')
    expect(readdirSync(home)).toEqual(['service'])
    expect(statSync(dir).mode & 0o777).toBe(0o777 & ~process.umask())
  })

  test('gitsm.yaml names the commit of the last row as the boundary of the import', () => {
    expect(record(dir, 'gitsm.yaml')['imports']).toEqual([{ system: 'servicenow', until: outcome.boundary }])
    expect(git(dir, 'diff', '--name-only', 'HEAD~1', 'HEAD')).toBe('gitsm.yaml')
  })

  test('schemas and templates come along with the configuration', () => {
    expect(readFileSync(join(dir, 'schemas/incident/schema.json'))).toEqual(
      readFileSync(join(packageRoot, 'schemas/incident/schema.json')),
    )
    const root = git(dir, 'rev-list', '--max-parents=0', 'HEAD')
    expect(git(dir, 'ls-tree', '-r', '--name-only', root).split('\n')).toContain('records/sla/imported-default.yaml')
  })

  test('the targets are marked as agreed by nobody', () => {
    expect(record(dir, 'records/sla/imported-default.yaml')).toMatchObject({ title: 'Assumed targets', assumed: true })
  })

  test('the priority matrix is the one that the log follows', () => {
    expect(record(dir, 'gitsm.yaml')['priority']).toEqual({
      matrix: {
        high: { high: 'P1', medium: 'P2', low: 'P3' },
        medium: { high: 'P2', medium: 'P3', low: 'P4' },
        low: { high: 'P3', medium: 'P4', low: 'P4' },
      },
    })
  })

  test('an incident keeps what the log says of it', () => {
    expect(readFileSync(join(dir, 'records/incident/2016/02/INC0000045.yaml'), 'utf8')).toBe(
      [
        '# yaml-language-server: $schema=../../../../schemas/incident/schema.json',
        'id: INC0000045',
        'title: Symptom 72 in Category 55 / Subcategory 170',
        'state: closed',
        'service: imported',
        'impact: medium',
        'urgency: medium',
        'priority: P3',
        'reporter: Caller 2403',
        'team: group-56',
        'opened_at: 2016-02-29T01:16:00Z',
        'category: Category 55',
        'origin: phone',
        'resolved_at: 2016-02-29T11:29:00Z',
        'resolution_code: code 5',
        'resolution: The log names the resolver (Resolved by 149) but not what was done.',
        'source:',
        '  system: servicenow',
        '  id: INC0000045',
        'log:',
        '  - { at: 2016-02-29T01:23:00Z, by: Updated by 21, state: new }',
        '  - { at: 2016-02-29T08:53:00Z, by: Updated by 642, state: resolved }',
        '  - { at: 2016-03-05T12:00:00Z, by: Updated by 908, state: closed }',
        '',
      ].join('\n'),
    )
  })

  test('the timeline of every incident is the sequence of states and instants of its rows', () => {
    const timelines = new Map(
      [...history.records.values()]
        .filter(({ type }) => type === 'incident')
        .map((each) => [
          each.id,
          timeline(each).map(({ state, holdReason, from }) => ({
            state: holdReason === undefined ? `${state}` : `${state}:${holdReason}`,
            at: from,
          })),
        ]),
    )
    expect(timelines).toEqual(new Map([...expected.incidents].map(([number, { stretches }]) => [number, stretches])))
  })

  test('reassignments and reopenings are those of the rows, and the differences from the log are named', () => {
    const counts = new Map(
      [...history.records.values()]
        .filter(({ type }) => type === 'incident')
        .map(({ id, revisions }) => {
          const versions = revisions.flatMap((revision) => (revision.kind === 'written' ? [revision.data] : []))
          const steps = versions.slice(1).map((after, index) => ({ before: versions[index] ?? {}, after }))
          const isOver = (data: Data): boolean => ['resolved', 'closed'].includes(textAt(data, 'state') ?? '')
          return [
            id,
            {
              reassignments: steps.filter(({ before, after }) => before['team'] !== after['team']).length,
              reopens: steps.filter(({ before, after }) => isOver(before) && !isOver(after)).length,
            },
          ]
        }),
    )
    expect(counts).toEqual(
      new Map([...expected.incidents].map(([id, { reassignments, reopens }]) => [id, { reassignments, reopens }])),
    )
    const differing = (name: 'reassignments' | 'reopens'): string[] =>
      [...expected.incidents].filter(([, incident]) => incident[name] !== incident.columns[name]).map(([id]) => id)
    expect(outcome.differences).toEqual({ reassignments: differing('reassignments'), reopens: differing('reopens') })
    expect(outcome.differences.reassignments).toHaveLength(3)
    expect(outcome.differences.reopens).toEqual(['INC0000137'])
  })

  test('the default SLA gives every incident the clocks that plain arithmetic on the rows gives', () => {
    const asOf = Date.UTC(2017, 11, 31) / 1000
    const clocks = new Map(
      gathered.records
        .filter(({ type }) => type === 'incident')
        .map((each) => {
          const found = readings(each, gathered.levels, asOf)
          expect(found.map(({ sla, target, cycle }) => `${sla} ${target} ${cycle}`)).toEqual([
            'imported-default resolution 1',
            'imported-default response 1',
          ])
          const [resolution, response] = found.map(({ start, stop, wall, elapsed, paused }) => ({
            start,
            stop,
            wall,
            elapsed,
            paused,
          }))
          return [each.id, { response, resolution }]
        }),
    )
    expect(clocks).toEqual(
      new Map([...expected.incidents].map(([id, { response, resolution }]) => [id, { response, resolution }])),
    )
  })

  test('no version of an incident knows how it will end', () => {
    for (const { type, revisions } of history.records.values()) {
      if (type !== 'incident') continue
      for (const revision of revisions) {
        if (revision.kind !== 'written') throw new Error(`${revision.file} is ${revision.kind}`)
        const { data, commit } = revision
        if (!['resolved', 'closed'].includes(textAt(data, 'state') ?? '')) {
          expect(data).not.toHaveProperty('resolution_code')
          expect(data).not.toHaveProperty('resolution')
          expect(data).not.toHaveProperty('resolved_at')
        }
        expect(parseInstant(textAt(data, 'resolved_at') ?? '1970-01-01T00:00:00Z')).toBeLessThanOrEqual(commit.at)
      }
    }
  })

  test('the log of an incident only grows, and names each state that it entered', () => {
    for (const { type, revisions } of history.records.values()) {
      if (type !== 'incident') continue
      let before: readonly unknown[] = []
      for (const revision of revisions) {
        const log = revision.kind === 'written' ? listAt(revision.data, 'log') : []
        expect(log.slice(0, before.length)).toEqual(before)
        before = log
      }
      expect(before.at(-1)).toMatchObject({ state: 'closed' })
    }
  })

  test('the same log gives the same commits in every time zone of the machine and for every user', async () => {
    const again = temporaryFolder()
    const before = process.env['TZ']
    try {
      process.env['TZ'] = 'Pacific/Chatham'
      const env = { ...process.env, GIT_AUTHOR_NAME: 'eve', HOME: again, LANG: 'tr_TR.UTF-8' }
      expect(await importServiceNow({ ...world(again), env }, { csv: logFile, into: 'x' })).toEqual(outcome)
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  test('the whole repository passes validation, at its end and half-way', async () => {
    for (const rev of [[], ['--rev', 'HEAD~2000']]) {
      const { code, json } = gitsmJson(['validate', ...rev], { dir })
      expect(json).toMatchObject({ diagnostics: [], summary: { errors: 0, warnings: 0 } })
      expect(code).toBe(0)
    }
  })
})

const columns = [
  'number',
  'incident_state',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'caller_id',
  'category',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
  'cmdb_ci',
] as const

type Row = Partial<Record<(typeof columns)[number], string>>

const usual: Required<Row> = {
  number: 'INC0000001',
  incident_state: 'New',
  opened_at: '29-02-2016 01:16',
  sys_updated_by: 'Ada',
  sys_updated_at: '29-02-2016 01:23',
  caller_id: 'Caller 1',
  category: '?',
  impact: '2 - Medium',
  urgency: '2 - Medium',
  priority: '3 - Moderate',
  assignment_group: 'Group 1',
  assigned_to: '?',
  cmdb_ci: '?',
}

function logOf(rows: readonly (Row | string)[]): string {
  const line = (row: Row): string => columns.map((column) => row[column] ?? usual[column]).join(',')
  return `${[columns.join(','), ...rows.map((row) => (typeof row === 'string' ? row : line(row)))].join('\n')}\n`
}

async function imported(rows: readonly (Row | string)[]): Promise<{ dir: string; outcome: ImportOutcome }> {
  const home = temporaryFolder()
  writeFileSync(join(home, 'log.csv'), logOf(rows))
  const outcome = await importServiceNow(world(home), { csv: 'log.csv', into: 'new' })
  return { dir: join(home, 'new'), outcome }
}

const incident = 'records/incident/2016/02/INC0000001.yaml'

describe('a zone', () => {
  test('places every commit at the instant, and under the offset, that it gives the row', async () => {
    const times = ['26-03-2016 12:00', '27-03-2016 03:00', '30-10-2016 02:30', '30-10-2016 03:00']
    const home = temporaryFolder()
    writeFileSync(join(home, 'log.csv'), logOf(times.map((time) => ({ sys_updated_at: time }))))
    await importServiceNow(world(home), { csv: 'log.csv', into: 'new', timezone: 'Europe/Berlin' })
    expect(git(join(home, 'new'), 'log', '--reverse', '--format=%cI').split('\n')).toEqual([
      '2016-03-26T11:59:00+01:00',
      '2016-03-26T12:00:00+01:00',
      '2016-03-27T03:00:00+02:00',
      '2016-10-30T02:30:00+02:00',
      '2016-10-30T03:00:00+01:00',
      '2016-10-30T03:01:00+01:00',
    ])
    expect(record(join(home, 'new'), 'gitsm.yaml')['timezone']).toBe('Europe/Berlin')
    expect(record(join(home, 'new'), incident)['opened_at']).toBe('2016-02-29T00:16:00Z')
  })
})

describe('untidy logs', () => {
  test('rows out of order are put in order, and rows of one minute keep their order in the file', async () => {
    const { dir } = await imported([
      { incident_state: 'Closed', sys_updated_at: '05-03-2016 12:00' },
      { incident_state: 'Active', sys_updated_at: '29-02-2016 09:52' },
      { incident_state: 'Awaiting Vendor', sys_updated_at: '29-02-2016 09:52' },
      { incident_state: 'Awaiting Evidence', sys_updated_at: '29-02-2016 09:52' },
    ])
    expect(git(dir, 'log', '--reverse', '--format=%s').split('\n').slice(1, -1)).toEqual([
      'INC0000001 Active',
      'INC0000001 Active → Awaiting Vendor',
      'INC0000001 Awaiting Vendor → Awaiting Evidence',
      'INC0000001 Awaiting Evidence → Closed',
    ])
    expect(listAt(record(dir, incident), 'log')).toEqual([
      { at: '2016-02-29T09:52:00Z', by: 'Ada', state: 'in_progress' },
      { at: '2016-02-29T09:52:00Z', by: 'Ada', state: 'on_hold', hold_reason: 'awaiting_vendor' },
      { at: '2016-02-29T09:52:00Z', by: 'Ada', state: 'on_hold', hold_reason: 'awaiting_evidence' },
      { at: '2016-03-05T12:00:00Z', by: 'Ada', state: 'closed' },
    ])
  })

  test('a row that changes nothing kept is a commit that changes no file', async () => {
    const { dir } = await imported([{}, { sys_updated_at: '29-02-2016 01:24' }])
    expect(git(dir, 'log', '-1', '--format=%s %an', 'HEAD~1')).toBe('INC0000001 updated Ada')
    expect(git(dir, 'diff', '--name-only', 'HEAD~2', 'HEAD~1')).toBe('')
  })

  test('rows that cannot be read are named with their line, and the others are imported', async () => {
    const { dir, outcome } = await imported([
      {},
      { sys_updated_at: '30-02-2016 01:23' },
      { sys_updated_at: '2016-02-29 01:23' },
      { opened_at: '29-02-2016 24:00' },
      { incident_state: 'Lost' },
      { number: '?' },
      { number: '../../evil' },
      { impact: '7 - Odd' },
      { urgency: '?' },
      { priority: 'high' },
      'INC0000001,New',
      { number: 'INC0000002' },
      '"INC0000003,New',
    ])
    expect(outcome.refused).toEqual([
      { line: 3, reason: 'sys_updated_at "30-02-2016 01:23" is no time as DD-MM-YYYY HH:MM' },
      { line: 4, reason: 'sys_updated_at "2016-02-29 01:23" is no time as DD-MM-YYYY HH:MM' },
      { line: 5, reason: 'opened_at "29-02-2016 24:00" is no time as DD-MM-YYYY HH:MM' },
      { line: 6, reason: expect.stringMatching(/^incident_state "Lost" is none of New, Active, Awaiting User Info/) },
      { line: 7, reason: 'number "" is no incident number' },
      { line: 8, reason: 'number "../../evil" is no incident number' },
      { line: 9, reason: 'impact "7 - Odd" is none of 1 - High, 2 - Medium, 3 - Low' },
      { line: 10, reason: 'urgency "" is none of 1 - High, 2 - Medium, 3 - Low' },
      { line: 11, reason: expect.stringContaining('priority "high" is none of 1 - Critical') },
      { line: 12, reason: 'the row has 2 cells where the header has 13' },
      { line: 14, reason: expect.stringContaining('a quote is opened here or below and never closed') },
    ])
    expect(outcome).toMatchObject({ rows: 13, commits: 2, incidents: 2 })
    expect(git(dir, 'rev-list', '--count', 'HEAD')).toBe('4')
  })

  test('what is said of an import names the refused rows', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'log.csv'), logOf([{}, { incident_state: 'Lost\u001b[2J' }]))
    const { code, out } = await runServiceNowImport({ ...world(home), format: 'text' }, { csv: 'log.csv', into: 'new' })
    expect(code).toBe(0)
    expect(out).toContain('new: 1 commit of 1 incident, 2 teams, 0 configuration items\n')
    expect(out).toContain('1 row of 2 could not be read and is not in the history:\n  line 3: incident_state "Lost')
    expect(out).not.toContain('\u001b')
  })

  test('a priority that the matrix does not give says so', async () => {
    const { dir } = await imported([
      { number: 'INC0000002' },
      { number: 'INC0000003' },
      { priority: '1 - Critical' },
      { number: 'INC0000004', priority: '?' },
    ])
    expect(record(dir, incident)).toMatchObject({
      priority: 'P1',
      priority_override_reason: 'Set to 1 - Critical in ServiceNow',
    })
    const usualOne = record(dir, incident.replace('0001', '0004'))
    expect(usualOne['priority']).toBe('P3')
    expect(usualOne).not.toHaveProperty('priority_override_reason')
  })

  test('missing fields get honest values', async () => {
    const { dir } = await imported([
      { incident_state: 'Resolved', caller_id: '?', assignment_group: '?', sys_updated_by: '?', opened_at: '?' },
    ])
    expect(record(dir, incident)).toEqual({
      id: 'INC0000001',
      title: 'Incident INC0000001',
      state: 'resolved',
      service: 'imported',
      impact: 'medium',
      urgency: 'medium',
      priority: 'P3',
      reporter: 'unknown',
      team: 'unassigned',
      opened_at: '2016-02-29T01:23:00Z',
      resolution_code: 'unknown',
      resolution: 'The log does not say what was done.',
      source: { system: 'servicenow', id: 'INC0000001' },
      log: [{ at: '2016-02-29T01:23:00Z', by: 'unknown', state: 'resolved' }],
    })
    expect(git(dir, 'log', '-1', '--format=%an %ae', 'HEAD~1')).toBe('unknown unknown@servicenow.invalid')
  })

  test('names of the log that are alike as slugs stay apart, and none takes the place of unassigned', async () => {
    const { dir, outcome } = await imported([
      { assignment_group: 'Group 1' },
      { number: 'INC0000002', assignment_group: 'group-1' },
      { number: 'INC0000003', assignment_group: 'Unassigned' },
      { number: 'INC0000004', assignment_group: '組' },
    ])
    const titles = ['group-1', 'group-1-2', 'unassigned', 'unassigned-2', 'group'].map(
      (id) => record(dir, `records/team/${id}.yaml`)['title'],
    )
    expect(titles).toEqual(['Group 1', 'group-1', 'Unassigned', 'Unassigned', '組'])
    expect(outcome.teams).toBe(5)
  })

  test('text that means something to YAML stays text', async () => {
    const { dir } = await imported([{ caller_id: '&a *b {c: d} #e', category: '"yes, 007"', assigned_to: '1e3' }])
    expect(record(dir, incident)).toMatchObject({ reporter: '&a *b {c: d} #e', category: 'yes, 007', assignee: '1e3' })
    expect(record(dir, 'gitsm.yaml')['categories']).toEqual(['yes, 007'])
  })
})

describe('faults', () => {
  async function fault(csv: string, into = 'new', timezone = 'UTC', home = temporaryFolder()): Promise<Fault> {
    const error = await importServiceNow(world(home), { csv, into, timezone }).catch((thrown: unknown) => thrown)
    if (!(error instanceof Fault)) throw error
    return error
  }

  test('a log that is missing, a folder, empty, or another table is named with the cure', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'empty.csv'), '')
    writeFileSync(join(home, 'other.csv'), 'number,state\nINC1,New\n')
    writeFileSync(join(home, 'header.csv'), logOf([]))
    writeFileSync(join(home, 'unread.csv'), logOf([{ number: '?' }]))
    const missing = await fault('none.csv', 'new', 'UTC', home)
    expect(missing.message).toMatch(/^There is no file .*none\.csv$/)
    expect(missing.code).toBe(2)
    expect((await fault('.', 'new', 'UTC', home)).message).toMatch(/ is a folder$/)
    expect((await fault('empty.csv', 'new', 'UTC', home)).message).toMatch(/ is empty$/)
    expect((await fault('other.csv', 'new', 'UTC', home)).message).toMatch(
      / lacks the columns incident_state, opened_at, /,
    )
    expect((await fault('header.csv', 'new', 'UTC', home)).message).toMatch(/ has no row that can be read$/)
    expect((await fault('unread.csv', 'new', 'UTC', home)).message).toMatch(
      / has no row that can be read; line 2: number/,
    )
    expect(readdirSync(home).sort()).toEqual(['empty.csv', 'header.csv', 'other.csv', 'unread.csv'])
  })

  test('a zone that does not exist is a fault', async () => {
    expect(await fault(logFile, 'new', 'Europe/Atlantis')).toMatchObject({
      message: '"Europe/Atlantis" is no time zone',
      code: 2,
    })
  })

  test('a folder with something in it is left as it is', async () => {
    const home = temporaryFolder()
    mkdirSync(join(home, 'full'))
    writeFileSync(join(home, 'full', 'mine.txt'), 'mine')
    expect(await fault(logFile, 'full', 'UTC', home)).toMatchObject({ code: 2 })
    expect(readdirSync(join(home, 'full'))).toEqual(['mine.txt'])
    expect(readdirSync(home)).toEqual(['full'])
  })

  test('an import that fails half-way leaves nothing behind', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'log.csv'), logOf([{}]))
    const env = { ...process.env, PATH: home }
    const failing = importServiceNow({ ...world(home), env }, { csv: 'log.csv', into: 'new' })
    await expect(failing).rejects.toThrow(Fault)
    expect(readdirSync(home)).toEqual(['log.csv'])
    expect(existsSync(join(home, 'new'))).toBe(false)
  })

  test('an empty folder is filled where it stands', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'log.csv'), logOf([{}]))
    mkdirSync(join(home, 'new'))
    const { ino } = statSync(join(home, 'new'))
    await importServiceNow(world(join(home, 'new')), { csv: '../log.csv', into: '.' })
    expect(statSync(join(home, 'new')).ino).toBe(ino)
    expect(readdirSync(join(home, 'new'))).toEqual(expect.arrayContaining(['.git', 'gitsm.yaml', 'records', 'schemas']))
    expect(git(join(home, 'new'), 'status', '--porcelain')).toBe('')
  })
})
