import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dueSteps } from '../../src/core/due-step.ts'
import type { Data } from '../../src/core/record.ts'
import { tick } from '../../src/journeys/tick.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionFile, decisionsOf } from '../support/evidence.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import { remoteShop } from '../support/remote-shop.ts'
import type { TestRepo } from '../support/repo.ts'
import { shipped } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const resolved = (id: string, at: string, more: Readonly<Record<string, string>> = {}) => {
  const log = `[{ at: ${at}, by: bob, state: resolved }]`
  return { [incidentFile(id)]: incident(id, 'resolved', { ...done, ...more, log }) }
}
const at = '2026-03-01T09:00:00Z'
const history = {
  at: '2026-03-01T10:00:00Z',
  write: {
    ...resolved('INC-1', at),
    ...resolved('INC-2', '2026-03-09T09:00:00Z'),
    ...resolved('INC-3', at, { major: 'true', major_declared_at: at, major_manager: 'ada' }),
  },
}

function worldAt(repo: TestRepo, now: string, format: World['format'] = 'json'): World {
  return { ...worldOf(repo.dir), now: instant(now), format }
}

async function ticked(world: World, options: Partial<Parameters<typeof tick>[1]> = {}) {
  const { code, out } = await tick(world, { dryRun: false, ...options })
  const { steps }: { steps: readonly { id: string; outcome: string; due: string; because: string | null }[] } =
    JSON.parse(out)
  return { code, steps: steps.map(({ id, outcome, due }) => [id, outcome, due]) }
}

const due = (type: string, data: Data, now: string) => {
  const record = { type, id: 'X-1', file: `records/${type}/X-1.yaml`, data: { id: 'X-1', ...data } }
  return dueSteps([record], shipped.rulebook, instant(now)).map(({ to, because, sets }) => ({ to, because, sets }))
}

describe('what falls due by time alone', () => {
  test.each([
    ['incident', { state: 'resolved', resolved_at: at }, '2026-03-15T08:59:59Z', []],
    ['incident', { state: 'resolved', resolved_at: at }, '2026-03-15T09:00:00Z', ['closed']],
    ['incident', { state: 'resolved', resolved_at: at, major: true }, '2026-04-15T09:00:00Z', []],
    ['incident', { state: 'resolved' }, '2026-04-15T09:00:00Z', []],
    ['incident', { state: 'in_progress', resolved_at: at }, '2026-04-15T09:00:00Z', []],
    ['request', { state: 'fulfilled', fulfilled_at: at }, '2026-03-15T09:00:00Z', ['closed']],
    [
      'problem',
      { state: 'resolved', resolution_code: 'risk_accepted', review_by: '2026-03-31' },
      '2026-04-01T11:59:59Z',
      [],
    ],
    [
      'problem',
      { state: 'resolved', resolution_code: 'risk_accepted', review_by: '2026-03-31' },
      '2026-04-01T12:00:00Z',
      ['root_cause_analysis'],
    ],
    [
      'problem',
      { state: 'closed', resolution_code: 'risk_accepted', review_by: '2026-03-31' },
      '2026-05-01T12:00:00Z',
      [],
    ],
    [
      'problem',
      { state: 'resolved', resolution_code: 'fix_applied', review_by: '2026-03-31' },
      '2026-05-01T12:00:00Z',
      [],
    ],
    ['knowledge', { state: 'published', review_by: '2026-03-31' }, '2026-03-31T12:00:00Z', []],
    ['knowledge', { state: 'published', review_by: '2026-03-31' }, '2026-04-01T12:00:00Z', ['pending_retirement']],
    ['knowledge', { state: 'published', valid_until: '2026-03-31' }, '2026-04-01T12:00:00Z', ['pending_retirement']],
    // The web shop is in Berlin, where the day begins an hour before it does in London.
    ['knowledge', { state: 'scheduled', publish_on: '2026-02-10' }, '2026-02-09T22:59:59Z', []],
    ['knowledge', { state: 'scheduled', publish_on: '2026-02-10' }, '2026-02-09T23:00:00Z', ['published']],
    ['change-model', { state: 'published', expires: '2026-03-31' }, '2026-04-01T12:00:00Z', ['suspended']],
    ['service', { state: 'live' }, '2030-01-01T00:00:00Z', []],
  ])('%s %j at %s', (type, data, now, states) => {
    expect(due(type, data, now).map(({ to }) => to)).toEqual(states)
  })

  test('the last entry into the state counts, not what was noted since', () => {
    const log = [
      { at: '2026-02-01T00:00:00Z', by: 'bob', state: 'resolved' },
      { at: '2026-02-02T00:00:00Z', by: 'bob', state: 'in_progress' },
      { at: '2026-02-20T00:00:00Z', by: 'bob', state: 'resolved' },
      { at: '2026-03-05T00:00:00Z', by: 'ada', note: 'Fine so far' },
    ]
    expect(due('incident', { state: 'resolved', log }, '2026-03-05T23:59:59Z')).toEqual([])
    expect(due('incident', { state: 'resolved', log }, '2026-03-06T00:00:00Z')).toEqual([
      { to: 'closed', because: 'resolved for 14 d and more', sets: {} },
    ])
  })
})

