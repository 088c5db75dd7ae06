import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import type { TestRepo } from '../support/repo.ts'
import { webshop } from '../support/webshop.ts'

const ids = ['CHG-20261120-AAAA', 'CHG-20261120-BBBB', 'CHG-20261120-CCCC', 'CHG-20261120-DDDD'] as const
const [database, storage, cacheOne, cacheTwo] = ids

function file(id: string): string {
  return `records/change/2026/11/${id}.yaml`
}

/** A change as a file; hours in UTC of a night in November or December. */
function change(id: string, state: string, from: string, until: string, fields: string): string {
  return `# yaml-language-server: $schema=../../../../schemas/change/schema.json
id: ${id}
title: Work on ${id}
state: ${state}
change_type: normal
requester: erik
reason: |
  It has to be done.
opened_at: 2026-11-20T08:00:00Z
planned_start: ${from}:00Z
planned_end: ${until}:00Z
${fields}`
}

const waiver = `waivers:
  - conflict: ci_in_blackout
    with: black-friday-2026
    approver: ada
    reason: |
      A hole that is being used.
    expires: 2026-11-30
`

/** The shop with four changes: two in the night of a freeze, two that together take too many of a redundant group. */
function planned(): TestRepo {
  const repo = webshop()
  repo.write({
    [file(database)]: change(
      database,
      'scheduled',
      '2026-11-29T01:00',
      '2026-11-29T03:00',
      `cis: [shop-db-1]\nimplementer: dmitri\n${waiver}`,
    ),
    [file(storage)]: change(
      storage,
      'assess',
      '2026-11-29T02:30',
      '2026-11-29T06:00',
      'cis: [san-1]\nimplementer: dmitri\n',
    ),
    [file(cacheOne)]: change(
      cacheOne,
      'scheduled',
      '2026-12-03T02:00',
      '2026-12-03T03:00',
      'cis: [session-cache-1]\nimplementer: erik\n',
    ),
    [file(cacheTwo)]: change(
      cacheTwo,
      'scheduled',
      '2026-12-03T02:30',
      '2026-12-03T04:00',
      'cis: [session-cache-2]\nimplementer: fatima\n',
    ),
  })
  return repo
}

const asOf = ['--as-of', '2026-11-21T12:00:00Z']

describe('gitsm conflicts', () => {
  test('tells what one change collides with, what is waived, and the next free time', () => {
    const { code, json } = gitsmJson(['conflicts', database, ...asOf], planned())
    expect(code).toBe(0)
    expect(json).toMatchObject({
      asOf: '2026-11-21T12:00:00Z',
      changes: [
        {
          id: database,
          state: 'scheduled',
          plannedStart: '2026-11-29T01:00:00Z',
          plannedEnd: '2026-11-29T03:00:00Z',
          open: 2,
          conflicts: [
            {
              kind: 'ci_in_blackout',
              with: { type: 'window', id: 'black-friday-2026' },
              over: ['shop-db-1'],
              open: false,
              waiver: { of: database, approver: 'ada' },
            },
            {
              kind: 'child_ci_already_scheduled',
              with: { type: 'change', id: storage },
              over: ['san-1'],
              from: '2026-11-29T02:30:00Z',
              until: '2026-11-29T03:00:00Z',
              blocks: true,
              open: true,
              waiver: null,
            },
            { kind: 'implementer_already_scheduled', over: ['dmitri'], open: true },
          ],
          nextFreeSlot: { from: '2026-12-06T01:00:00Z', until: '2026-12-06T03:00:00Z' },
        },
      ],
    })
  })

  test('tells all collisions of open changes, each two once', () => {
    const { json } = gitsmJson(['conflicts', ...asOf], planned())
    expect(json).toMatchObject({
      pairs: [
        {
          changes: [database, storage],
          kinds: ['child_ci_already_scheduled', 'implementer_already_scheduled'],
          open: true,
        },
        { changes: [cacheOne, cacheTwo], kinds: ['related_services'], open: true },
      ],
    })
    const { stdout } = gitsm(['conflicts', ...asOf], planned())
    expect(stdout).toContain('4 open changes, 2 pairs that collide, 4 with open conflicts')
    expect(stdout).toContain('then fewer than 1 of the group session-cache are left')
  })

  test('tells people the time on their clocks and in UTC', () => {
    const { stdout } = gitsm(['conflicts', storage, ...asOf], planned())
    expect(stdout).toContain('2026-11-29 03:30 to 07:00 Europe/Berlin (2026-11-29 02:30 to 06:00 UTC)')
    expect(stdout).toContain('next free: no time of 3 h 30 min within 90 days')
    expect(stdout).toMatch(/open +ci_not_in_maintenance_window +.* database-maintenance of san-1/)
  })

  test('prints a page of Markdown', () => {
    const { stdout } = gitsm(['conflicts', database, '--format', 'markdown', ...asOf], planned())
    expect(stdout).toMatch(/^# Conflicts of changes\n/)
    expect(stdout).toContain('| **open** | `child_ci_already_scheduled` | `CHG-20261120-BBBB` |')
    expect(stdout).toContain('| waived | `ci_in_blackout` | `black-friday-2026` |')
    expect(stdout).toContain('Next free: 2026-12-06 02:00 to 04:00 Europe/Berlin')
  })

  test('fails on open conflicts if asked to', () => {
    expect(gitsm(['conflicts', database, '--fail-on-open', ...asOf], planned()).code).toBe(1)
    const repo = webshop()
    repo.write({
      [file(cacheOne)]: change(
        cacheOne,
        'scheduled',
        '2026-12-03T02:00',
        '2026-12-03T03:00',
        'cis: [session-cache-1]\n',
      ),
    })
    const { code, stdout } = gitsm(['conflicts', cacheOne, '--fail-on-open', ...asOf], repo)
    expect(stdout).not.toContain('open  ')
    expect(code).toBe(0)
  })

  test.each([
    ['web-1', 'web-1 is a ci, and only changes collide'],
    ['CHG-20261120-AAAB', 'There is no record "CHG-20261120-AAAB"'],
  ])('refuses %s with a cure', (id, message) => {
    const { code, stderr } = gitsm(['conflicts', id, ...asOf], planned())
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/cure: \S/)
  })
})

