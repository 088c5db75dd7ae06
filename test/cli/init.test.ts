import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Data, isData, listAt, textsAt, valueAt } from '../../src/core/record.ts'
import { builtCli } from '../support/build.ts'
import { temporaryFolder } from '../support/repo.ts'
import { shipped } from '../support/shipped.ts'

interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const person = {
  GIT_AUTHOR_NAME: 'Ada Brandt',
  GIT_AUTHOR_EMAIL: 'ada@example.invalid',
  GIT_COMMITTER_NAME: 'Ada Brandt',
  GIT_COMMITTER_EMAIL: 'ada@example.invalid',
}

/** An environment with a person whom git knows, and nothing of the machine's own settings. */
function environment(home: string): NodeJS.ProcessEnv {
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada Brandt\n\temail = ada@example.invalid\n')
  return { PATH: process.env['PATH'], HOME: home, TZ: 'Europe/Berlin', GIT_CONFIG_NOSYSTEM: '1', ...person }
}

function gitsm(dir: string, ...args: string[]): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli, ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: environment(dir),
  })
  return { code: status, out: stdout, err: stderr }
}

function git(dir: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'commit.gpgSign=false', ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: environment(dir),
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
}

function yaml(dir: string, path: string): Data {
  const data: unknown = parse(readFileSync(join(dir, path), 'utf8'))
  if (!isData(data)) throw new Error(`${path} is no mapping`)
  return data
}

/** Repositories made by `gitsm init`, by the arguments: it makes the same of the same, so others get a copy. */
const originals = new Map<string, string>()

afterAll(() => {
  for (const home of originals.values()) rmSync(home, { recursive: true, force: true })
})

/** A repository made by `gitsm init`, in a folder that holds nothing else. */
function made(...args: string[]): string {
  const known = originals.get(args.join('\0'))
  const home = temporaryFolder()
  if (known !== undefined) {
    cpSync(known, home, { recursive: true })
    return join(home, 'acme')
  }
  const { code, err } = gitsm(home, 'init', 'acme', '--yes', ...args)
  expect(err).toBe('')
  expect(code).toBe(0)
  const original = mkdtempSync(join(tmpdir(), 'gitsm-init-'))
  cpSync(home, original, { recursive: true })
  originals.set(args.join('\0'), original)
  return join(home, 'acme')
}

function committed(dir: string, message: string): string {
  git(dir, 'add', '.')
  git(dir, 'reset', '--quiet', '.gitconfig')
  git(dir, 'commit', '--quiet', '--message', message)
  return git(dir, 'rev-parse', 'HEAD')
}

/** Every practice there is, as the program lists them. */
const practices = [...shipped.rulebook.types.values()].flatMap(({ name, prefix }) => (prefix ? [name] : [])).join(', ')

/** What `validate` says of a repository in which nothing is wrong. */
const clean = /^\d+ records, no findings\n$/

/** The day of the example organisation; what falls due later is no mistake of it. */
const day = ['--as-of', '2026-11-21T12:00:00Z']

/** What it says of the example organisation, where it holds changes: one of its models has suspended itself. */
const example =
  /^\S+update-printer-firmware.yaml\S+ {2}warning {2}.*model-may-be-followed\n(?: {2}.*\n)+\n\d+ records, 1 warning\n$/

const printer = ['--set', 'title=The printer is silent', '--set', 'service=workplace']
const mild = ['--set', 'impact=low', '--set', 'urgency=medium']