describe('gitsm tick', () => {
  test('writes the steps into the working tree, and nothing when it is run again', async () => {
    const repo = webshop(history)
    const world = worldAt(repo, '2026-03-15T09:00:00Z')
    expect(await ticked(world)).toEqual({
      code: 0,
      steps: [['INC-1', 'written', expect.stringContaining('resolved for')]],
    })
    expect(readFileSync(join(repo.dir, incidentFile('INC-1')), 'utf8')).toMatch(
      /state: closed[\s\S]*\{ at: 2026-03-15T09:00:00Z, by: gitsm, state: closed, note: No objection came within 14 days \}/,
    )
    expect(repo.git(['status', '--porcelain'])).toBe(`M ${incidentFile('INC-1')}`)
    expect((await ticked(world)).steps).toEqual([])
  })

  test('only tells what is due where that is asked', async () => {
    const repo = webshop(history)
    expect((await ticked(worldAt(repo, '2026-03-30T09:00:00Z'), { dryRun: true })).steps).toEqual([
      ['INC-1', 'due', expect.anything()],
      ['INC-2', 'due', expect.anything()],
    ])
    expect(repo.git(['status', '--porcelain'])).toBe('')
    const { out } = await tick(worldAt(repo, '2026-03-02T09:00:00Z', 'text'), { dryRun: true })
    expect(out).toBe('Nothing is due\n')
  })

  test('goes on with the others where one step fails, and says so by its exit code', async () => {
    const { origin, clone } = remoteShop(history)
    const hook = join(origin.dir, 'hooks', 'pre-receive')
    mkdirSync(join(origin.dir, 'hooks'), { recursive: true })
    const refuse = "while read old new ref; do git log -1 --format=%s $new | grep -q '^INC-1:' && exit 1; done; exit 0"
    writeFileSync(hook, `#!/bin/sh\n${refuse}\n`, { mode: 0o755 })
    const world = worldAt(clone('ada'), '2026-03-30T09:00:00Z')
    const { code, steps } = await ticked(world, { publication: { lane: 'direct' } })
    expect(steps.map(([id, outcome]) => [id, outcome])).toEqual([
      ['INC-1', 'failed'],
      ['INC-2', 'moved'],
    ])
    expect(code).toBe(4)
    expect(origin.git(['log', '-1', '--format=%s', 'main'])).toBe('INC-2: resolved → closed')
  })

  test('lands each step as a commit of its own, that says why', async () => {
    const { origin, clone } = remoteShop(history)
    const world = worldAt(clone('ada'), '2026-03-30T09:00:00Z')
    const push = { publication: { lane: 'direct' } } as const
    expect((await ticked(world, push)).steps.map(([id, outcome]) => [id, outcome])).toEqual([
      ['INC-1', 'moved'],
      ['INC-2', 'moved'],
    ])
    expect(origin.git(['log', '-2', '--format=%s%n%b', 'main'])).toBe(
      [
        'INC-2: resolved → closed',
        'No objection came within 14 days: resolved for 14 d and more\n',
        'INC-1: resolved → closed',
        'No objection came within 14 days: resolved for 14 d and more',
      ].join('\n'),
    )
    expect((await ticked(world, push)).steps).toEqual([])
  })

  test('asks by one branch for what governance decides, and again by the same one', async () => {
    const model = readFileSync(join(webshop().dir, 'records/change-model/restart-web-server.yaml'), 'utf8')
    const { origin, clone } = remoteShop()
    const world = worldAt(clone('ada'), '2036-03-30T09:00:00Z')
    expect(model).toContain('state: published')
    const push = { publication: { lane: 'direct' } } as const
    const said: string[] = []
    const { code, steps } = await ticked({ ...world, say: (line) => void said.push(line) }, push)
    const first = steps.filter(([id]) => id === 'restart-web-server')
    // Nobody was asked to merge it.
    expect(code).toBe(4)
    expect(said.join('\n')).toContain(
      'Ask for gitsm/tick-restart-web-server-suspended-expires-was-2027-03-31 to be merged',
    )
    await ticked({ ...world, now: world.now + 3600 }, push)
    expect(first).toEqual([['restart-web-server', 'proposed', expect.stringMatching(/^expires was /)]])
    expect(origin.git(['for-each-ref', '--format=%(refname:short)', 'refs/heads/gitsm']).split('\n')).toContain(
      'gitsm/tick-restart-web-server-suspended-expires-was-2027-03-31',
    )
    expect(origin.git(['for-each-ref', 'refs/heads/gitsm']).match(/restart-web-server/g)?.length).toBe(1)
  })

  test('notes once that an approval which was to follow an emergency did not come in time', async () => {
    const [id, file] = ['CHG-20261208-AAAA', 'records/change/2026/12/CHG-20261208-AAAA.yaml']
    const text = clusterUpgradeFile(id)
      .replace('change_type: normal', 'change_type: emergency')
      .replace('state: scheduled', 'state: implement')
    const repo = webshop()
    const commit = repo.commit({
      at: '2026-12-08T05:00:00Z',
      write: { [file]: `${text}actual_start: 2026-12-08T05:00:00Z\n` },
    })
    const git = { dir: repo.dir, env: worldOf(repo.dir).env }
    const made = await decisionsOf(git, { commit, number: 12, at: instant('2026-12-08T05:00:00Z'), by: [] })
    writeLedger(repo, [...ledgerFiles([{ tip: commit, at: '2026-12-08T05:00:00Z' }]), ...made.map(decisionFile)])
    expect((await ticked(worldAt(repo, '2026-12-10T05:00:00Z'))).steps).toEqual([])
    const late = worldAt(repo, '2026-12-10T05:00:01Z')
    expect((await ticked(late)).steps).toEqual([
      [id, 'written', 'change-authorisation wanted an approval by 2026-12-10 05:00 UTC'],
    ])
    const note = `The approval of commit ${commit.slice(0, 10)} was due by 2026-12-10 05:00 UTC and did not come`
    expect(readFileSync(join(repo.dir, file), 'utf8')).toContain(note)
    expect(readFileSync(join(repo.dir, file), 'utf8')).toContain('state: implement')
    expect((await ticked(late)).steps).toEqual([])
  })
})
