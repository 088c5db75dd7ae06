import { once } from 'node:events'
import * as fs from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readWorkingTree } from '../../src/adapters/working-tree.ts'
import { Fault } from '../../src/core/fault.ts'
import { largestFile } from '../../src/core/tree.ts'

let root = ''

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'gitsm-tree-'))
})

afterEach(() => fs.rmSync(root, { recursive: true, force: true }))

function write(path: string, content: string | Uint8Array = path): void {
  fs.mkdirSync(dirname(join(root, path)), { recursive: true })
  fs.writeFileSync(join(root, path), content)
}

/** A tree in lines: path, mode, size, and whether it was read. */
function shown(...paths: readonly string[]): readonly string[] {
  return readWorkingTree(root, paths).map(
    ({ path, mode, size, bytes }) => `${path} ${mode} ${size}${bytes ? '' : ' unread'}`,
  )
}

test('files below the paths asked for come in the order of their paths', () => {
  for (const path of ['gitsm.yaml', 'records/b.yaml', 'records/a/z.yaml', 'records/a.yaml', 'README.md', '.git/HEAD'])
    write(path, 'x')
  expect(shown('records', 'gitsm.yaml', 'schemas')).toEqual([
    'gitsm.yaml file 1',
    'records/a.yaml file 1',
    'records/a/z.yaml file 1',
    'records/b.yaml file 1',
  ])
})

test('the bytes of a file are those on the disk', () => {
  const bytes = Uint8Array.from([0xff, 0, 0x0d, 0x0a])
  write('records/x.yaml', bytes)
  const [file] = readWorkingTree(root, ['records/'])
  expect(Uint8Array.from(file?.bytes ?? [])).toEqual(bytes)
})

test('a path asked for twice gives each file once', () => {
  write('records/a/x.yaml', 'x')
  expect(shown('records/a', 'records', 'records/a/x.yaml')).toEqual(['records/a/x.yaml file 1'])
})

test('a symbolic link is named and not followed', () => {
  const outside = fs.mkdtempSync(join(tmpdir(), 'gitsm-outside-'))
  fs.writeFileSync(join(outside, 'secret.yaml'), 'secret')
  write('records/a.yaml', 'x')
  fs.symlinkSync(join(outside, 'secret.yaml'), join(root, 'records/link.yaml'))
  fs.symlinkSync(outside, join(root, 'records/incident'))
  fs.symlinkSync(outside, join(root, 'schemas'))
  fs.symlinkSync('nowhere', join(root, 'records/dangling.yaml'))
  expect(shown('records', 'schemas', 'records/incident/secret.yaml', 'schemas/secret.yaml')).toEqual([
    'records/a.yaml file 1',
    'records/dangling.yaml symlink 0 unread',
    'records/incident symlink 0 unread',
    'records/link.yaml symlink 0 unread',
    'schemas symlink 0 unread',
  ])
  fs.rmSync(outside, { recursive: true })
})

test('a file over the limit is measured and not read', () => {
  write('records/big.yaml', 'x'.repeat(largestFile + 1))
  write('records/full.yaml', 'x'.repeat(largestFile))
  expect(shown('records')).toEqual([
    `records/big.yaml file ${largestFile + 1} unread`,
    `records/full.yaml file ${largestFile}`,
  ])
})

test('a repository inside counts as a submodule', () => {
  write('records/other/.git', 'gitdir: elsewhere')
  write('records/other/x.yaml')
  expect(shown('records')).toEqual(['records/other submodule 0 unread'])
})

test('a file still being written is left out, and so is a socket', async () => {
  write('records/.INC-1.yaml.gitsm-4711', 'half')
  const server = createServer().listen(join(root, 'records/socket.yaml'))
  await once(server, 'listening')
  expect(shown('records')).toEqual([])
  server.close()
})

test('a name that is not UTF-8 is listed, for the path guard to refuse', () => {
  fs.mkdirSync(join(root, 'records'))
  fs.writeFileSync(Buffer.concat([Buffer.from(join(root, 'records/')), Buffer.from([0xff])]), 'x')
  expect(shown('records')).toEqual(['records/\ufffd file 0 unread'])
})

test('a path through a file gives nothing', () => {
  write('gitsm.yaml')
  expect(shown('gitsm.yaml/x')).toEqual([])
})

test('what cannot be read is a fault with its cure', () => {
  expect(() => readWorkingTree(root, ['x'.repeat(300)])).toThrow(Fault)
  expect(() => readWorkingTree(root, ['x'.repeat(300)])).toThrow(/cannot be read: its name is too long$/)
})
