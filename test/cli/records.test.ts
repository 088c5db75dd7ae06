import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { builtCli } from '../support/build.ts'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const required = ['title=Mail is down', 'service=order-mail', 'impact=high', 'urgency=high'].flatMap((each) => [
  '--set',
  each,
])

function textOf(repo: TestRepo, file: string): string {
  return readFileSync(join(repo.dir, file), 'utf8')
}

describe('gitsm new', () => {
  test('writes a record that validates at once, and prints id and file', () => {
    const repo = webshop()
    const { code, json } = gitsmJson(['new', 'incident', ...required], repo)
    expect(code).toBe(0)
    expect(json).toEqual({
      id: expect.stringMatching(/^INC-\d{8}-[0-9A-HJKMNP-TV-Z]{4}$/),
      file: expect.stringMatching(/^records\/incident\/\d{4}\/\d{2}\/INC-.*\.yaml$/),
    })
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0 })
    const { file } = Object(json)
    expect(textOf(repo, file)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/\.\.\/schemas\/incident\/schema\.json\nid: INC-.*\ntitle: Mail is down\nstate: new\nservice: order-mail\n/,
    )
    expect(textOf(repo, file)).toMatch(
      /\npriority: P1\nreporter: ada\nopened_at: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\nlog:\n {2}- \{ at: .*Z, by: ada, state: new \}\n$/,
    )
  })

  test('tells when its clocks would be due', () => {
    expect(gitsm(['new', 'incident', ...required], webshop()).stdout).toMatch(
      /\nresponse due \d{4}-.* UTC \(.* under .*\)\n/,
    )
  })

  test('says what is missing and writes nothing', () => {
    const repo = webshop()
    const { code, stdout, stderr } = gitsm(['new', 'incident', '--set', 'title=Mail is down'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain('`service` is missing')
    expect(stderr).toContain('Nothing was written')
    expect(repo.git(['status', '--porcelain'])).toBe('')
  })

  test('takes lists, numbers and texts as the schema means them', () => {
    const repo = webshop()
    const set = ['cis=[web-1, web-2]', 'title=404', 'satisfaction=4', 'source.system=phone', 'source.id=77']
    const { json } = gitsmJson(['new', 'incident', ...required, ...set.flatMap((each) => ['--set', each])], repo)
    const text = textOf(repo, Object(json).file)
    expect(text).toContain('cis: [web-1, web-2]\n')
    expect(text).toContain('title: "404"\n')
    expect(text).toContain('satisfaction: 4\n')
    expect(text).toContain('id: "77"')
  })

  test('a value of several lines is not folded into one', () => {
    const several = gitsm(['new', 'incident', ...required, '--set', 'title=a\nb'], webshop())
    expect(several).toMatchObject({ code: 1, stdout: /title/ })
  })

  test('a number out of range is told its range', () => {
    const ran = gitsm(['new', 'incident', ...required, '--set', 'satisfaction=6'], webshop())
    expect(ran).toMatchObject({ code: 1, stdout: /satisfaction.*\b5\b/ })
  })

  test('a configuration record is named by its title, or by --id', () => {
    const repo = webshop()
    const members = '--set=members=[{ login: eve }]'
    expect(gitsmJson(['new', 'team', '--set', 'title=Größe & Maß', members], repo).json).toEqual({
      id: 'gro-e-ma',
      file: 'records/team/gro-e-ma.yaml',
    })
    expect(gitsmJson(['new', 'team', '--id', 'sizes', '--set', 'title=Sizes', members], repo).json).toEqual({
      id: 'sizes',
      file: 'records/team/sizes.yaml',
    })
  })

  test('an id that is taken is refused, and the record that has it stays', () => {
    const repo = webshop()
    const before = textOf(repo, 'records/team/operations.yaml')
    const ran = gitsm(
      ['new', 'team', '--id', 'operations', '--set', 'title=X', '--set', 'members=[{ login: eve }]'],
      repo,
    )
    expect(ran.code).not.toBe(0)
    expect(ran.stdout + ran.stderr).toMatch(/operations/)
    expect(textOf(repo, 'records/team/operations.yaml')).toBe(before)
  })

  test('an id cannot lead out of its folder', () => {
    const repo = webshop()
    const ran = gitsm(
      ['new', 'team', '--id', '../../../evil', '--set', 'title=X', '--set', 'members=[{ login: eve }]'],
      repo,
    )
    expect(ran.code).not.toBe(0)
    expect(repo.git(['status', '--porcelain', '--ignored'])).toBe('')
    expect(readdirSync(dirname(repo.dir))).not.toContain('evil.yaml')
  })

  test('a symbolic link is not written through', () => {
    const repo = webshop()
    const outside = temporaryFolder()
    renameSync(join(repo.dir, 'records/team'), join(outside, 'team'))
    symlinkSync(join(outside, 'team'), join(repo.dir, 'records/team'))
    const ran = gitsm(['new', 'team', '--id', 'sizes', '--set', 'title=X', '--set', 'members=[{ login: eve }]'], repo)
    expect(ran.code).toBe(3)
    expect(readdirSync(join(outside, 'team'))).not.toContain('sizes.yaml')
  })

  test.each([
    ['an unknown type', ['new', 'incidnt'], /Did you mean incident\?/],
    ['a --set without a value', ['new', 'incident', '--set', 'title'], /sets nothing/],
  ])('%s is a usage error', (_, args, message) => {
    expect(gitsm(args, webshop())).toMatchObject({ code: 2, stderr: message })
  })

  test('a field of the prototype pollutes nothing', () => {
    const repo = webshop()
    const ran = gitsm(['new', 'incident', ...required, '--set', '__proto__.polluted=yes'], repo)
    expect(ran.code).not.toBe(0)
    expect(repo.git(['status', '--porcelain'])).toBe('')
  })
})

