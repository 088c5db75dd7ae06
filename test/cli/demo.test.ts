import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isData, listAt, textAt, valueAt } from '../../src/core/record.ts'
import { builtCli } from '../support/build.ts'
import { gitsm, gitsmJson, type Ran } from '../support/gitsm.ts'
import { temporaryFolder } from '../support/repo.ts'
import { projectRoot } from '../support/shipped.ts'

const otherNode = process.env['GITSM_OTHER_NODE']
if (otherNode === undefined) {
  process.stderr.write('GITSM_OTHER_NODE names no other version of Node: that all give the same bytes is not tested.\n')
}

let home = ''
let dir = ''
let first: Ran

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'gitsm-demo-test-'))
  dir = join(home, 'gitsm-demo')
  first = gitsm(['demo'], { dir: home })
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

function git(...args: string[]): string {
  return execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim()
}

describe('what the demo builds', () => {
  test('is a sound repository of many commits, with nothing left uncommitted', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(git('fsck', '--strict', '--no-progress')).toBe('')
    expect(git('status', '--porcelain')).toBe('')
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(Number(git('rev-list', '--count', 'HEAD'))).toBeGreaterThan(1400)
    expect(readdirSync(home)).toEqual(['gitsm-demo'])
  })

  test('has no findings, and neither has any step of its history', () => {
    expect(gitsm(['validate', '--as-of', '2026-11-02T07:00:00Z'], { dir }).stdout).toMatch(
      /^\d+ records, no findings\n$/,
    )
    expect(gitsm(['verify'], { dir }).stdout).toMatch(/\npass: \d+ commits, .*, no findings\n$/)
    // What went to the mainline without a pull request lacks approvals; two changes stand before the board and collide.
    const { code, json } = gitsmJson(['check', '--base', 'main~40', '--head', 'main'], { dir })
    expect(code).toBe(0)
    const rules = listAt(isData(json) ? json : {}, 'diagnostics').map((found) => valueAt(found, ['rule']))
    expect(new Set(rules)).toEqual(new Set(['approval-given', 'conflict-is-known']))
  })

  test('closes its improvement with figures that the engine computes again, and with no others', () => {
    const closing = git('log', '--format=%H', '--grep=^IMP-20260602-4DTW review → closed')
    const { json } = gitsmJson(['check', '--base', `${closing}~1`, '--head', closing], { dir })
    expect(json).toMatchObject({ verdict: 'pass', diagnostics: [] })
    const path = 'records/improvement/2026/06/IMP-20260602-4DTW.yaml'
    git('worktree', 'add', '--quiet', '--detach', join(home, 'claim'), closing)
    const claim = join(home, 'claim', path)
    writeFileSync(claim, readFileSync(claim, 'utf8').replace('measured_value: 2.48', 'measured_value: 1.2'))
    const author = ['-c', 'user.name=Ada Brandt', '-c', 'user.email=ada@kontor.example']
    git('-C', join(home, 'claim'), ...author, 'commit', '--quiet', '--all', '--message', 'Claim more')
    const head = git('-C', join(home, 'claim'), 'rev-parse', 'HEAD')
    git('worktree', 'remove', join(home, 'claim'))
    const claimed = gitsm(['check', '--base', `${closing}~1`, '--head', head], { dir })
    expect(claimed.code).toBe(1)
    expect(claimed.stdout).toMatch(/improvement-is-borne-out|2\.48/)
  })

  test('reports what the README shows of it', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')
    const excerpt = readme.split('\n').flatMap((line) => (line.startsWith('> - ') ? [line.slice(2)] : []))
    const report = readFileSync(join(dir, 'reports/2026-10/csi.md'), 'utf8').split('\n')
    expect(excerpt.length).toBeGreaterThan(3)
    expect(report).toEqual(expect.arrayContaining(excerpt))
  })

  test('lets a change walk from the idea to its review as the README says', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')
    const [, section = ''] = readme.split('## A change, from the idea to its review')
    const [, walk = ''] = /```sh\n(.*?)```/s.exec(section) ?? []
    const named = walk.replace(/^gitsm new (?:.*\\\n)*.*$/m, 'ID=$($& | head -n 1)').replaceAll('CHG-…', '"$ID"')
    const script = `set -eu\ngitsm() { "$NODE" "$PROGRAM" "$@"; }\n${named}`
    const folder = temporaryFolder()
    execFileSync('git', ['clone', '--quiet', dir, join(folder, 'gitsm-demo')])
    writeFileSync(join(folder, '.gitconfig'), '[user]\n\tname = Nora\n\temail = nora@kontor.example\n')
    const env = { PATH: process.env['PATH'], HOME: folder, NODE: process.execPath, PROGRAM: builtCli }
    const said = execFileSync('sh', ['-c', script], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
    expect(said).toContain('  next free: 20')
    const verdicts = said.match(/^(pass|pending|fail): /gm)
    expect(verdicts).toEqual(['pass: ', 'pending: ', 'pending: ', 'pass: '])
    expect(said).toMatch(/^approvals, if carla gave theirs now\n✗ .* waits for 1 approval from platform/m)
    expect(said).toMatch(/^approvals, if carla, dmitri and lena gave theirs now\n✓ /m)
  })

  test('draws the pictures that the README shows, in light and dark', () => {
    const pictures = readdirSync(join(projectRoot, 'docs/pictures'))
    expect(pictures).toHaveLength(4)
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')
    for (const name of pictures) {
      expect(readme).toContain(`"docs/pictures/${name}"`)
      const drawn = readFileSync(join(dir, 'reports/2026-10/charts', name), 'utf8')
      expect(readFileSync(join(projectRoot, 'docs/pictures', name), 'utf8'), name).toBe(drawn)
    }
  })

  test('has clocks that were met, breached, cancelled and filed after the fact, and clocks that still run or wait', () => {
    const { json } = gitsmJson(['sla', '--as-of', '2026-11-02T07:00:00Z'], { dir })
    const readings = isData(json) ? listAt(json, 'readings').filter(isData) : []
    const count = (status: string): number => readings.filter((each) => each['status'] === status).length
    expect(count('met')).toBeGreaterThan(500)
    expect(count('breached')).toBeGreaterThan(40)
    expect(count('cancelled')).toBeGreaterThan(20)
    expect(count('running')).toBeGreaterThan(2)
    expect(count('paused')).toBeGreaterThan(0)
    expect(readings.some((each) => each['atRisk'] === true)).toBe(true)
    expect(readings.some((each) => each['retrospective'] === true)).toBe(true)
    expect(readings.some((each) => typeof each['paused'] === 'number' && each['paused'] > 0)).toBe(true)
    // The same priority had another target before the agreement of April, and keeps it.
    const allowed = readings
      .filter((each) => each['sla'] === 'webshop-gold' && each['target'] === 'resolution' && each['priority'] === 'P2')
      .map((each) => [(textAt(each, 'start') ?? '') < '2026-04-01T07:30:00Z', each['allowed']])
    expect(new Set(allowed.map(String))).toEqual(new Set(['true,43200', 'false,28800']))
  })

  test('shows the relief: the web shop keeps its promises better afterwards', () => {
    const { json } = gitsmJson(['sla', '--as-of', '2026-11-02T07:00:00Z'], { dir })
    const clocks = (isData(json) ? listAt(json, 'readings').filter(isData) : []).filter(
      (each) => each['sla'] === 'webshop-gold' && each['target'] === 'resolution' && each['status'] !== 'cancelled',
    )
    const late = (after: boolean): number => {
      const of = clocks.filter((each) => (textAt(each, 'start') ?? '') >= '2026-08-18' === after)
      return of.filter((each) => each['status'] === 'breached').length / of.length
    }
    expect(late(true)).toBeLessThan(late(false) / 2)
  })

  test('holds reports that are up to date', () => {
    expect(existsSync(join(dir, 'reports/README.md'))).toBe(true)
    expect(gitsm(['report', '--period', '2026-10', '--check'], { dir }).code).toBe(0)
    expect(readFileSync(join(dir, 'reports/2026-10/csi.md'), 'utf8')).not.toContain('The period is not over')
  })

  test('can be read with every other command', () => {
    expect(gitsm(['list', 'incident', '--where', 'state=cancelled'], { dir }).stdout).toContain('cancelled')
    const hero = /timeline (INC-\S+)/.exec(first.stdout)?.[1] ?? ''
    expect(gitsm(['show', hero], { dir }).stdout).toContain(`${hero}  incident, closed`)
    expect(gitsm(['timeline', hero], { dir }).stdout).toContain('on_hold')
    const due = gitsm(['calendar', 'due', 'berlin-office', '2025-12-23T15:00:00+01:00', 'PT8H'], { dir })
    expect(due.stdout).toBe('2025-12-29T08:00:00Z\n')
  })
})

