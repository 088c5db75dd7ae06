import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeTogether } from '../../src/adapters/write-together.ts'
import { temporaryFolder } from '../support/repo.ts'

const files = [
  { path: 'records/ci/a.yaml', text: 'new a\n' },
  { path: 'records/ci/b.yaml', text: 'new b\n' },
  { path: 'records/ci/c.yaml', text: 'new c\n' },
]

test('all files are written, with the folders on their way', () => {
  const root = temporaryFolder()
  writeTogether(root, files)
  expect(files.map(({ path }) => fs.readFileSync(join(root, path), 'utf8'))).toEqual(files.map(({ text }) => text))
  expect(fs.readdirSync(join(root, 'records/ci'))).toHaveLength(3)
})

test('when the disk refuses one, those before are put back as they were', () => {
  const root = temporaryFolder()
  fs.mkdirSync(join(root, 'records/ci'), { recursive: true })
  fs.writeFileSync(join(root, 'records/ci/a.yaml'), 'old a\n')
  const full: typeof fs.renameSync = (from, to) => {
    if (String(to).endsWith('c.yaml')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    fs.renameSync(from, to)
  }
  expect(() => writeTogether(root, files, { ...fs, renameSync: full })).toThrow(
    /c\.yaml cannot be written: the disk is full/,
  )
  expect(fs.readFileSync(join(root, 'records/ci/a.yaml'), 'utf8')).toBe('old a\n')
  expect(fs.readdirSync(join(root, 'records/ci'))).toEqual(['a.yaml'])
})

test('nothing is written through a symbolic link, nor before it', () => {
  const [root, elsewhere] = [temporaryFolder(), temporaryFolder()]
  fs.mkdirSync(join(root, 'records'))
  fs.symlinkSync(elsewhere, join(root, 'records/ci'))
  expect(() => writeTogether(root, files)).toThrow(/records\/ci is a symbolic link/)
  expect(fs.readdirSync(elsewhere)).toEqual([])
})