describe('gitsm move', () => {
  test('a record may be written and taken on in one pull request, because its log begins with its birth', () => {
    const repo = webshop()
    const { json } = gitsmJson(['new', 'incident', ...required], repo)
    const { id } = Object(json)
    expect(gitsm(['move', id, 'in_progress', '--set', 'team=operations'], repo)).toMatchObject({ code: 0 })
    expect(gitsm(['move', id, 'on_hold', '--set', 'hold_reason=awaiting_vendor'], repo)).toMatchObject({ code: 0 })
    repo.commit({ at: '2026-03-02T09:00:00Z' })
    expect(gitsm(['check', '--base', 'HEAD~1'], repo)).toMatchObject({ code: 0 })
  })

  test('keeps what other states no longer ask for, and clears only what the state left says', () => {
    const file = 'records/change/2026/11/CHG-20261121-R0WX.yaml'
    const repo = webshop({ at: '2026-11-21T08:00:00Z', write: { [file]: shippedText(file) } })
    const before = parse(textOf(repo, file))
    const set = ['--set', 'actual_start=2026-11-21T12:00:00Z', '--set', 'window_deviation_reason=Brought forward']
    const { code, stdout } = gitsm(['move', before.id, 'implement', ...set], repo)
    expect({ code, stdout }).toMatchObject({ code: 0 })
    const { state: _, log: __, ...kept } = before
    expect(parse(textOf(repo, file))).toMatchObject({ ...kept, state: 'implement' })
  })

  const file = incidentFile('INC-1')
  const withIncident = (state: string, fields: Record<string, string> = {}) =>
    webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', state, fields) } })

  test('takes back what a step makes untrue: what is reopened has no resolution any more', () => {
    const solved = { team: 'operations', resolution_code: 'workaround', resolution: 'Restarted' }
    const repo = withIncident('resolved', { ...solved, resolved_at: '2026-03-02T08:59:00Z' })
    const set = ['--set', 'reopen_reason=It came back']
    expect(gitsm(['move', 'INC-1', 'in_progress', ...set], repo)).toMatchObject({ code: 0 })
    const reopened = parse(textOf(repo, file))
    expect(reopened).toMatchObject({ state: 'in_progress', team: 'operations', reopen_reason: 'It came back' })
    expect(Object.keys(reopened)).not.toEqual(expect.arrayContaining(['resolution']))
    expect(Object.keys(reopened)).not.toEqual(expect.arrayContaining(['resolved_at']))
  })

  test('sets the state, appends to the log and touches nothing else', () => {
    const odd = `# a comment at the top\nid:   "INC-1"   # odd spacing\r\ntitle: 'Checkout is slow'\r\n`
    const rest = incident('INC-1', 'new')
      .split('\n')
      .slice(2)
      .filter((line) => !line.startsWith('title'))
      .join('\r\n')
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: odd.replace('top\n', 'top\r\n') + rest } })
    expect(
      gitsm(['move', 'INC-1', 'in_progress', '--set', 'team=operations', '--note', 'Looking: now'], repo),
    ).toMatchObject({
      code: 0,
      stdout: `INC-1  new → in_progress\n${file}\n`,
    })
    const changed = repo
      .git(['diff', '--unified=0'])
      .split('\n')
      .filter((line) => /^[+-](?![+-])/.test(line))
    expect(changed.map((line) => line.replace(/at: [^,]+/, 'at: T'))).toEqual([
      '-state: new\r',
      '+state: in_progress\r',
      '+team: operations\r',
      '+log:\r',
      expect.stringMatching(/^\+ {2}- \{ at: T, by: ada, state: in_progress, note: ['"]?Looking: now['"]? \}\r?$/),
    ])
  })

  test('refuses what check would refuse, and leaves the file alone', () => {
    const repo = withIncident('new')
    const { code, stdout } = gitsm(['move', 'INC-1', 'closed'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain('INC-1 cannot go from new to closed')
    expect(stdout).toContain('INC-1 is closed, which requires resolution')
    expect(repo.git(['status', '--porcelain'])).toBe('')
  })

  test('a log entry from a clock that went ahead does not lock the record', () => {
    const repo = withIncident('new', {
      team: 'operations',
      log: '[{ at: 2099-01-05T08:10:00Z, by: eve, note: ahead }]',
    })
    expect(gitsm(['move', 'INC-1', 'in_progress'], repo).code).toBe(0)
    expect(textOf(repo, file)).toContain('{ at: 2099-01-05T08:10:00Z, by: ada, state: in_progress }')
  })

  test('what it writes passes check', () => {
    const repo = withIncident('in_progress', { team: 'operations' })
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    const done = ['--set', 'resolution_code=fixed', '--set', 'resolution=Restarted the gateway']
    expect(gitsm(['move', 'INC-1', 'resolved', ...done], repo).code).toBe(0)
    repo.commit({ at: '2026-03-03T09:00:00Z' })
    expect(gitsm(['check', '--base', 'main'], repo).code).toBe(0)
  })

  test('a reason to wait goes when the waiting ends', () => {
    const repo = withIncident('on_hold', { team: 'operations', hold_reason: 'awaiting_caller' })
    expect(gitsm(['move', 'INC-1', 'in_progress'], repo).code).toBe(0)
    expect(textOf(repo, file)).not.toContain('hold_reason')
    expect(gitsm(['move', 'INC-1', 'on_hold'], repo)).toMatchObject({ code: 1, stdout: /requires hold_reason/ })
  })

  test.each([
    ['the state it is in', ['INC-1', 'new'], 1, /INC-1 is new already/],
    ['a state that does not exist', ['INC-1', 'in-progress'], 2, /Did you mean in_progress\?/],
    ['a record that does not exist', ['INC-2', 'new'], 2, /There is no record "INC-2"/],
    ['a record without states', ['operations', 'new'], 2, /team has no lifecycle/],
  ])('%s is refused', (_, args, code, message) => {
    expect(gitsm(['move', ...args], withIncident('new'))).toMatchObject({ code, stderr: message })
  })

  test('a closed record moves no more', () => {
    const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
    expect(gitsm(['move', 'INC-1', 'in_progress'], withIncident('closed', done))).toMatchObject({
      code: 1,
      stdout: /INC-1 cannot go from closed to in_progress/,
    })
  })

  test('a folder that may not be written is an outside fault, and nothing is half-written', () => {
    const repo = withIncident('new')
    const folder = join(repo.dir, dirname(file))
    const before = textOf(repo, file)
    const program = join(repo.dir, '.git', 'gitsm.js')
    copyFileSync(builtCli, program)
    writeFileSync(join(repo.dir, '.gitconfig'), '[safe]\n  directory = *\n')
    for (const path of [repo.dir, join(repo.dir, '.git')]) chmodSync(path, 0o755)
    chmodSync(folder, 0o555)
    // The superuser may write everywhere, so the program runs as nobody where the tests run as root.
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {}
    const ran = gitsm(['move', 'INC-1', 'in_progress', '--set', 'team=operations'], { dir: repo.dir, program, ...uid })
    chmodSync(folder, 0o755)
    expect(ran).toMatchObject({ code: 4, stdout: '', stderr: /^gitsm: .* cannot be written: .*\n {2}cure: .*\n$/ })
    expect(textOf(repo, file)).toBe(before)
    expect(readdirSync(folder)).toEqual(['INC-1.yaml'])
  })
})

describe('gitsm list and show', () => {
  const repo = () =>
    webshop({
      at: '2026-03-02T09:00:00Z',
      write: {
        [incidentFile('INC-1')]: incident('INC-1', 'new', { cis: '[web-1, web-2]' }),
        [incidentFile('INC-2')]: incident('INC-2', 'in_progress', { team: 'operations', title: '"A \\u202E title"' }),
      },
    })

  test('lists a type as a table', () => {
    const shop = repo()
    writeFileSync(join(shop.dir, incidentFile('INC-2')), incident('INC-2', 'in_progress', { team: 'operations' }))
    expect(gitsm(['list', 'incident'], shop)).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'id     state        priority  team        title',
        'INC-1  new          P3                    Checkout is slow',
        'INC-2  in_progress  P3        operations  Checkout is slow',
        '',
      ].join('\n'),
    })
  })

  test('--where chooses, also within lists, and several hold together', () => {
    const ids = (...where: string[]) => {
      const { json } = gitsmJson(['list', 'incident', ...where.flatMap((each) => ['--where', each])], repo())
      return Object(json).records.map(({ id }: { id: string }) => id)
    }
    expect(ids('state=new')).toEqual(['INC-1'])
    expect(ids('cis=web-2')).toEqual(['INC-1'])
    expect(ids('state=new', 'cis=web-3')).toEqual([])
    expect(ids('team=')).toEqual(['INC-1'])
  })

  test('a field that the type has not got is a usage error', () => {
    expect(gitsm(['list', 'incident', '--where', 'stat=new'], repo())).toMatchObject({
      code: 2,
      stderr: /Records of type incident have no field stat\n.*Did you mean state\?/,
    })
  })

  test('so is a value that the field never has', () => {
    expect(gitsm(['list', 'incident', '--where', 'state=resolvd'], repo())).toMatchObject({
      code: 2,
      stderr: /state is never "resolvd"\n.*Did you mean resolved\?/,
    })
  })

  test('says how many records it could not read', () => {
    expect(gitsm(['list', 'incident'], repo())).toMatchObject({ code: 0, stderr: /1 more cannot be read/ })
  })

  test('shows a record with the steps it can take', () => {
    const { code, stdout } = gitsm(['show', 'INC-1'], repo())
    expect(code).toBe(0)
    expect(stdout).toContain('INC-1  incident, new\nrecords/incident/2026/03/INC-1.yaml\n')
    expect(stdout).toContain('can go to\n  in_progress  still needs team\n')
  })

  test('an id that two types share is asked for with its type', () => {
    const shop = repo()
    shop.write({ 'records/ci/webshop.yaml': textOf(shop, 'records/ci/web-1.yaml').replace('id: web-1', 'id: webshop') })
    expect(gitsm(['show', 'webshop'], shop)).toMatchObject({ code: 2, stderr: /ci\/webshop or service\/webshop/ })
    expect(gitsm(['show', 'service/webshop'], shop).code).toBe(0)
  })
})