describe('what the demo says', () => {
  test('begins with what was built, shows each command with its words, and ends with what to try', () => {
    const { stdout } = first
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('gitsm-demo: a year of a web shop whose servers slow down when it advertises')
    expect(lines[1]).toMatch(/^\d+ commits by 13 people from 2025-10-27 to 2026-11-02, 3\d\d incidents$/)
    expect(stdout.match(/^\$ gitsm -C gitsm-demo \w+/gm)?.map((line) => line.split(' ')[4])).toEqual([
      'validate',
      'verify',
      'check',
      'conflicts',
      'windows',
      'metrics',
      'timeline',
      'explain',
      'sla',
      'report',
    ])
    expect(stdout).toMatch(/^\d+ reports, committed too\. Begin with gitsm-demo\/reports\/README\.md$/m)
    expect(stdout).toMatch(/\ntry next\n {2}gitsm -C gitsm-demo show INC-/)
    const next = stdout.slice(stdout.indexOf('\ntry next\n'))
    for (const command of [
      'explain INC-',
      'sla --all --as-of 20',
      'simulate --with main~',
      'verify --as-of 20',
      'ledger show',
    ]) {
      expect(next).toContain(` ${command}`)
    }
    expect(stdout).not.toContain(home)
    expect(lines.length).toBeLessThan(150)
  })

  test('each command that it shows prints what it showed', () => {
    const shown = first.stdout.split('\n$ gitsm -C gitsm-demo ').slice(1)
    for (const block of shown.filter((text) =>
      /^(validate|check|conflicts|windows|metrics|timeline|explain|sla)/.test(text),
    )) {
      const [command = '', ...rest] = block.split('\n')
      const said = gitsm(['-C', 'gitsm-demo', ...command.split(' ')], { dir: home }).stdout
      const end = rest.findIndex((line) => line !== '' && !line.startsWith('  '))
      const lines = (end < 0 ? rest : rest.slice(0, end)).map((line) => line.slice(2)).filter((line) => line !== '…')
      for (const line of lines.filter((text) => !text.startsWith('as of'))) expect(said).toContain(line)
    }
  })
})