describe('a new service repository', () => {
  test('is a git repository on main without a commit, and what it holds has no findings', () => {
    const dir = made()
    expect(git(dir, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(() => git(dir, 'rev-parse', '--verify', 'HEAD')).toThrow()
    expect(gitsm(dir, 'validate')).toMatchObject({ code: 0, out: expect.stringMatching(clean) })
  })

  test('takes a first incident at once, with clocks', () => {
    const dir = made()
    const { code, out } = gitsm(dir, 'new', 'incident', ...printer, ...mild)
    expect(code).toBe(0)
    expect(out).toMatch(
      /^INC-\d{8}-[0-9A-Z]{4}\nrecords\/incident\/.*\nresponse due .* under standard\)\nresolution due/,
    )
    const id = out.split('\n')[0] ?? ''
    expect(gitsm(dir, 'move', id, 'in_progress', '--set', 'team=service-desk').code).toBe(0)
    committed(dir, 'begin')
    expect(gitsm(dir, 'validate')).toMatchObject({ code: 0, out: expect.stringMatching(clean) })
    expect(JSON.parse(gitsm(dir, '--format', 'json', 'sla').out)).toMatchObject({
      readings: [
        { record: id, target: 'resolution' },
        { record: id, target: 'response' },
      ],
    })
  })

  test('is named after its folder, in the zone of the machine, with its maker in the team', () => {
    const dir = made()
    expect(yaml(dir, 'gitsm.yaml')).toMatchObject({ organisation: 'acme', timezone: 'Europe/Berlin' })
    expect(yaml(dir, 'records/calendar/office.yaml')['timezone']).toBe('Europe/Berlin')
    expect(yaml(dir, 'records/team/service-desk.yaml')['members']).toEqual([{ login: 'ada', name: 'Ada Brandt' }])
  })

  test('is named and placed as told, and keeps the comments that explain it', () => {
    const dir = made('--organisation', 'Kiosk: "Süd" & Söhne', '--timezone', 'America/New_York')
    expect(yaml(dir, 'gitsm.yaml')).toMatchObject({
      organisation: 'Kiosk: "Süd" & Söhne',
      timezone: 'America/New_York',
    })
    expect(readFileSync(join(dir, 'gitsm.yaml'), 'utf8')).toContain('# impact, then urgency')
    expect(gitsm(dir, 'validate').code).toBe(0)
  })

  test('holds the configuration types and the practices that were asked for', () => {
    const dir = made('--practices', 'incident')
    expect(yaml(dir, 'gitsm.yaml')['practices']).toEqual(['incident'])
    for (const type of ['incident', 'service', 'ci', 'team', 'calendar', 'sla']) {
      expect(existsSync(join(dir, `schemas/${type}/schema.json`))).toBe(true)
      expect(existsSync(join(dir, `templates/${type}.md.hbs`))).toBe(true)
    }
    expect(existsSync(join(dir, 'schemas/_meta/common.json'))).toBe(true)
  })

  test('explains itself by the practices in use', () => {
    const readme = (...args: string[]) => readFileSync(join(made(...args), 'README.md'), 'utf8')
    const narrow = readme('--practices', 'knowledge')
    expect(narrow).toContain('gitsm new knowledge')
    expect(narrow).not.toMatch(/new incident|new change/)
    expect(readme('--practices', 'incident,change')).toMatch(/new incident[\s\S]*new change/)
  })

  test('can begin with the records of the example organisation', () => {
    const dir = made('--with-example')
    expect(yaml(dir, 'gitsm.yaml')).toMatchObject({ organisation: 'Kontor Web Shop', timezone: 'Europe/Berlin' })
    expect(existsSync(join(dir, 'records/service/webshop.yaml'))).toBe(true)
    expect(existsSync(join(dir, 'records/service/workplace.yaml'))).toBe(false)
    expect(gitsm(dir, 'validate', ...day)).toMatchObject({
      code: 0,
      out: expect.stringMatching(example),
    })
    expect(readdirSync(join(dir, '.github/ISSUE_TEMPLATE'))).toContain('gitsm-request-laptop.yml')
  })

  test('asks reporters by the issue forms of the practices in use', () => {
    const dir = made('--practices', 'incident,request')
    expect(readdirSync(join(dir, '.github/ISSUE_TEMPLATE'))).toEqual(['config.yml', 'gitsm-incident.yml'])
    expect(gitsm(dir, 'forms', '--check')).toMatchObject({ code: 0 })
  })

  test.each(['change,incident', 'problem', 'request,knowledge'])(
    'takes along of the example what stands by itself where only %s is in use',
    (some) => {
      const dir = made('--with-example', '--practices', some)
      expect(gitsm(dir, 'validate', ...day)).toMatchObject({
        code: 0,
        out: expect.stringMatching(clean),
      })
      expect(readdirSync(join(dir, 'records'))).toEqual(expect.arrayContaining(['ci', 'service', 'sla']))
    },
  )

  test.each(['--yes', '--with-example'])('takes along only policies on what is in use (%s)', (kind) => {
    const dir = made(kind, '--practices', 'incident')
    const guarded = readdirSync(join(dir, 'records/policy')).flatMap((name) =>
      textsAt(yaml(dir, `records/policy/${name}`), 'guards'),
    )
    expect(guarded).toEqual(expect.arrayContaining(['incident', 'service', 'ci', 'team', 'governance']))
    expect(guarded).not.toEqual(expect.arrayContaining(['request']))
    expect(gitsm(dir, 'validate', ...day)).toMatchObject({ code: 0, out: expect.stringMatching(clean) })
  })

  test('is governed by nobody until somebody is in the governance team, which check says each time', () => {
    const dir = made()
    const base = committed(dir, 'begin')
    const team = join(dir, 'records/team/governance.yaml')
    const policy = join(dir, 'records/policy/ownership.yaml')
    writeFileSync(team, readFileSync(team, 'utf8').replace('members: []', 'members: [{ login: eve }, { login: bob }]'))
    const filled = committed(dir, 'fill the team')
    const first = gitsm(dir, 'check', '--base', base, '--head', filled)
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Nobody governs this repository yet') })
    expect(first.out).toMatch(/^pass: /m)
    writeFileSync(policy, `${readFileSync(policy, 'utf8')}lane: direct\n`)
    const second = gitsm(dir, 'check', '--base', filled, '--head', committed(dir, 'relax'))
    expect(second.out).not.toContain('Nobody governs')
    expect(second.out).toMatch(/^✗ ownership .*bob or eve can give it|^✗ ownership .*eve or bob can give it/m)
    expect(second.out).toMatch(/^pending: /m)
  })

  test('says what it wrote and what comes next', () => {
    const home = temporaryFolder()
    const { out } = gitsm(home, 'init', 'acme', '--yes')
    expect(out).toMatch(/^acme: .*incident.*, times in Europe\/Berlin, in a new git repository\n/)
    expect(out).toMatch(/ {2}records\/ +\d+ written/)
    expect(out).toContain('\nnext\n  cd acme\n  gitsm validate')
    const told: unknown = JSON.parse(gitsm(home, '--format', 'json', 'init', 'other', '--yes').out)
    expect(told).toMatchObject({ dir: 'other', repository: 'made', practices: practices.split(', '), kept: [] })
    expect(valueAt(told, ['written'])).toContain('.github/workflows/gitsm-validate.yml')
  })

  test('can be made where one stands', () => {
    const dir = temporaryFolder()
    const { code, out } = gitsm(dir, 'init', '--yes')
    expect(code).toBe(0)
    expect(out).not.toContain('  cd ')
    expect(gitsm(dir, 'validate').code).toBe(0)
  })
})

describe('the copy of the program in the repository', () => {
  test('does all that a repository needs, without anything beside it', () => {
    const dir = made()
    committed(dir, 'begin')
    const own = (...args: string[]): Said => {
      const engine = join(dir, '.github/gitsm/gitsm.mjs')
      const run = spawnSync(process.execPath, [engine, ...args], { cwd: dir, encoding: 'utf8', env: environment(dir) })
      return { code: run.status, out: run.stdout, err: run.stderr }
    }
    const { code, out } = own('new', 'incident', ...printer, ...mild)
    expect(code).toBe(0)
    const id = out.split('\n')[0] ?? ''
    expect(own('move', id, 'in_progress', '--set', 'team=service-desk').code).toBe(0)
    committed(dir, 'report')
    for (const args of [['validate'], ['sla'], ['timeline', id], ['explain', id], ['report']]) {
      expect(own(...args)).toMatchObject({ code: 0, err: '' })
    }
    expect(existsSync(join(dir, 'reports/README.md'))).toBe(true)
  })
})

describe('what is there already', () => {
  test('stays as it is and is named, and the rest is added', () => {
    const dir = temporaryFolder()
    git(dir, 'init', '--quiet', '--initial-branch=trunk')
    writeFileSync(join(dir, 'README.md'), 'ours\n')
    mkdirSync(join(dir, 'schemas/team'), { recursive: true })
    const schema = `${readFileSync(join(made(), 'schemas/team/schema.json'), 'utf8')}\n`
    writeFileSync(join(dir, 'schemas/team/schema.json'), schema)
    const { code, out } = gitsm(dir, 'init', '--yes')
    expect(code).toBe(0)
    expect(out).toContain('in the git repository that was there')
    expect(out).toContain('kept as they were\n  README.md\n  schemas/team/schema.json\n')
    expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('ours\n')
    expect(readFileSync(join(dir, 'schemas/team/schema.json'), 'utf8')).toBe(schema)
    expect(git(dir, 'symbolic-ref', 'HEAD')).toBe('refs/heads/trunk')
    expect(gitsm(dir, 'validate').code).toBe(0)
  })

  test('says what it is for, so that taking over a newer version asks nothing and brings no other practice', () => {
    const dir = made('--organisation', 'Acme', '--timezone', 'Asia/Tokyo', '--practices', 'incident,review')
    const types = readdirSync(join(dir, 'schemas'))
    rmSync(join(dir, 'templates/reports'), { recursive: true })
    const { out } = gitsm(dir, 'init', '--format', 'json')
    expect(JSON.parse(out)).toMatchObject({
      organisation: 'Acme',
      timezone: 'Asia/Tokyo',
      practices: ['incident', 'review'],
      written: expect.arrayContaining(['templates/reports/csi.md.hbs']),
    })
    expect(readdirSync(join(dir, 'schemas'))).toEqual(types)
  })

  test('is not added to where a repository has begun: its own configuration stands alone', () => {
    const dir = made()
    git(dir, 'rm', '--quiet', '--cached', '-r', '--ignore-unmatch', '.')
    const file = join(dir, 'records/sla/standard.yaml')
    const before = readFileSync(join(dir, 'gitsm.yaml'), 'utf8')
    execFileSync('rm', [file])
    const { code, out } = gitsm(dir, 'init', '--yes', '--organisation', 'Another')
    expect(code).toBe(0)
    expect(out).toContain('Everything was there already; nothing was written.')
    expect(existsSync(file)).toBe(false)
    expect(readFileSync(join(dir, 'gitsm.yaml'), 'utf8')).toBe(before)
  })
})

describe('faults', () => {
  test.each([
    [
      ['--practices', 'incidents'],
      'There is no practice "incidents"',
      `Did you mean incident? The practices are ${practices}`,
    ],
    [['--practices', ' , '], 'No practice is named', `The practices are ${practices}`],
    [['--timezone', 'Europe/Berln'], '"Europe/Berln" is no time zone', 'Did you mean Europe/Berlin?'],
    [['--organisation', ' '], 'The name of the organisation must be one line', 'Give one with --organisation'],
  ])('%j is refused before anything is written', (args, message, cure) => {
    const home = temporaryFolder()
    const { code, out, err } = gitsm(home, 'init', 'acme', '--yes', ...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`gitsm: ${message}`)
    expect(err).toContain(`cure: ${cure}`)
    expect(existsSync(join(home, 'acme'))).toBe(false)
  })

  test('a folder inside a repository is refused, because its root is what counts', () => {
    const dir = temporaryFolder()
    git(dir, 'init', '--quiet')
    const { code, err } = gitsm(dir, 'init', 'inner', '--yes')
    expect(code).toBe(2)
    expect(err).toMatch(
      /inner lies inside the repository .*\n {2}cure: Make its root the service repository \(gitsm init /,
    )
  })

  test('when a file cannot be written, those before it are named, and the next run goes on', () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'templates'), 'in the way\n')
    const { code, out, err } = gitsm(dir, 'init', '--yes')
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(err).toContain('written: schemas/_meta/common.json\n')
    expect(err).toMatch(
      /gitsm: .*templates.* cannot be written: .*; \d+ files had been written before, as listed above\n/,
    )
    expect(err).toContain('gitsm init goes on where it ended')
    execFileSync('rm', [join(dir, 'templates')])
    expect(gitsm(dir, 'init', '--yes').code).toBe(0)
    expect(gitsm(dir, 'validate')).toMatchObject({ code: 0, out: expect.stringMatching(clean) })
  })

  test('a symbolic link leads nowhere', () => {
    const dir = temporaryFolder()
    const elsewhere = temporaryFolder()
    symlinkSync(elsewhere, join(dir, '.github'))
    const { code, err } = gitsm(dir, 'init', '--yes')
    expect(code).toBe(2)
    expect(err).toContain('.github is a symbolic link')
    expect(existsSync(join(elsewhere, 'CODEOWNERS'))).toBe(false)
  })
})

