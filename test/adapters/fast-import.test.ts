import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Commit, fastImport } from '../../src/adapters/fast-import.ts'
import type { GitDir } from '../../src/adapters/git/run.ts'
import { Fault } from '../../src/core/fault.ts'

let dir = ''

const repository = (): GitDir => ({ dir, env: process.env })

function git(...args: string[]): string {
  return execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8' }).trimEnd()
}

function commit(changes: Partial<Commit> = {}): Commit {
  return {
    at: 1_456_704_000,
    by: { name: 'Ada', email: 'ada@example.invalid' },
    message: 'Say so',
    files: [{ path: 'a.txt', content: 'a\n' }],
    ...changes,
  }
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gitsm-fast-import-'))
  git('init', '--quiet', '--initial-branch=main')
})

afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

describe('fast-import', () => {
  test('commits come out in order with their author, committer, dates and message', async () => {
    const later = commit({ at: 1_456_704_060, offset: -12_600, by: { name: 'Bob B.', email: 'bob@example.invalid' } })
    const { commits, tip } = await fastImport(repository(), [commit(), { ...later, message: 'Two\n\nlines' }], {
      branch: 'main',
    })

    expect(commits).toBe(2)
    expect(tip).toBe(git('rev-parse', 'main'))
    expect(git('log', '--reverse', '--format=%an|%ae|%ad|%cn|%ce|%cd|%B', '--date=raw', 'main').split('\n')).toEqual([
      'Ada|ada@example.invalid|1456704000 +0000|Ada|ada@example.invalid|1456704000 +0000|Say so',
      '',
      'Bob B.|bob@example.invalid|1456704060 -0330|Bob B.|bob@example.invalid|1456704060 -0330|Two',
      '',
      'lines',
    ])
    expect(git('fsck', '--strict')).toBe('')
  })

  test('files are written byte for byte, replaced and removed', async () => {
    const bytes = Uint8Array.from([0, 255, 10, 13, 10, 34])
    const files = [
      { path: 'deep/er/ü "quoted" \\ back.bin', content: bytes },
      { path: 'gone.txt', content: 'gone' },
      { path: 'kept.txt', content: 'ünï' },
    ]
    await fastImport(repository(), [commit({ files }), commit({ files: [{ path: 'gone.txt', content: null }] })], {
      branch: 'main',
    })

    expect(git('-c', 'core.quotePath=false', 'ls-tree', '-rz', '--name-only', 'main').split('\0').slice(0, -1)).toEqual(
      ['deep/er/ü "quoted" \\ back.bin', 'kept.txt'],
    )
    const read = execFileSync('git', ['-C', dir, 'cat-file', 'blob', 'main:deep/er/ü "quoted" \\ back.bin'])
    expect(Uint8Array.from(read)).toEqual(bytes)
    expect(git('cat-file', 'blob', 'main:kept.txt')).toBe('ünï')
  })

  test('a commit without files is a commit', async () => {
    await fastImport(repository(), [commit(), commit({ files: [] })], { branch: 'main' })
    expect(git('rev-list', '--count', 'main')).toBe('2')
    expect(git('rev-parse', 'main^{tree}')).toBe(git('rev-parse', 'main~1^{tree}'))
  })

  test('a source that yields over time is read like a list', async () => {
    async function* source(): AsyncGenerator<Commit> {
      for (const at of [1, 2, 3]) yield await Promise.resolve(commit({ at }))
    }
    const { tip } = await fastImport(repository(), source(), { branch: 'main' })
    expect(tip).toBe(
      (
        await fastImport(
          repository(),
          [1, 2, 3].map((at) => commit({ at })),
          { branch: 'other' },
        )
      ).tip,
    )
  })

  test('commits can be put on top of a commit', async () => {
    const { tip } = await fastImport(repository(), [commit()], { branch: 'main' })
    await fastImport(repository(), [commit({ files: [{ path: 'b.txt', content: 'b\n' }] })], {
      branch: 'main',
      onto: tip,
    })
    expect(git('rev-parse', 'main~1')).toBe(tip)
    expect(git('ls-tree', '--name-only', 'main')).toBe('a.txt\nb.txt')
  })

  test('the ids are the same in every zone, for every user and whatever repository the environment names', async () => {
    const usual = await fastImport(repository(), [commit()], { branch: 'main' })
    const before = { ...process.env }
    try {
      Object.assign(process.env, {
        TZ: 'Asia/Kolkata',
        GIT_AUTHOR_NAME: 'Eve',
        GIT_DIR: '/nowhere',
        GIT_COMMITTER_DATE: '1',
      })
      expect(await fastImport(repository(), [commit()], { branch: 'other' })).toEqual(usual)
    } finally {
      for (const name of ['TZ', 'GIT_AUTHOR_NAME', 'GIT_DIR', 'GIT_COMMITTER_DATE']) delete process.env[name]
      Object.assign(process.env, before)
    }
  })

  test('brackets and line breaks cannot forge a person', async () => {
    const by = { name: 'Eve <root@example.invalid>\nauthor Ada', email: '>eve@example.invalid' }
    await fastImport(repository(), [commit({ by })], { branch: 'main' })
    expect(git('log', '--format=%an|%ae', 'main')).toBe('Eve root@example.invalid author Ada|eve@example.invalid')
    expect(git('fsck', '--strict')).toBe('')
  })

  test.each(['', '/etc/passwd', '../up', 'a/../b', '.git/config', 'a/.GIT/hooks/x', 'a//b', 'a/', 'a\0b'])(
    'the path %j is refused and the branch stays',
    async (path) => {
      const wrong = fastImport(repository(), [commit(), commit({ files: [{ path, content: 'x' }] })], {
        branch: 'main',
      })
      await expect(wrong).rejects.toThrow(Fault)
      expect(git('for-each-ref')).toBe('')
    },
  )

  test('an author without a name is refused', async () => {
    await expect(
      fastImport(repository(), [commit({ by: { name: ' ', email: 'x' } })], { branch: 'main' }),
    ).rejects.toThrow('" " is no name that git can hold')
  })

  test('a source that throws leaves the branch where it was and throws its own error', async () => {
    function* source(): Generator<Commit> {
      yield commit()
      throw new Error('the log is torn')
    }
    await expect(fastImport(repository(), source(), { branch: 'main' })).rejects.toThrow('the log is torn')
    expect(git('for-each-ref')).toBe('')
  })

  test('no commit at all is a fault', async () => {
    await expect(fastImport(repository(), [], { branch: 'main' })).rejects.toThrow('There is no commit to write')
  })

  test('what git refuses is a fault in its words, also while thousands of commits still wait', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => commit({ at: index }))
    const wrong = fastImport(repository(), many, { branch: 'main', onto: 'f'.repeat(40) })
    await expect(wrong).rejects.toMatchObject({ name: 'Fault', code: 4, message: expect.stringContaining('fatal') })
    expect(git('for-each-ref')).toBe('')
  })

  test('a folder that is no repository is a fault', async () => {
    rmSync(join(dir, '.git'), { recursive: true })
    await expect(fastImport(repository(), [commit()], { branch: 'main' })).rejects.toThrow('is not in a git repository')
    expect(readdirSync(dir)).toEqual([])
  })
})
