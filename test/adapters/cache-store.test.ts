import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { cacheStore } from '../../src/adapters/cache-store.ts'
import { temporaryFolder } from '../support/repo.ts'

const content = Buffer.from('what was worked out once')

function filled(): { readonly folder: string; readonly file: string } {
  const folder = join(temporaryFolder(), 'gitsm')
  expect(cacheStore(folder).put('history', 'key 1', content)).toBe(true)
  return { folder, file: join(folder, 'history') }
}

describe('a cache gives back what was put there', () => {
  test('under its name and key, also when it was put there in pieces or holds nothing', () => {
    const store = cacheStore(join(temporaryFolder(), 'deep', 'gitsm'))
    expect(store.get('history', 'k')).toBeUndefined()
    store.put('history', 'k', [content.subarray(0, 5), content.subarray(5)])
    store.put('nothing', '', new Uint8Array())
    expect(store.get('history', 'k')).toEqual(content)
    expect(store.get('nothing', '')).toEqual(Buffer.alloc(0))
    expect((store.get('history', 'k')?.byteOffset ?? 1) % 8).toBe(0)
  })

  test('the last of it', () => {
    const { folder } = filled()
    cacheStore(folder).put('history', 'key 2', Buffer.from('new'))
    expect(cacheStore(folder).get('history', 'key 1')).toBeUndefined()
    expect(cacheStore(folder).get('history', 'key 2')?.toString()).toBe('new')
    expect(fs.readdirSync(folder)).toEqual(['history'])
  })

  test('not under a name that could lead out of its folder', () => {
    const store = cacheStore(temporaryFolder())
    for (const name of ['../history', 'a/b', '.hidden', '', 'A']) {
      expect(() => store.put(name, 'k', content)).toThrow('cannot be the name of a cache')
    }
  })
})

describe('what is not exactly what was put there counts as nothing', () => {
  test('a file with any one byte changed', () => {
    const { folder, file } = filled()
    const whole = fs.readFileSync(file)
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      fs.writeFileSync(file, damaged)
      expect(cacheStore(folder).get('history', 'key 1'), `byte ${at}`).toBeUndefined()
    }
  })

  test('a file cut short anywhere, or with something behind it', () => {
    const { folder, file } = filled()
    const whole = fs.readFileSync(file)
    for (let length = 0; length < whole.length; length++) {
      fs.writeFileSync(file, whole.subarray(0, length))
      expect(cacheStore(folder).get('history', 'key 1'), `${length} bytes`).toBeUndefined()
    }
    fs.writeFileSync(file, Buffer.concat([whole, Buffer.from('\n')]))
    expect(cacheStore(folder).get('history', 'key 1')).toBeUndefined()
  })

  test('content put there under another key, or in another layout', () => {
    const { folder, file } = filled()
    const store = cacheStore(folder)
    for (const key of ['key 2', 'key 11', 'key', '']) expect(store.get('history', key)).toBeUndefined()
    fs.writeFileSync(file, fs.readFileSync(file, 'latin1').replace('gitsm-cache 2', 'gitsm-cache 1'), 'latin1')
    expect(store.get('history', 'key 1')).toBeUndefined()
  })

  test('another cache under its name, or what is no file at all', () => {
    const { folder, file } = filled()
    const store = cacheStore(folder)
    store.put('tree', 'key 9', content)
    fs.copyFileSync(join(folder, 'tree'), file)
    expect(store.get('history', 'key 1')).toBeUndefined()
    fs.rmSync(file)
    fs.mkdirSync(file)
    expect(store.get('history', 'key 1')).toBeUndefined()
  })

  test('and is replaced by what is put there next', () => {
    const { folder, file } = filled()
    fs.writeFileSync(file, 'rubbish')
    cacheStore(folder).put('history', 'key 1', content)
    expect(cacheStore(folder).get('history', 'key 1')).toEqual(content)
  })
})

describe('a cache that cannot be written is no error', () => {
  test('where a file stands in the way of its folder, or a folder in the way of its file', () => {
    const folder = join(temporaryFolder(), 'gitsm')
    fs.writeFileSync(folder, '')
    expect(cacheStore(folder).put('history', 'k', content)).toBe(false)
    expect(cacheStore(folder).get('history', 'k')).toBeUndefined()
    const other = join(temporaryFolder(), 'gitsm')
    fs.mkdirSync(join(other, 'history', 'x'), { recursive: true })
    expect(cacheStore(other).put('history', 'k', content)).toBe(false)
  })
})

