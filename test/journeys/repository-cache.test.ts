import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryCache, sharedCache } from '../../src/journeys/repository-cache.ts'
import { validate } from '../../src/journeys/validate.ts'
import { worldOf } from '../support/approval-world.ts'
import { repository, temporaryFolder } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const env = { PATH: process.env['PATH'] }
const content = Buffer.from('worked out')

function build(text: string): string {
  const program = join(temporaryFolder(), 'gitsm.js')
  writeFileSync(program, text)
  return program
}

describe('the caches of a repository', () => {
  test('are those of all its working trees, and of a bare one', async () => {
    const repo = repository([{ at: '2026-01-01T00:00:00Z', write: { 'a.txt': 'a' } }])
    const program = build('gitsm')
    const tree = join(temporaryFolder(), 'tree')
    repo.git(['worktree', 'add', '--quiet', tree, '--detach'])
    const put = await repositoryCache({ dir: repo.dir, env, program, version: '1.0.0' })
    put.put('history', 'k', content)
    expect(existsSync(join(repo.dir, '.git/gitsm/history'))).toBe(true)
    const there = await repositoryCache({ dir: tree, env, program, version: '1.0.0' })
    expect(there.get('history', 'k')).toEqual(content)

    const bare = join(temporaryFolder(), 'bare.git')
    repo.git(['clone', '--quiet', '--bare', repo.dir, bare])
    const own = await repositoryCache({ dir: bare, env, program, version: '1.0.0' })
    expect(own.get('history', 'k')).toBeUndefined()
    own.put('history', 'k', content)
    expect(existsSync(join(bare, 'gitsm/history'))).toBe(true)
  })

  test('are found by the very build that filled them only', async () => {
    const { dir } = repository()
    const program = build('gitsm')
    const filled = await repositoryCache({ dir, env, program, version: '1.0.0' })
    filled.put('history', 'k', content)
    const newer = await repositoryCache({ dir, env, program, version: '1.0.1' })
    expect(newer.get('history', 'k')).toBeUndefined()
    const other = await repositoryCache({ dir, env, program: build('gitsm, otherwise'), version: '1.0.0' })
    expect(other.get('history', 'k')).toBeUndefined()
    const same = await repositoryCache({ dir, env, program: build('gitsm'), version: '1.0.0' })
    expect(same.get('history', 'k')).toEqual(content)
  })
})

/** A cache file with other content under the same key, and the checksum that belongs to it. */
function forged(file: Buffer, from: string, to: string): Buffer {
  const at = file.indexOf(from)
  const checksum = file.indexOf('\n') + 1
  const covered = Buffer.concat([file.subarray(checksum + 32, at), Buffer.from(to)])
  return Buffer.concat([file.subarray(0, checksum), createHash('sha256').update(covered).digest(), covered])
}

describe('without caches', () => {
  test('what somebody forged with a right checksum is not believed, and nothing is written', async () => {
    const repo = webshop({
      at: '2026-03-02T08:00:00Z',
      write: { [incidentFile('INC-1')]: incident('INC-1', 'new', { service: 'nowhere' }) },
    })
    const world = worldOf(repo.dir)
    const without = { ...world, env: { ...world.env, GITSM_NO_CACHE: '1' } }
    const errors = async (here: typeof world) => JSON.parse((await validate(here, { paths: [] })).out).summary.errors
    const truth: number = await errors(world)
    expect(truth).toBeGreaterThan(0)

    const kept = join(repo.dir, '.git/gitsm/validate')
    writeFileSync(kept, forged(readFileSync(kept), '{"diagnostics"', '{"diagnostics":[],"count":1,"timed":[]}'))
    // Who can write there can lie to this clone; this is what the option is for.
    expect(await errors(world)).toBe(0)
    expect(await errors(without)).toBe(truth)

    rmSync(join(repo.dir, '.git/gitsm'), { recursive: true })
    expect(await errors(without)).toBe(truth)
    const shared = await sharedCache({ dir: repo.dir, env: without.env })
    expect(shared.put('ledger', 'k', content)).toBe(false)
    expect(shared.get('ledger', 'k')).toBeUndefined()
    expect(existsSync(join(repo.dir, '.git/gitsm'))).toBe(false)
  })
})
