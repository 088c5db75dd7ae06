import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { temporaryFolder } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')
const taken = { team: 'operations' }
const waiting = { ...taken, hold_reason: 'awaiting_caller' }
const done = { ...taken, resolution_code: 'fixed', resolution: 'Restarted the gateway' }

/** Opened on a Monday at ten in Berlin; taken after half an hour, on hold for two hours, resolved. */
function lived() {
  const at = (time: string, by: string, text: string) => ({ at: `2026-03-02T${time}:00Z`, by, write: { [file]: text } })
  return webshop(
    at('09:00', 'ada', incident('INC-1', 'new')),
    at('09:30', 'bob', incident('INC-1', 'in_progress', taken)),
    at('10:00', 'bob', incident('INC-1', 'on_hold', waiting)),
    at('12:00', 'bob', incident('INC-1', 'in_progress', taken)),
    at('14:00', 'bob', incident('INC-1', 'resolved', done)),
  )
}

const asOf = ['--as-of', '2026-03-03T00:00:00Z']

describe('gitsm timeline', () => {
  test('tells states, instants, people and commits', () => {
    const repo = lived()
    const commits = repo.git(['log', '--reverse', '--format=%H']).split('\n').slice(1)
    const entry = (state: string, from: string, until: string | null, by: string, commit = '') => ({
      state,
      from: `2026-03-02T${from}:00Z`,
      until: until === null ? null : `2026-03-02T${until}:00Z`,
      commit,
      by,
      provenance: 'claimed',
    })
    const assigned = { team: 'operations', from: '2026-03-02T09:30:00Z', until: '2026-03-02T14:00:00Z' }
    expect(gitsmJson(['timeline', 'INC-1', ...asOf], repo)).toEqual({
      code: 0,
      json: {
        id: 'INC-1',
        asOf: '2026-03-03T00:00:00Z',
        skew: 0,
        retrospective: false,
        assignments: [{ ...assigned, commit: commits[1], by: 'bob', provenance: 'claimed' }],
        teams: [{ team: 'operations', seconds: 4.5 * 3_600, assignments: 1 }],
        evidence: expect.objectContaining({ ledger: null, anchor: null, findings: [], notes: [] }),
        entries: [
          { ...entry('new', '09:00', '09:30', 'ada', commits[0]), declared: '2026-03-02T09:00:00Z', skew: 0 },
          entry('in_progress', '09:30', '10:00', 'bob', commits[1]),
          { ...entry('on_hold', '10:00', '12:00', 'bob', commits[2]), holdReason: 'awaiting_caller' },
          entry('in_progress', '12:00', '14:00', 'bob', commits[3]),
          entry('resolved', '14:00', null, 'bob', commits[4]),
        ],
      },
    })
  })

  test('--as-of shows what was known then, wherever it stands in the line', () => {
    const entries = [{ state: 'new' }, { state: 'in_progress', until: null }]
    const asked = ['--as-of', '2026-03-02T09:45:00Z']
    expect(gitsmJson([...asked, 'timeline', 'INC-1'], lived()).json).toMatchObject({ entries })
    expect(gitsmJson(['timeline', 'INC-1', ...asked], lived()).json).toMatchObject({ entries })
  })

  test('the mainline counts: work on a side branch is recorded when it is merged', () => {
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } })
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: '2026-03-02T10:00:00Z', by: 'bob', write: { [file]: incident('INC-1', 'in_progress', taken) } })
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic'], '2026-03-02T15:00:00Z', 'carol')
    expect(gitsmJson(['timeline', 'INC-1'], repo).json).toMatchObject({
      entries: [{ state: 'new' }, { state: 'in_progress', from: '2026-03-02T15:00:00Z', by: 'carol' }],
    })
  })

  test('a version that cannot be read is a named gap', () => {
    const repo = webshop(
      { at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } },
      { at: '2026-03-02T10:00:00Z', write: { [file]: 'id: [\n' } },
      { at: '2026-03-02T11:00:00Z', write: { [file]: incident('INC-1', 'in_progress', taken) } },
    )
    expect(gitsmJson(['timeline', 'INC-1'], repo).json).toMatchObject({
      entries: [
        { state: 'new' },
        { state: null, gap: expect.stringMatching(/\(line \d\)$/) },
        { state: 'in_progress' },
      ],
    })
    expect(gitsm(['timeline', 'INC-1'], repo).stdout).toContain('unknown: ')
  })

  test('a shallow clone is refused with the cure', () => {
    const clone = temporaryFolder()
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${lived().dir}`, clone], { stdio: 'ignore' })
    for (const command of [['timeline', 'INC-1'], ['sla'], ['explain', 'INC-1'], ['report']]) {
      expect(gitsm(command, { dir: clone })).toMatchObject({ code: 2, stderr: /shallow.*\n.*fetch-depth: 0/ })
    }
  })
})

describe('gitsm sla', () => {
  test('reads response and resolution with what makes them repeatable', () => {
    const repo = lived()
    const { code, json } = gitsmJson(['sla', 'INC-1', ...asOf], repo)
    expect(code).toBe(0)
    expect(json).toMatchObject({ commit: repo.git(['rev-parse', 'HEAD']), asOf: '2026-03-03T00:00:00Z' })
    const [resolution, response] = Object(json).readings
    expect(response).toMatchObject({
      record: 'INC-1',
      sla: 'webshop-gold',
      target: 'response',
      cycle: 1,
      priority: 'P3',
      status: 'met',
      start: '2026-03-02T09:00:00Z',
      stop: '2026-03-02T09:30:00Z',
      elapsed: 1_800,
      wall: 1_800,
      paused: 0,
      provenance: 'claimed',
    })
    // The two hours on hold do not count.
    expect(resolution).toMatchObject({
      target: 'resolution',
      status: 'met',
      stop: '2026-03-02T14:00:00Z',
      elapsed: 3 * 3_600,
      wall: 5 * 3_600,
      paused: 2 * 3_600,
    })
  })

  test('an edit of an SLA judges what begins after it, not what is under way', () => {
    const repo = lived()
    const gold = 'records/sla/webshop-gold.yaml'
    const text = repo.git(['show', `HEAD:${gold}`])
    repo.commit({
      at: '2026-03-04T09:00:00Z',
      write: { [gold]: `${text.replace(/default: PT4H/, 'default: PT15M')}\n` },
    })
    const second = incidentFile('INC-2')
    const opened = { opened_at: '2026-03-05T09:00:00Z' }
    repo.commit({ at: '2026-03-05T09:00:00Z', write: { [second]: incident('INC-2', 'new', opened) } })
    repo.commit({
      at: '2026-03-05T09:30:00Z',
      write: { [second]: incident('INC-2', 'in_progress', { ...opened, ...taken }) },
    })
    const { json } = gitsmJson(['sla', 'INC-1', 'INC-2', '--as-of', '2026-03-06T00:00:00Z'], repo)
    const responses = Object(json).readings.filter(
      ({ target, sla }: Record<string, string>) => target === 'response' && sla === 'webshop-gold',
    )
    expect(responses).toMatchObject([
      { record: 'INC-1', status: 'met', allowed: 4 * 3_600 },
      { record: 'INC-2', status: 'breached', allowed: 900 },
    ])
  })

  test('--fail-on makes a breach the exit code', () => {
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } })
    const at = (instant: string, failOn: string) => gitsm(['sla', '--as-of', instant, '--fail-on', failOn], repo).code
    expect(at('2026-03-02T09:30:00Z', 'at-risk')).toBe(0)
    expect(at('2026-03-02T12:30:00Z', 'breached')).toBe(0)
    expect(at('2026-03-02T12:30:00Z', 'at-risk')).toBe(1)
    expect(at('2026-03-03T12:00:00Z', 'breached')).toBe(1)
    expect(gitsm(['sla', '--fail-on', 'late'], repo)).toMatchObject({ code: 2, stderr: /breached or at-risk/ })
  })

  test('text puts open clocks first and ends in the sum', () => {
    const { stdout } = gitsm(['sla', '--all', ...asOf], lived())
    expect(stdout).toMatch(/^record +prio +clock +status +elapsed +allowed +due \(UTC\)\n/)
    expect(stdout).toMatch(
      /\n\d+ clocks: \d+ met, 0 breached, 0 running, 0 paused, 0 cancelled\nWeakest time that each clock rests on: \d+ claimed\nas of 2026-03-03T00:00:00Z, commit [0-9a-f]{10}\n$/,
    )
  })

  test('stopped clocks are counted, and listed on demand', () => {
    const { stdout } = gitsm(['sla', ...asOf], lived())
    expect(stdout).toMatch(
      /^no open clocks\n\n(\d+) clocks: \1 met.*\nWeakest.*\n\1 clocks have stopped; --all lists them\n/,
    )
    expect(gitsm(['sla', 'INC-1', ...asOf], lived()).stdout).toMatch(/INC-1 .* met/)
  })

  test('readings are the same from every folder of the repository', () => {
    const repo = lived()
    const below = gitsm(['sla', ...asOf], { dir: join(repo.dir, 'records/incident') })
    expect(below).toEqual(gitsm(['sla', ...asOf], repo))
    expect(gitsm(['sla', 'INC-1', ...asOf], { dir: join(repo.dir, 'records/incident') }).stdout).toContain('INC-1')
    const timeline = gitsm(['timeline', 'INC-1'], { dir: join(repo.dir, 'records/incident') })
    expect(timeline).toEqual(gitsm(['timeline', 'INC-1'], repo))
    expect(timeline.stdout).toContain('on_hold')
  })

  test('grafts cut nothing off, and settings of the user change nothing', () => {
    const repo = lived()
    const before = gitsm(['sla', '--all', ...asOf], repo)
    mkdirSync(join(repo.dir, '.git/info'), { recursive: true })
    writeFileSync(join(repo.dir, '.git/info/grafts'), `${repo.git(['rev-parse', 'HEAD~2'])}\n`)
    repo.git(['config', 'diff.orderFile', 'nowhere'])
    expect(gitsm(['sla', '--all', ...asOf], repo)).toEqual(before)
  })

  test('readings are the same in every zone', () => {
    const repo = lived()
    const [here, there] = ['UTC', 'America/St_Johns'].map((TZ) =>
      gitsm(['sla', ...asOf], { dir: repo.dir, env: { TZ } }),
    )
    expect(there).toEqual(here)
  })
})

describe('an incident fixed at three in the morning and filed at nine, born resolved', () => {
  const night = {
    opened_at: '2026-03-03T03:00:00Z',
    resolved_at: '2026-03-03T03:20:00Z',
    priority: 'P4',
    impact: 'low',
  }
  const repo = () =>
    webshop({ at: '2026-03-03T09:00:00Z', write: { [file]: incident('INC-1', 'resolved', { ...done, ...night }) } })

  test('is never silently met: readings, the sum, the account and the timeline say so', () => {
    const filed = repo()
    const { json } = gitsmJson(['sla', 'INC-1', '--as-of', '2026-03-04T00:00:00Z'], filed)
    expect(Object(json).readings).toMatchObject([
      { target: 'resolution', status: 'met', retrospective: true, skew: 6 * 3_600, wall: 6 * 3_600 },
      { target: 'response', status: 'met', retrospective: true, start: '2026-03-03T03:00:00Z' },
    ])
    expect(Object(json).summary).toMatchObject({
      clocks: 2,
      byStatus: { met: { count: 2, retrospective: 2 }, breached: { count: 0, retrospective: 0 } },
      skew: { records: 1, farthest: 6 * 3_600 },
    })
    const told = gitsm(['sla', '--all'], filed).stdout
    expect(told).toContain('met, retrospective')
    expect(told).toContain('2 met (2 filed after the fact)')
    expect(told).toContain('Steps were recorded up to 6 h after their declared time')
    expect(gitsm(['explain', 'INC-1'], filed).stdout).toMatch(/was met .*; filed after the fact/)
    const entries = [{ state: 'resolved', declared: '2026-03-03T03:00:00Z', skew: 6 * 3_600 }]
    expect(gitsmJson(['timeline', 'INC-1'], filed).json).toMatchObject({ skew: 6 * 3_600, entries })
  })

  test('is in no figure of compliance, but in figures of its own', () => {
    const filed = repo()
    const ids = ['sla-compliance', 'retrospective-targets-met', 'retrospective-incidents', 'recording-skew']
    const { json } = gitsmJson(['metrics', ...ids, '--from', '2026-03-01', '--to', '2026-04-01'], filed)
    expect(Object(json).kpis.map(({ id, value, n }: Record<string, unknown>) => [id, value, n])).toEqual([
      ['retrospective-incidents', 100, 1],
      ['sla-compliance', null, 0],
      ['retrospective-targets-met', 100, 2],
      ['recording-skew', 6, 1],
    ])
    expect(gitsm(['report', '--period', '2026-03', '--out', 'pages'], filed).code).toBe(0)
    for (const page of ['README.md', '2026-03/csi.md', '2026-03/service-levels.md']) {
      expect(readFileSync(join(filed.dir, 'pages', page), 'utf8'), page).toContain(
        '2 clocks of records filed after the fact are shown apart: 2 met. No figure of compliance contains them.',
      )
    }
  })
})

describe('gitsm explain', () => {
  test('accounts for every second of a clock', () => {
    const { code, json } = gitsmJson(['explain', 'INC-1', ...asOf], lived())
    expect(code).toBe(0)
    for (const { reading, intervals, verdict } of Object(json).clocks) {
      const counted = intervals.reduce((sum: number, { counted: each }: { counted: number }) => sum + each, 0)
      expect(counted).toBe(reading.elapsed)
      expect(intervals.at(-1)?.total).toBe(reading.elapsed)
      expect(intervals[0].from).toBe(reading.start)
      expect(intervals.at(-1).until).toBe(reading.stop)
      expect(verdict).toContain('was met')
    }
  })

  test('names why the clock stood still, as text and as Markdown', () => {
    const repo = lived()
    const sunday = incident('INC-2', 'new', { opened_at: '2026-03-01T09:00:00Z' })
    repo.commit({ at: '2026-03-02T15:00:00Z', write: { [incidentFile('INC-2')]: sunday } })
    const text = gitsm(['explain', 'INC-1', ...asOf], repo).stdout
    expect(text).toMatch(/paused: on_hold:awaiting_caller/)
    const overnight = gitsm(['explain', 'INC-2', ...asOf], repo).stdout
    expect(overnight).toMatch(/2026-03-01 23:00 +2026-03-02 05:00 +closed hours +0:00:00 +14:00:00 +the calendar/)
    const markdown = gitsm(['explain', 'INC-1', ...asOf, '--format', 'markdown'], repo).stdout.replaceAll('\u2060', '')
    expect(markdown).toMatch(/^# INC-1\n\n## /)
    expect(markdown).toMatch(
      /\| 2026-03-02 10:00 \| 2026-03-02 12:00 \| paused: on\\?_hold:awaiting\\?_caller \| 0:00:00 \|/,
    )
  })

  test('a record without clocks is told apart from one that does not exist', () => {
    const repo = lived()
    expect(gitsm(['explain', 'webshop'], repo)).toMatchObject({ code: 2, stderr: /No clock runs on webshop/ })
    expect(gitsm(['explain', 'INC-2'], repo)).toMatchObject({ code: 2, stderr: /Did you mean INC-1\?/ })
    repo.write({ [incidentFile('INC-2')]: incident('INC-2', 'new') })
    for (const command of ['explain', 'timeline', 'sla']) {
      expect(gitsm([command, 'INC-2'], repo)).toMatchObject({
        code: 2,
        stderr: /INC-2 is not committed yet\n.*git add/,
      })
    }
  })
})

describe('gitsm calendar', () => {
  test('elapsed and due agree across a night and a weekend', () => {
    const repo = webshop()
    const friday = '2026-03-06T15:00:00Z'
    const elapsed = ['calendar', 'elapsed', 'berlin-office', friday, '2026-03-09T08:00:00Z']
    expect(gitsmJson(elapsed, repo)).toEqual({ code: 0, json: { seconds: 2 * 3_600 } })
    expect(gitsmJson(['calendar', 'due', 'berlin-office', friday, 'PT2H'], repo)).toEqual({
      code: 0,
      json: { due: '2026-03-09T08:00:00Z' },
    })
  })

  test('always needs no repository', () => {
    expect(gitsm(['calendar', 'due', 'always', '2026-03-06T16:00:00Z', 'PT2H'], { dir: temporaryFolder() })).toEqual({
      code: 0,
      stdout: '2026-03-06T18:00:00Z\n',
      stderr: '',
    })
  })

  test.each([
    ['an unknown calendar', ['due', 'berlin-offic', '2026-03-06T16:00:00Z', 'PT2H'], /Did you mean berlin-office\?/],
    ['a duration in days', ['due', 'always', '2026-03-06T16:00:00Z', 'P1D'], /no duration/],
    ['an instant without zone', ['elapsed', 'always', '2026-03-06T16:00:00', '2026-03-06T17:00:00Z'], /no instant/],
  ])('%s is a usage error', (_, args, message) => {
    expect(gitsm(['calendar', ...args], webshop())).toMatchObject({ code: 2, stderr: message })
  })
})

describe('gitsm simulate', () => {
  test('reads a period under the agreements that are named, and wants some', () => {
    const period = ['--from', '2026-03-01', '--to', '2026-04-01']
    const { code, json } = gitsmJson(['simulate', '--with', 'HEAD', ...period], lived())
    expect(code).toBe(0)
    expect(json).toMatchObject({
      from: '2026-02-28T23:00:00Z',
      to: '2026-03-31T22:00:00Z',
      with: { name: 'HEAD' },
      differences: [],
      effects: [],
      readOtherwise: 0,
    })
    expect(Object(json).lines.map(({ sla, target }: Record<string, string>) => [sla, target])).toContainEqual([
      'webshop-gold',
      'response',
    ])
    expect(gitsm(['simulate'], lived())).toMatchObject({ code: 2, stderr: /--with/ })
  })
})