describe('the workflow', () => {
  const path = '.github/workflows/gitsm-validate.yml'

  /** What the workflow runs, as the runner would run it for a pull request. */
  function onPullRequest(dir: string, base: string, head: string): Said {
    const job = valueAt(yaml(dir, path), ['jobs', 'validate'])
    const steps = isData(job) ? listAt(job, 'steps') : []
    const script = steps.flatMap((step) => (isData(step) && typeof step['run'] === 'string' ? [step['run']] : []))[0]
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script ?? 'exit 99'], {
      cwd: dir,
      encoding: 'utf8',
      env: {
        ...environment(dir),
        BASE: base,
        HEAD: head,
        ENGINE: '.github/gitsm/gitsm.mjs',
        RUNNER_TEMP: temporaryFolder(),
      },
    })
    return { code: status, out: stdout, err: stderr }
  }

  test('passes a good change, and fails a bad one on its line', () => {
    const dir = made()
    const base = committed(dir, 'begin')
    git(dir, 'checkout', '--quiet', '-b', 'change')
    const id = gitsm(dir, 'new', 'incident', ...printer, ...mild).out.split('\n')[0] ?? ''
    const good = committed(dir, 'report')
    expect(onPullRequest(dir, base, good)).toMatchObject({ code: 0 })
    const file = git(dir, 'ls-files', 'records/incident')
    const text = readFileSync(join(dir, file), 'utf8')
    writeFileSync(join(dir, file), text.replace('state: new', 'state: closed'))
    const bad = committed(dir, 'close')
    const { code, out } = onPullRequest(dir, good, bad)
    expect(code).toBe(1)
    expect(out).toContain(`::error file=${file}`)
    expect(out).toContain(`${id} cannot go from new to closed`)
  })

  test('runs the engine of the base, whatever the pull request makes of it', () => {
    const dir = made()
    const base = committed(dir, 'begin')
    git(dir, 'checkout', '--quiet', '-b', 'change')
    writeFileSync(join(dir, '.github/gitsm/gitsm.mjs'), 'process.exit(0)\n')
    writeFileSync(join(dir, 'records/team/nobody.yaml'), 'id: somebody\n')
    expect(onPullRequest(dir, base, committed(dir, 'cheat'))).toMatchObject({ code: 1 })
  })

  test('says so where the base has nothing to judge by yet', () => {
    const dir = temporaryFolder()
    git(dir, 'init', '--quiet', '--initial-branch=main')
    git(dir, 'commit', '--quiet', '--allow-empty', '--message', 'empty')
    const base = git(dir, 'rev-parse', 'HEAD')
    gitsm(dir, 'init', '--yes')
    expect(onPullRequest(dir, base, committed(dir, 'begin'))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^::notice::The base branch has no \.github\/gitsm\/gitsm\.mjs yet/),
    })
    expect(onPullRequest(dir, 'refs/remotes/origin/gone', base).code).not.toBe(0)
  })

  test('asks for no rights but reading, and pins what it uses', () => {
    const dir = made()
    const workflow = yaml(dir, path)
    const text = readFileSync(join(dir, path), 'utf8')
    expect(workflow['permissions']).toEqual({})
    expect(valueAt(workflow, ['jobs', 'validate', 'permissions'])).toEqual({ contents: 'read' })
    expect(valueAt(workflow, ['jobs', 'validate', 'timeout-minutes'])).toBe(10)
    expect(Object.keys(workflow['on'] ?? {})).toEqual(['pull_request', 'merge_group'])
    expect(valueAt(workflow, ['jobs', 'validate', 'steps', 0])).toEqual({
      uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
      with: { 'persist-credentials': false, 'fetch-depth': 0 },
    })
    const run = valueAt(workflow, ['jobs', 'validate', 'steps', 1, 'run'])
    expect(run).not.toContain('${{')
    expect(text).not.toMatch(/secrets|pull_request_target|npm |npx /)
  })
})

