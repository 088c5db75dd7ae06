import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { webshop } from '../support/webshop.ts'

const asOf = ['--as-of', '2026-11-21T12:00:00Z']

function textOf(dir: string, file: string): string {
  return readFileSync(join(dir, file), 'utf8')
}

describe('gitsm cmdb health', () => {
  test('counts what does not pass of how many, and tells why', () => {
    const { dir } = webshop()
    const { code, stdout } = gitsm(['cmdb', 'health', ...asOf], { dir })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+ configuration items that are not retired, as of 2026-11-21 12:00 UTC\n/)
    expect(stdout).toMatch(/^stale +\d+ +of \d+ +Items in use were verified within 60 days$/m)
    expect(stdout).toMatch(/^ {2}label-printer-3 +was last verified 2026-09-15, 66 days ago$/m)
    expect(stdout).toMatch(/^ {2}2026-11-30 +in 9 d +san-1 +warranty +platform$/m)
  })

  test('looks as far as asked, as of when asked', () => {
    const { dir } = webshop()
    const { json } = gitsmJson(
      ['cmdb', 'health', '--as-of', '2026-10-03T00:00:00Z', '--stale-after', '1', '--ahead', '0'],
      { dir },
    )
    expect(json).toMatchObject({ asOf: '2026-10-03T00:00:00Z', staleAfter: 1, ahead: 0 })
    expect(JSON.stringify(json)).toContain('was last verified 2026-09-15, 17 days ago')
    expect(JSON.stringify(json)).not.toContain('"id":"san-1","file"')
  })

  test('finds what the rules find, and says what it could not read', () => {
    const { dir, write } = webshop()
    const web = 'records/ci/web-1.yaml'
    write({
      [web]: textOf(dir, web).replace('ci: shop-app', 'ci: shop-ap'),
      'records/ci/torn.yaml': 'id: [\n',
    })
    const { stdout, stderr } = gitsm(['cmdb', 'health', ...asOf], { dir })
    expect(stdout).toMatch(/^dangling\n {2}web-1 +There is no ci shop-ap$/m)
    expect(stderr).toContain('1 services or items cannot be read and are left out')
  })

  test('refuses what is no number of days', () => {
    const { dir } = webshop()
    expect(gitsm(['cmdb', 'health', '--ahead', 'soon'], { dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"soon" is no number of days'),
    })
  })
})

describe('gitsm cmdb history', () => {
  const file = 'records/ci/web-1.yaml'

  test('tells who changed which field when', () => {
    const repo = webshop()
    const text = textOf(repo.dir, file)
    repo.commit({ at: '2026-03-01T10:00:00Z', by: 'erik', write: { [file]: text.replace('cores: 8', 'cores: 16') } })
    const { stdout } = gitsm(['cmdb', 'history', 'web-1'], { dir: repo.dir })
    expect(stdout).toMatch(/^web-1\n2026-01-01 00:00 {2}ada {2}added/)
    expect(stdout).toMatch(/2026-03-01 10:00 {2}erik {2}edited {2}[0-9a-f]{10}\n {2}attributes\.cores: 8 → 16\n$/)
    const { json } = gitsmJson(['cmdb', 'history', 'web-1'], { dir: repo.dir })
    expect(json).toMatchObject({
      id: 'web-1',
      changes: [
        { kind: 'added' },
        {
          at: '2026-03-01T10:00:00Z',
          by: 'erik',
          kind: 'edited',
          fields: [{ field: 'attributes.cores', from: 8, to: 16 }],
        },
      ],
    })
  })

  test('ends at the instant asked for', () => {
    const repo = webshop()
    repo.commit({
      at: '2026-03-01T10:00:00Z',
      write: { [file]: textOf(repo.dir, file).replace('cores: 8', 'cores: 16') },
    })
    const { stdout } = gitsm(['cmdb', 'history', 'web-1', '--as-of', '2026-02-01T00:00:00Z'], { dir: repo.dir })
    expect(stdout).not.toContain('edited')
  })

  test('tells what a list lost and gained, and what appended a log', () => {
    const repo = webshop()
    const text = textOf(repo.dir, file)
    const edited = `${text.replace('  - { ci: shop-app }\n', '  - { ci: san-1 }\n')}log:\n  - { at: 2026-03-01T09:00:00Z, by: erik, note: Now on the storage }\n`
    repo.commit({ at: '2026-03-01T10:00:00Z', write: { [file]: edited } })
    const { stdout } = gitsm(['cmdb', 'history', 'web-1'], { dir: repo.dir })
    expect(stdout).toContain('depends_on: − {"ci":"shop-app"}  + {"ci":"san-1"}')
    expect(stdout).toContain('log[0]: – → {"at":"2026-03-01T09:00:00Z","by":"erik","note":"Now on the storage"}')
  })
})