describe('a folder of caches stays within its limit', () => {
  test('by losing what was used longest ago', () => {
    const folder = temporaryFolder()
    const store = cacheStore(folder, 1000)
    for (const [age, name] of ['a', 'b', 'c'].entries()) {
      store.put(name, 'k', Buffer.alloc(250))
      fs.utimesSync(join(folder, name), 1_000_000 + age, 1_000_000 + age)
    }
    fs.utimesSync(join(folder, 'a'), 2_000_000, 1_000_000)
    store.put('d', 'k', Buffer.alloc(250))
    expect(fs.readdirSync(folder)).toEqual(['a', 'c', 'd'])
    expect(store.put('e', 'k', Buffer.alloc(1000))).toBe(false)
    expect(fs.readdirSync(folder)).toEqual(['a', 'c', 'd'])
  })

  test('and loses files that a process left behind a day ago when it was killed', () => {
    const { folder } = filled()
    const [old, fresh] = ['.tree.gitsm-999999999', `.tree.gitsm-${process.ppid}`]
    for (const name of [old, fresh]) fs.writeFileSync(join(folder, name), 'half')
    fs.utimesSync(join(folder, old), 1_000_000, 1_000_000)
    cacheStore(folder).put('history', 'k', content)
    expect(fs.readdirSync(folder)).toEqual([fresh, 'history'])
  })
})

/** A process that fills a cache over and over, each time with one letter a million times. */
function writer(folder: string, letter: string): ChildProcess {
  const program = join(temporaryFolder(), 'writer.cjs')
  buildSync({
    stdin: {
      contents: `
        import { cacheStore } from './cache-store.ts'
        const store = cacheStore(process.argv[2])
        const bytes = Buffer.alloc(1e6, process.argv[3])
        const write = () => { if (store.put('history', 'k', bytes)) process.stdout.write('.'); setImmediate(write) }
        write()`,
      resolveDir: fileURLToPath(new URL('../../src/adapters', import.meta.url)),
      loader: 'ts',
    },
    outfile: program,
    bundle: true,
    platform: 'node',
  })
  return spawn(process.execPath, [program, folder, letter], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Waits until a process has written that often. */
async function written(child: ChildProcess, times: number): Promise<void> {
  for (let seen = 0; seen < times; ) {
    const [chunk] = await once(child.stdout ?? child, 'data')
    seen += Buffer.isBuffer(chunk) ? chunk.length : 0
  }
}

describe('several processes', () => {
  test('at once: a reader sees what one of them wrote, whole', async () => {
    const folder = temporaryFolder()
    const writers = ['a', 'b'].map((letter) => writer(folder, letter))
    try {
      await Promise.all(writers.map((child) => written(child, 1)))
      const seen = new Set<string>()
      for (let read = 0; read < 200 || seen.size < 2; read++) {
        const found = cacheStore(folder).get('history', 'k')
        const letter = String.fromCharCode(found?.[0] ?? 0)
        expect(found?.equals(Buffer.alloc(1e6, letter))).toBe(true)
        seen.add(letter)
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect([...seen].toSorted()).toEqual(['a', 'b'])
    } finally {
      await Promise.all(writers.map(ended))
    }
  })

  test('a kill at any moment leaves what was there before, or what came', async () => {
    const folder = temporaryFolder()
    for (let kill = 0; kill < 12; kill++) {
      const child = writer(folder, kill % 2 === 0 ? 'a' : 'b')
      await written(child, 1 + (kill % 3))
      await new Promise((resolve) => setTimeout(resolve, kill / 2))
      await ended(child)
      const found = cacheStore(folder).get('history', 'k')
      expect(found?.equals(Buffer.alloc(1e6, kill % 2 === 0 ? 'a' : 'b'))).toBe(true)
    }
    cacheStore(folder).put('history', 'k', content)
    expect(fs.readdirSync(folder)).toEqual(['history'])
  })
})
