import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import { changeLand } from '../../src/journeys/change-land.ts'
import { type ChangeRunOptions, changeRun } from '../../src/journeys/change-run.ts'
import { metrics } from '../../src/journeys/metrics.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { remoteShop } from '../support/remote-shop.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'

const now = '2026-04-14T10:00:00Z'

/** A command that ends with a code after it has run a line of JavaScript. */
function ending(code: number, first = ''): readonly [string, ...string[]] {
  return [process.execPath, '-e', `${first};process.exit(${code})`]
}

let chance = 0

async function carriedOut(
  repo: TestRepo,
  options: Partial<ChangeRunOptions> & { readonly at?: string; readonly seconds?: number } = {},
) {
  const { at = now, seconds = 42, ...rest } = options
  const times = [instant(at) + 1, instant(at) + 1 + seconds]
  chance += 4
  const lines: string[] = []
  const world = {
    ...worldOf(temporaryFolder()),
    env: { ...worldOf('.').env, GITSM_TOKEN: 'secret' },
    now: instant(at),
    clock: () => times.shift() ?? 0,
    random: (count: number) => Uint8Array.from({ length: count }, (_, index) => chance + index),
    say: (line: string) => void lines.push(line),
  }
  const { code, out } = await changeRun(world, {
    ...{ model: 'restart-web-server', set: ['parameters.server=web-2'], remote: 'origin', repo: repo.dir },
    ...{ failed: 'unsuccessful_not_backed_out', dryRun: false, command: ending(0), ...rest },
  })
  return { code, told: JSON.parse(out), said: lines.join('\n'), dir: world.dir }
}

/** What stands at the end of the mainline of a remote. */
function landed(origin: TestRepo, file: string): string {
  return origin.git(['show', `main:${file}`])
}

describe('carrying out a standard change', () => {
  test('lands one commit that holds the whole change, closed as the exit code tells', async () => {
    const { origin, clone } = remoteShop()
    const { code, told } = await carriedOut(clone('fatima'))
    expect(code).toBe(0)
    expect(told).toMatchObject({ kind: 'ran', exitCode: 0, state: 'closed', outcome: 'successful' })
    expect(told.recorded).toMatchObject({ kind: 'landed', branch: 'main' })
    expect(origin.git(['log', '--format=%an %s', 'main']).split('\n')).toEqual([
      'fatima Restart web-2: done',
      'ada Set up the repository',
    ])
    const text = landed(origin, told.file)
    for (const line of [
      'state: closed',
      'change_type: standard',
      'model: restart-web-server',
      'requester: fatima',
      'actual_start: 2026-04-14T10:00:01Z',
      'actual_end: 2026-04-14T10:00:43Z',
      'planned_end: 2026-04-14T10:30:00Z',
      'outcome: successful',
    ]) {
      expect(text).toContain(`\n${line}\n`)
    }
    expect([...text.matchAll(/state: (\w+)/g)].map(([, state]) => state)).toEqual([
      ...['closed', 'scheduled', 'implement', 'review', 'closed'],
    ])
  })

  test('the commit is one that verify allows', async () => {
    const { clone } = remoteShop()
    const repo = clone('fatima')
    await carriedOut(repo)
    await carriedOut(repo, { command: ending(7), at: '2026-04-14T12:00:00Z' })
    repo.git(['pull', '--quiet'])
    const { code, out } = await verify({ ...worldOf(repo.dir), now: instant('2026-04-15T00:00:00Z') }, {})
    expect(JSON.parse(out).findings).toEqual([])
    expect(code).toBe(0)
  })

  test('a command that fails leaves the change in review, and its exit code is that of the command', async () => {
    const { origin, clone } = remoteShop()
    const { code, told } = await carriedOut(clone('fatima'), { command: ending(7), failed: 'unsuccessful_backed_out' })
    expect(code).toBe(7)
    expect(told).toMatchObject({ exitCode: 7, state: 'review', outcome: 'unsuccessful_backed_out' })
    expect(landed(origin, told.file)).toContain('note: The command ended with exit code 7 after 42 s')
  })

  test('a command that a signal ends has failed, too', async () => {
    const { origin, clone } = remoteShop()
    const command = [process.execPath, '-e', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e4)'] as const
    const { code, told } = await carriedOut(clone('fatima'), { command })
    expect(code).toBe(143)
    expect(told).toMatchObject({ signal: 'SIGTERM', outcome: 'unsuccessful_not_backed_out' })
    expect(landed(origin, told.file)).toContain('The command was ended by SIGTERM')
  })

  test('a signal to the run ends the command, and what it did is still recorded', async () => {
    const { origin, clone } = remoteShop()
    const command = [
      process.execPath,
      '-e',
      `process.kill(${process.pid}, "SIGTERM"); setTimeout(() => {}, 9e4)`,
    ] as const
    const { code, told } = await carriedOut(clone('fatima'), { command })
    expect(code).toBe(143)
    expect(landed(origin, told.file)).toContain('outcome: unsuccessful_not_backed_out')
  })

  test('runs the command where the caller stands, with the id of the change, without its token, and never through a shell', async () => {
    const { clone } = remoteShop()
    const script =
      "const { GITSM_CHANGE: id, GITSM_TOKEN: token } = process.env; require('fs').writeFileSync('ran', [id, token, ...process.argv.slice(1)].join(' '))"
    const command = [process.execPath, '-e', script, '$(touch shell)', ';touch shell'] as const
    const { told, dir } = await carriedOut(clone('fatima'), { command })
    expect(readFileSync(join(dir, 'ran'), 'utf8')).toBe(`${told.id}  $(touch shell) ;touch shell`)
    expect(existsSync(join(dir, 'shell'))).toBe(false)
  })

  test('one that took longer than its model allows says by how much', async () => {
    const { origin, clone } = remoteShop()
    const { code, told } = await carriedOut(clone('fatima'), { seconds: 3600 })
    expect(code).toBe(0)
    expect(landed(origin, told.file)).toContain(
      'window_deviation_reason: The command ran 30 min 1 s longer than planned',
    )
  })

  test('takes a parameter that is a text as one, also where it looks like a number', async () => {
    const { origin, clone } = remoteShop()
    const set = ['parameters.printer=label-printer-1', 'parameters.version=6.40']
    const { code, told } = await carriedOut(clone('ines'), {
      ...{ model: 'update-printer-firmware', set, at: '2026-10-06T10:00:00Z' },
    })
    expect(code).toBe(0)
    expect(landed(origin, told.file)).toContain('title: Update the firmware of label-printer-1 to 6.40')
  })

  test('asks the mainline of the remote, not the working tree', async () => {
    const { clone } = remoteShop()
    const repo = clone('fatima')
    writeFileSync(join(repo.dir, 'gitsm.yaml'), 'version: broken')
    rmSync(join(repo.dir, 'records/change-model/restart-web-server.yaml'))
    expect(await carriedOut(repo)).toMatchObject({ code: 0 })
  })
})