describe('gitsm cmdb drift', () => {
  const seen = (ci: string, attributes: object, at = '2026-11-20T08:00:00Z') =>
    JSON.stringify({ ci, seen_at: at, attributes })

  function drift(dir: string, lines: readonly string[], ...args: readonly string[]) {
    writeFileSync(join(dir, 'seen.ndjson'), `${lines.join('\n')}\n`)
    return gitsm(['cmdb', 'drift', 'seen.ndjson', ...args], { dir })
  }

  test('lists what differs and proposes a change, writing nothing', () => {
    const { dir, git } = webshop()
    const { code, stdout } = drift(dir, [
      seen('shop-db-1', { version: '17.0' }),
      seen('web-1', { cores: 8 }),
      seen('ghost', {}),
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^2 items compared, 1 differs, 1 without a record, \d+ in use and not seen\n/)
    expect(stdout).toMatch(/^shop-db-1 +version: 16\.4 → 17\.0 +2026-11-20 08:00$/m)
    expect(stdout).toContain('unauthorised: true')
    expect(stdout).toContain('Nothing was written; --write writes the proposed changes.')
    expect(git(['status', '--porcelain'])).toBe('?? seen.ndjson')
  })

  test('--write writes a change that is valid and that the gate accepts, once', () => {
    const { dir, git } = webshop()
    const line = seen('shop-db-1', { version: '17.0\u202e; rm' })
    const { code, stdout } = drift(dir, [line], '--write')
    expect(stdout).toMatch(/^written {2}records\/change\/\d{4}\/\d{2}\/CHG-\d{8}-[0-9A-Z]{4}\.yaml$/m)
    expect(code).toBe(0)
    expect(gitsm(['validate'], { dir })).toMatchObject({ code: 0 })
    expect(drift(dir, [line], '--write').stdout).toMatch(/under CHG-/)
    expect(git(['status', '--porcelain', '--untracked-files=all', 'records']).split('\n')).toHaveLength(1)
    git(['checkout', '--quiet', '-b', 'drift'])
    git(['add', 'records'])
    git(['commit', '--quiet', '-m', 'Found by discovery'])
    const { json } = gitsmJson(['check', '--base', 'main'], { dir })
    expect(json).toMatchObject({ summary: { errors: 0 } })
  })

  test('names lines that it does not understand, and goes on', () => {
    const { dir } = webshop()
    const { code, stdout } = drift(dir, [
      '{',
      '[]',
      seen('shop-db-1', { version: '17.0' }),
      '{"ci":"web-1"}',
      'x'.repeat(70_000),
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^ {2}line 1: it is no JSON\n {2}line 2: it is no object\n {2}line 4: seen_at is no instant/m,
    )
    expect(stdout).toContain('line 5: it is longer than 65536 characters')
    expect(stdout).toMatch(/^shop-db-1 +version: 16\.4 → 17\.0/m)
  })

  test('gives programs the same', () => {
    const { dir } = webshop()
    writeFileSync(join(dir, 'seen.ndjson'), `${seen('shop-db-1', { version: '17.0' })}\n`)
    expect(gitsmJson(['cmdb', 'drift', 'seen.ndjson'], { dir }).json).toMatchObject({
      compared: 1,
      drifts: [
        {
          ci: 'shop-db-1',
          owner: 'platform',
          kind: 'differs',
          attributes: [{ name: 'version', intended: '16.4', observed: '17.0', seenAt: '2026-11-20T08:00:00Z' }],
          change: null,
        },
      ],
      proposals: [{ ci: 'shop-db-1' }],
      written: false,
    })
  })

  test('a missing file is a fault', () => {
    const { dir } = webshop()
    expect(gitsm(['cmdb', 'drift', 'none.ndjson'], { dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no file'),
    })
  })
})
