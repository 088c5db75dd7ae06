import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { builtCli } from '../support/build.ts'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { repository } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const good = incident('INC-1', 'new')
const mistyped = incident('INC-2', 'new', { service: 'webshp' })

describe('gitsm validate', () => {
  test('the example organisation has no findings', () => {
    const { dir } = webshop()
    expect(gitsm(['validate', '--as-of', '2026-11-21T12:00:00Z'], { dir })).toMatchObject({
      code: 0,
      stderr: '',
      stdout: /^\d+ records, no findings\n$/,
    })
  })

  test('a mistake is told with its place, its line and the cure, and the exit code is 1', () => {
    const repo = webshop()
    repo.write({ [incidentFile('INC-2')]: mistyped })
    const { code, stdout } = gitsm(['validate'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain(`${incidentFile('INC-2')}:5:10  error  There is no service webshp  reference-exists
  5 | service: webshp
    |          ^^^^^^
  cure: Did you mean webshop?`)
  })

  test('JSON has the shape that programs rely on', () => {
    const repo = webshop()
    repo.write({ [incidentFile('INC-2')]: mistyped })
    const { code, json } = gitsmJson(['validate'], repo)
    expect(code).toBe(1)
    expect(json).toMatchObject({ summary: { records: expect.any(Number), errors: 1, warnings: 0 } })
    expect(json).toHaveProperty('diagnostics', [
      {
        rule: 'reference-exists',
        severity: 'error',
        message: 'There is no service webshp',
        hint: 'Did you mean webshop?',
        file: incidentFile('INC-2'),
        line: 5,
        column: 10,
        endLine: 5,
        endColumn: 16,
        related: [],
      },
    ])
  })

  test('annotations carry the place, and text from records cannot start a workflow command', () => {
    const repo = webshop()
    const title = '"%0A::add-mask::x"'
    repo.write({ [incidentFile('INC-2')]: incident('INC-2', 'new', { title, service: '"webshp"' }) })
    const lines = gitsm(['validate', '--format', 'github'], repo).stdout.split('\n')
    expect(lines[0]).toBe(
      `::error file=${incidentFile('INC-2')},line=5,endLine=5,col=10,endColumn=18,title=reference-exists::There is no service webshp%0ADid you mean webshop?`,
    )
    expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(1)
  })

  test('SARIF fits the schema of SARIF 2.1.0', () => {
    const repo = webshop()
    repo.write({ [incidentFile('INC-2')]: mistyped, [incidentFile('INC-3')]: incident('INC-2', 'new') })
    const { stdout } = gitsm(['validate', '--format', 'sarif'], repo)
    const log: unknown = JSON.parse(stdout)
    const { $schema: _, id: __, ...schema } = sarifSchema
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
    validate(log)
    expect(validate.errors ?? []).toEqual([])
    expect(log).toMatchObject({ runs: [{ results: [{ ruleId: 'reference-exists', level: 'error' }, {}, {}] }] })
  })

  test('paths choose whose findings are shown, while references are still looked up everywhere', () => {
    const repo = webshop()
    repo.write({ [incidentFile('INC-1')]: good, [incidentFile('INC-2')]: mistyped })
    expect(gitsm(['validate', incidentFile('INC-1')], repo).code).toBe(0)
    expect(gitsm(['validate', 'records/incident'], repo).code).toBe(1)
    expect(gitsm(['-C', 'records/incident', 'validate', '2026'], repo).code).toBe(1)
  })

  test('--rev judges a commit and not the working tree', () => {
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [incidentFile('INC-2')]: mistyped } })
    repo.write({ [incidentFile('INC-2')]: incident('INC-2', 'new') })
    expect(gitsm(['validate'], repo).code).toBe(0)
    expect(gitsm(['validate', '--rev', 'HEAD'], repo).code).toBe(1)
    expect(gitsm(['validate', '--rev', 'HEAD~1'], repo).code).toBe(0)
  })

  test('the same tree gives the same bytes in any zone and locale', () => {
    const repo = webshop()
    repo.write({ [incidentFile('INC-2')]: mistyped, [incidentFile('INC-3')]: 'id: [' })
    const [here, there] = [{}, { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }].map((env) =>
      gitsm(['validate'], { dir: repo.dir, env }),
    )
    expect(there).toEqual(here)
  })
})