describe('a standard change that may not be carried out', () => {
  const touch = ending(0, "require('fs').writeFileSync('ran', '')")

  async function refused(repo: TestRepo, options: Partial<ChangeRunOptions> = {}) {
    const ran = await carriedOut(repo, { command: touch, ...options })
    expect(existsSync(join(ran.dir, 'ran'))).toBe(false)
    return ran
  }

  const freeze =
    'id: stop\ntitle: Stop\nkind: freeze\nowner: operations\nfrom: 2026-04-14T10:20:00Z\nto: 2026-04-15T00:00:00Z\n'

  const waiver = '[{ conflict: ci_in_blackout, with: stop, approver: lena, reason: It must be, expires: 2026-04-16 }]'

  test.each([
    ['would run into a freeze', { 'records/window/stop.yaml': freeze }, {}, 'conflict-is-waived'],
    [
      'waives for itself what it would run into',
      { 'records/window/stop.yaml': freeze },
      { set: ['parameters.server=web-2', `waivers=${waiver}`] },
      'standard-follows-model',
    ],
    ['follows a retired model', retired('restart-web-server'), {}, 'standard-follows-model'],
    ['lacks a parameter', {}, { set: [] }, 'schema-valid'],
    ['has a value that the model does not allow', {}, { set: ['parameters.server=web-4'] }, 'standard-follows-model'],
    [
      'changes what the model settles',
      {},
      { set: ['parameters.server=web-2', 'risk=very_high'] },
      'standard-follows-model',
    ],
  ])('runs nothing where it %s', async (_, write, options, rule) => {
    const { origin, clone } = remoteShop({ at: '2026-02-01T00:00:00Z', write })
    const before = origin.git(['rev-parse', 'main'])
    const { code, told } = await refused(clone('fatima'), options)
    expect(code).toBe(1)
    expect(told.diagnostics.map((each: { readonly rule: string }) => each.rule)).toContain(rule)
    expect(origin.git(['rev-parse', 'main'])).toBe(before)
  })

  test('runs nothing where the policy wants somebody to approve standard changes, too', async () => {
    const policy = 'records/policy/change-authorisation.yaml'
    const text = shippedText(policy).replace(/ {2}- \{ name: standard.*\n/, '')
    const { clone } = remoteShop({ at: '2026-02-01T00:00:00Z', write: { [policy]: text } })
    await expect(refused(clone('fatima'))).rejects.toMatchObject({
      code: 1,
      message: expect.stringContaining('needs approval'),
    })
  })

  test('runs nothing for another service than the one that is meant', async () => {
    const { clone } = remoteShop()
    await expect(refused(clone('fatima'), { service: 'newsletter' })).rejects.toMatchObject({ code: 1 })
  })

  test('a dry run runs nothing, and says that it may be run', async () => {
    const { origin, clone } = remoteShop()
    const { code, told } = await refused(clone('fatima'), { dryRun: true })
    expect({ code, kind: told.kind }).toEqual({ code: 0, kind: 'may_run' })
    expect(origin.git(['rev-list', '--count', 'main'])).toBe('1')
  })

  test('records nothing where the command cannot be started', async () => {
    const { origin, clone } = remoteShop()
    await expect(carriedOut(clone('fatima'), { command: ['no-such-program'] })).rejects.toMatchObject({ code: 2 })
    expect(origin.git(['rev-list', '--count', 'main'])).toBe('1')
  })
})

describe('a run that cannot be recorded', () => {
  test('keeps its record in a file, exits with 4, and can be landed later, once', async () => {
    const { origin, clone } = remoteShop()
    const repo = clone('fatima')
    const hidden = `${origin.dir}.away`
    const command = ending(0, `require('fs').renameSync(${JSON.stringify(origin.dir)}, ${JSON.stringify(hidden)})`)
    const fault = await carriedOut(repo, { command }).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 4, message: expect.stringContaining('could not be recorded') })
    const [, kept = ''] =
      /kept in (\S+);/.exec(fault instanceof Error && 'cure' in fault ? String(fault.cure) : '') ?? []
    expect(readFileSync(kept, 'utf8')).toContain('outcome: successful')

    const { renameSync } = await import('node:fs')
    renameSync(hidden, origin.dir)
    const world = { ...worldOf(temporaryFolder()), now: instant(now) + 3600 }
    const land = async () => JSON.parse((await changeLand(world, { file: kept, repo: repo.dir, remote: 'origin' })).out)
    expect(await land()).toMatchObject({ recorded: 'landed' })
    expect(await land()).toMatchObject({ recorded: 'before' })
    expect(origin.git(['rev-list', '--count', 'main'])).toBe('2')
  })

  test('keeps its record on a branch and in a file where the mainline is protected, and exits with 4: no pull request asks for it', async () => {
    const { origin, clone } = remoteShop()
    const hook = join(origin.dir, 'hooks/update')
    writeFileSync(hook, '#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "main is protected" >&2; exit 1; }\n', {
      mode: 0o755,
    })
    const fault = await carriedOut(clone('fatima')).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 4, message: expect.stringContaining('main is protected') })
    const { message = '', cure = '' } = fault instanceof Fault ? fault : {}
    const [, branch = ''] = /What was done stands only on the branch (gitsm\/CHG-\S+),/.exec(message) ?? []
    expect(cure).toContain(`Ask for ${branch} to be merged into main`)
    const [, kept = ''] = /kept in (\S+);/.exec(cure) ?? []
    expect(readFileSync(kept, 'utf8')).toContain('outcome: successful')
    expect(origin.git(['ls-tree', '-r', '--name-only', branch])).toContain(branch.replace('gitsm/', ''))
    const world = { ...worldOf(temporaryFolder()), now: instant(now) + 3600 }
    await expect(changeLand(world, { file: kept, repo: clone('fatima').dir, remote: 'origin' })).rejects.toMatchObject({
      code: 4,
    })
  })
})

