import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryCache } from '../../src/journeys/repository-cache.ts'
import { repository, temporaryFolder } from '../support/repo.ts'

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