describe('files that are refused', () => {
  const file = incidentFile('INC-9')
  const nested = `id: ${'['.repeat(5_000)}\n`

  test.each<[string, string | Uint8Array, number, string]>([
    ['that is not YAML', 'id: "INC-9\nstate: new', 3, 'yaml-syntax'],
    ['that is a list', '- id: INC-9\n', 1, 'schema-valid'],
    ['that is empty', '', 1, 'schema-valid'],
    ['of 10 MB', 'a'.repeat(10_000_000), 3, 'yaml-size'],
    ['with 5,000 nested brackets', nested, 3, 'yaml-depth'],
    ['with an anchor and an alias', 'a: &x 1\nb: *x\n', 3, 'yaml-anchor'],
    ['with a tag', 'a: !!js/function x\n', 3, 'yaml-tag'],
    ['with a duplicate key', `${incident('INC-9', 'new')}title: again\n`, 3, 'yaml-duplicate-key'],
    ['with __proto__', `${incident('INC-9', 'new')}__proto__: { polluted: yes }\n`, 3, 'yaml-reserved-key'],
    ['with bytes that are no UTF-8', Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xff, 0xfe]), 3, 'yaml-encoding'],
    ['with a byte order mark', `\uFEFF${incident('INC-9', 'new')}`, 3, 'yaml-byte-order-mark'],
    ['with 2026-02-30', incident('INC-9', 'new', { opened_at: '2026-02-30T10:00:00Z' }), 1, 'schema-valid'],
    ['with an instant without zone', incident('INC-9', 'new', { opened_at: '2026-02-20T10:00:00' }), 1, 'schema-valid'],
  ])('a record %s', (_, content, code, rule) => {
    const repo = webshop()
    repo.write({ [file]: content })
    const ran = gitsmJson(['validate'], repo)
    expect(ran.code).toBe(code)
    expect(ran.json).toMatchObject({ diagnostics: [{ rule, file, hint: expect.stringMatching(/\S/) }] })
  })

  test('line ends of Windows are fine', () => {
    const repo = webshop()
    repo.write({ [file]: incident('INC-9', 'new').replaceAll('\n', '\r\n') })
    expect(gitsm(['validate'], repo).code).toBe(0)
  })

  test('a calendar with an unknown zone', () => {
    const repo = webshop()
    repo.write({
      'records/calendar/moon.yaml': 'id: moon\ntitle: Moon\ntimezone: Europe/Berln\nhours: { mon: ["08:00-12:00"] }\n',
    })
    const { code, stdout } = gitsm(['validate'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain('records/calendar/moon.yaml:3:11')
    expect(stdout).toContain('Europe/Berlin')
  })

  test('a symbolic link is not followed', () => {
    const repo = webshop()
    repo.write({ 'outside.yaml': 'id: INC-9\n', 'records/incident/2026/03/INC-1.yaml': good })
    symlinkSync(join(repo.dir, 'outside.yaml'), join(repo.dir, file))
    const { code, stdout } = gitsm(['validate'], repo)
    expect(code).toBe(3)
    expect(stdout).toContain(`${file}:1:1  error  A record cannot be a symbolic link  file-mode`)
  })

  test('the whole folder of records as a symbolic link is not followed either', () => {
    const repo = webshop()
    renameSync(join(repo.dir, 'records'), join(repo.dir, 'elsewhere'))
    symlinkSync('elsewhere', join(repo.dir, 'records'))
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 3, stdout: /A record cannot be a symbolic link/ })
  })

  test('a folder of no known type', () => {
    const repo = webshop()
    repo.write({ 'records/incidnt/INC-9.yaml': 'id: INC-9\n' })
    const { code, stdout } = gitsm(['validate'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain('There is no record type incidnt')
    expect(stdout).toContain('Did you mean records/incident/?')
  })

  test('a file that only looks like a record', () => {
    const repo = webshop()
    repo.write({ 'records/incident/INC-9.yml': 'id: INC-9\n' })
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 1, stdout: /This file is no record {2}record-path/ })
  })

  test('a file name with a line break stays on its line', () => {
    const repo = webshop()
    repo.write({ 'records/incident/a\n::stop-commands::x.yaml': 'id: INC-9\n' })
    const { code, stdout } = gitsm(['validate'], repo)
    expect(code).toBe(3)
    expect(stdout).toContain('a\\u000a::stop-commands::x.yaml')
    expect(stdout).not.toMatch(/^::/m)
  })

  test('one bad file hides no other', () => {
    const repo = webshop()
    repo.write({ [incidentFile('INC-2')]: mistyped, [file]: nested })
    const { code, stdout } = gitsm(['validate'], repo)
    expect(code).toBe(3)
    expect(stdout).toContain('yaml-depth')
    expect(stdout).toContain('reference-exists')
  })
})