describe('a second run', () => {
  test('replaces what the first one made, and makes the same commits in another zone', () => {
    const tip = git('rev-parse', 'HEAD')
    const { code, json } = gitsmJson(['demo'], { dir: home, env: { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8' } })
    expect(code).toBe(0)
    expect(json).toMatchObject({ dir: 'gitsm-demo', replaced: true, tip })
    expect(git('rev-parse', 'HEAD')).toBe(tip)
    expect(readdirSync(home)).toEqual(['gitsm-demo'])
  })

  test.each([
    ['a file', () => writeFileSync(join(dir, 'mine.txt'), 'mine\n'), () => rmSync(join(dir, 'mine.txt'))],
    ['a branch', () => git('branch', 'mine'), () => git('branch', '-D', 'mine')],
    [
      'an edit',
      () => writeFileSync(join(dir, 'gitsm.yaml'), 'version: 1\n'),
      () => git('checkout', '--', 'gitsm.yaml'),
    ],
  ] as const)('throws nothing away when somebody has added %s', (_, work, undo) => {
    work()
    const { code, stdout, stderr } = gitsm(['demo'], { dir: home })
    undo()
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      'gitsm: gitsm-demo is a demo that somebody has worked in since\n' +
        '  cure: Name another folder (gitsm demo <dir>), or remove it first: rm -r gitsm-demo\n',
    )
    expect(existsSync(join(dir, 'reports/README.md'))).toBe(true)
  })
})

describe('a folder of somebody else', () => {
  test('is refused and left alone, also when it is a repository', () => {
    const other = temporaryFolder()
    mkdirSync(join(other, 'full'))
    writeFileSync(join(other, 'full/notes.txt'), 'notes\n')
    execFileSync('git', ['init', '--quiet', join(other, 'full')])
    const { code, stderr } = gitsm(['demo', 'full'], { dir: other })
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^gitsm: \S*full is not empty\n {2}cure: Name a folder that is empty or does not exist yet\n$/,
    )
    expect(readFileSync(join(other, 'full/notes.txt'), 'utf8')).toBe('notes\n')
    expect(readdirSync(other)).toEqual(['full'])
  })

  // A Node of another version, where one is named, brings another JavaScript engine and other tables of zones and letters.
  describe('where it is empty', () => {
    let other = ''
    let built: ReturnType<typeof gitsmJson>

    beforeAll(() => {
      other = mkdtempSync(join(tmpdir(), 'gitsm-demo-test-'))
      mkdirSync(join(other, 'empty'))
      built = gitsmJson(['demo', 'empty'], { dir: other, node: otherNode })
    })

    afterAll(() => rmSync(other, { recursive: true, force: true }))

    test('is built in', () => {
      expect(built.code).toBe(0)
      expect(built.json).toMatchObject({ dir: 'empty', replaced: false, tip: git('rev-parse', 'HEAD') })
      expect(valueAt(built.json, ['reports'])).toContain('reports/README.md')
    })

    test.skipIf(otherNode === undefined)('holds the same bytes where another version of Node built it', () => {
      const version = execFileSync(otherNode ?? '', ['--version'], { encoding: 'utf8' }).trim()
      expect(version.split('.')[0]).not.toBe(process.version.split('.')[0])
      // The name of a commit is made of every byte below it: of all records and all reports with their pictures.
      const tip = git('-C', join(other, 'empty'), 'rev-parse', 'HEAD')
      expect(tip).toBe(git('rev-parse', 'HEAD'))
      expect(git('ls-tree', '-r', '--name-only', 'HEAD', 'reports')).toMatch(/csi\.md[\s\S]*-dark\.svg/)
    })
  })
})