describe('gitsm check', () => {
  test('refuses a change that is scheduled into a freeze, on the line of its item', () => {
    const repo = webshop()
    const fields = 'cis:\n  - shop-db-1\nimplementer: dmitri\n'
    const times = ['2026-11-29T01:00', '2026-11-29T03:00'] as const
    repo.commit({
      at: '2026-11-20T09:00:00Z',
      write: { [file(database)]: change(database, 'authorize', ...times, fields) },
    })
    repo.git(['checkout', '--quiet', '-b', 'schedule'])
    const text = change(database, 'scheduled', ...times, fields)
    repo.commit({ at: '2026-11-21T09:00:00Z', write: { [file(database)]: text } })
    const { code, json } = gitsmJson(['check', '--base', 'main', '--head', 'schedule'], repo)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          rule: 'conflict-is-waived',
          severity: 'error',
          file: file(database),
          line: text.split('\n').indexOf('  - shop-db-1') + 1,
          message: 'shop-db-1 is in the freeze black-friday-2026 (2026-11-29 01:00 to 2026-11-29 03:00 UTC)',
          related: [expect.objectContaining({ file: 'records/window/black-friday-2026.yaml' })],
        }),
      ]),
    })
  })

  test('lets it in with a waiver that counts', () => {
    const repo = webshop()
    const fields = `cis:\n  - shop-db-1\nimplementer: dmitri\n`
    const times = ['2026-11-29T01:00', '2026-11-29T03:00'] as const
    repo.commit({
      at: '2026-11-20T09:00:00Z',
      write: { [file(database)]: change(database, 'authorize', ...times, fields) },
    })
    repo.git(['checkout', '--quiet', '-b', 'schedule'])
    const text = change(database, 'scheduled', ...times, fields + waiver)
    repo.commit({ at: '2026-11-21T09:00:00Z', write: { [file(database)]: text } })
    const { json } = gitsmJson(['check', '--base', 'main', '--head', 'schedule'], repo)
    expect(JSON.stringify(json)).not.toContain('conflict-is-waived')
  })
})

test('a change that may not be written is told the line of what it collides with', () => {
  const plans = ['description', 'impact_assessment', 'implementation_plan', 'test_plan', 'backout_plan', 'reason']
  const told = {
    ...Object.fromEntries(plans.map((field) => [field, 'As always'])),
    ...{ title: 'Patch it', change_type: 'normal', state: 'scheduled', cis: '[shop-db-1]', implementer: 'dmitri' },
    ...{
      risk: 'very_high',
      outage: 'false',
      risk_answers: '{ tested: not_at_all, backout: hours, experience: once, helpers: one_team }',
    },
    ...{ planned_start: '2026-11-29T01:00:00Z', planned_end: '2026-11-29T03:00:00Z' },
  }
  const sets = Object.entries(told).flatMap(([field, value]) => ['--set', `${field}=${value}`])
  const { code, stdout } = gitsm(['new', 'change', ...sets], webshop())
  expect(code).toBe(1)
  expect(stdout).toContain('\n  see: records/window/black-friday-2026.yaml:2:1 black-friday-2026 is here\n')
})