describe('the workflow that records', () => {
  const path = '.github/workflows/gitsm-record.yml'

  test('writes an entry for each push, of which the others are told', () => {
    const dir = made()
    committed(dir, 'begin')
    const origin = join(temporaryFolder(), 'origin')
    git(dir, 'clone', '--quiet', '--bare', dir, origin)
    const steps = valueAt(yaml(dir, path), ['jobs', 'record', 'steps'])
    const script = Array.isArray(steps) ? String(valueAt(steps, [2, 'run'])) : ''
    const runner = join(temporaryFolder(), 'runner')
    git(dir, 'clone', '--quiet', origin, runner)
    const ran = spawnSync('bash', ['-e', '-c', script], { cwd: runner, encoding: 'utf8', env: environment(runner) })
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Entry 1: main ended in /) })
    git(dir, 'fetch', '--quiet', origin, 'gitsm-ledger:gitsm-ledger')
    expect(gitsm(dir, 'ledger', 'verify').out).toContain('pass: 1 entry holds')
  })

  test('may write contents and pull requests and no more, and runs for the default branch only', () => {
    const dir = made()
    const workflow = yaml(dir, path)
    expect(workflow['permissions']).toEqual({})
    expect(valueAt(workflow, ['jobs', 'record', 'permissions'])).toEqual({
      contents: 'write',
      checks: 'read',
      'pull-requests': 'write',
    })
    expect(valueAt(workflow, ['jobs', 'verify', 'permissions'])).toEqual({ contents: 'write', issues: 'write' })
    expect(valueAt(workflow, ['jobs', 'verify', 'environment'])).toBe('gitsm-write')
    expect(valueAt(workflow, ['jobs', 'verify', 'steps', 2, 'run'])).toMatch(/ verify --issue --push origin$/)
    // What was found stands in the pages that are written after it.
    expect(valueAt(workflow, ['jobs', 'report', 'needs'])).toEqual(['record', 'verify'])
    expect(valueAt(workflow, ['jobs', 'report', 'permissions'])).toEqual({ contents: 'write' })
    expect(valueAt(workflow, ['jobs', 'record', 'if'])).toBe(
      "github.event_name == 'schedule' || github.ref_name == github.event.repository.default_branch",
    )
    expect(Object.keys(workflow['on'] ?? {})).toEqual(['push', 'schedule', 'workflow_dispatch'])
    // The key of the App comes from the environment, which runs of other branches cannot use.
    expect(valueAt(workflow, ['jobs', 'record', 'environment'])).toBe('gitsm-write')
    const text = readFileSync(join(dir, path), 'utf8')
    expect(text.match(/secrets\.\w+/g)).toEqual(['secrets.GITSM_APP_KEY', 'secrets.GITSM_APP_KEY'])
    expect(text).not.toMatch(/pull_request:|npm |npx /)
  })
})

describe('the hook', () => {
  test('does nothing until it is switched on, then refuses a commit of a wrong record', () => {
    const dir = made()
    expect(statSync(join(dir, '.githooks/pre-commit')).mode & 0o111).toBe(0o111)
    committed(dir, 'begin')
    writeFileSync(join(dir, 'records/team/nobody.yaml'), 'id: somebody\n')
    committed(dir, 'not judged')
    git(dir, 'config', 'core.hooksPath', '.githooks')
    writeFileSync(join(dir, 'records/team/nobody.yaml'), 'id: anybody\n')
    expect(() => committed(dir, 'judged')).toThrow(/records\/team\/nobody\.yaml/)
    writeFileSync(join(dir, 'records/team/nobody.yaml'), 'id: nobody\ntitle: Nobody\nmembers: []\n')
    committed(dir, 'judged and fine')
    expect(git(dir, 'log', '-1', '--format=%s')).toBe('judged and fine')
  })
})