describe('worlds that are broken', () => {
  const oneLineAndCure = /^gitsm: [^\n]+\n {2}cure: [^\n]+\n$/

  test.each<[string, readonly string[], number]>([
    ['an unknown command', ['valdate'], 2],
    ['an unknown option', ['validate', '--fast'], 2],
    ['an unknown format', ['validate', '--format', 'xml'], 2],
    ['a format that the command has not got', ['sla', '--format', 'sarif'], 2],
    ['a revision that does not exist', ['validate', '--rev', 'nowhere'], 2],
    ['a revision that starts with a dash', ['validate', '--rev=--upload-pack=x'], 3],
    ['a revision with a path', ['validate', '--rev', 'HEAD:gitsm.yaml'], 3],
    ['a path that does not exist', ['validate', 'records/nothing'], 2],
    ['a folder that does not exist', ['-C', 'nowhere', 'validate'], 2],
    ['a file for a folder', ['-C', 'gitsm.yaml', 'validate'], 2],
    ['a bad --as-of', ['sla', '--as-of', 'yesterday'], 2],
    ['a date that does not exist', ['sla', '--as-of', '2026-02-30T00:00:00Z'], 2],
    ['a missing argument', ['show'], 2],
    ['an argument too many', ['show', 'a', 'b'], 2],
    ['a group without its subcommand', ['calendar'], 2],
    ['a record that does not exist', ['show', 'INC-404'], 2],
  ])('%s', (_, args, code) => {
    const ran = gitsm(args, webshop())
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toMatch(oneLineAndCure)
    expect(ran.stderr).not.toMatch(/\n\s+at /)
  })

  test.skipIf(!existsSync('/dev/full'))('an output that takes no more', () => {
    const repo = webshop()
    const line = '"$0" "$1" --help > /dev/full'
    const { status, stderr } = spawnSync('sh', ['-c', line, process.execPath, builtCli], {
      cwd: repo.dir,
      encoding: 'utf8',
    })
    expect(status).toBe(4)
    expect(stderr).toMatch(oneLineAndCure)
  })

  test('a folder that is no repository', () => {
    const ran = gitsm(['validate'], { dir: '/' })
    expect(ran).toMatchObject({ code: 2, stderr: oneLineAndCure })
    expect(ran.stderr).toContain('gitsm init')
  })

  test('an empty repository', () => {
    const ran = gitsm(['validate'], repository())
    expect(ran).toMatchObject({ code: 2, stderr: oneLineAndCure })
    expect(gitsm(['sla'], repository())).toMatchObject({ code: 2, stderr: oneLineAndCure })
  })

  test('a repository without records has nothing wrong with it', () => {
    const repo = webshop()
    const config = readFileSync(join(repo.dir, 'gitsm.yaml'), 'utf8')
    repo.git(['rm', '-r', '--quiet', 'records'])
    repo.write({ 'gitsm.yaml': config.replace('calendar: berlin-office', 'calendar: always') })
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0, stdout: '0 records, no findings\n' })
  })

  test('faults are JSON where JSON was asked for', () => {
    const { code, json } = gitsmJson(['validate', '--rev', 'nowhere'], webshop())
    expect(code).toBe(2)
    expect(json).toEqual({ error: { code: 2, message: expect.any(String), cure: expect.any(String) } })
  })

  test('also where the arguments themselves are wrong', () => {
    expect(gitsmJson(['sla', '--as-of', 'yesterday'], webshop())).toMatchObject({
      code: 2,
      json: { error: { code: 2 } },
    })
  })

  test.each<[string, Readonly<Record<string, string>>, readonly string[], boolean]>([
    ['there is no terminal', {}, [], false],
    ['colours are asked for', { FORCE_COLOR: '1' }, [], true],
    ['they are refused at once', { FORCE_COLOR: '0' }, [], false],
    ['they are refused, too', { FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
    ['an option refuses them', { FORCE_COLOR: '1' }, ['--no-color'], false],
  ])('whether the output has colours where %s', (_, env, options, coloured) => {
    const repo = webshop()
    const { stdout } = gitsm([...options, 'list', 'team'], { ...repo, env })
    expect(stdout.includes('\u001b[')).toBe(coloured)
  })

  test('a stack is shown on demand only', () => {
    expect(gitsm(['--debug', 'validate', '--rev', 'nowhere'], webshop()).stderr).toMatch(/\n\s+at /)
  })
})