test('figures of delivery count what was carried out so, service by service', async () => {
  const { clone } = remoteShop()
  const repo = clone('fatima')
  for (const [day, code] of [
    [6, 0],
    [7, 0],
    [8, 1],
    [9, 0],
  ] as const) {
    const set = ['parameters.server=web-2', `committed_at=2026-04-0${day}T06:00:00Z`]
    await carriedOut(repo, { command: ending(code), at: `2026-04-0${day}T08:00:00Z`, set })
  }
  repo.git(['pull', '--quiet'])
  const world = { ...worldOf(repo.dir), asOf: instant('2026-05-01T00:00:00Z') }
  const { out } = await metrics(world, { from: '2026-04-01', to: '2026-05-01', ids: [], by: 'service' })
  const kpis: readonly { readonly id: string; readonly by?: { readonly webshop?: object } }[] = JSON.parse(out).kpis
  const ofShop = (id: string) => kpis.find((each) => each.id === id)?.by?.webshop
  expect(ofShop('changes-carried-out')).toMatchObject({ value: 4 })
  expect(ofShop('deployment-frequency')).toMatchObject({ value: expect.closeTo((4 * 7) / 30, 5), n: 4 })
  expect(ofShop('deployment-lead-time')).toMatchObject({ value: expect.closeTo((2 * 3600 + 43) / 3600, 5), n: 4 })
  expect(ofShop('change-fail-rate')).toMatchObject({ value: 25, n: 4 })
  expect(kpis.find(({ id }) => id === 'change-fail-rate')).toMatchObject({ value: null, n: 0 })
})

/** A model that is retired. */
function retired(model: string): { readonly [path: string]: string } {
  const file = `records/change-model/${model}.yaml`
  return { [file]: shippedText(file).replace('state: published', 'state: retired\nretire_reason: Nobody needs it') }
}
