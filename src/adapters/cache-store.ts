import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { type Disk, isTemporary, writeAtomically } from './atomic-write.ts'

/**
 * Derived content kept between runs, in named places. Nothing in it is believed unchecked, and nothing is lost with it:
 * a place that cannot be read, was not written for this key, or is damaged in any byte counts as empty.
 */
export interface CacheStore {
  /** What was put there last under this very key; `undefined` for everything else. */
  get(name: string, key: string): Buffer | undefined
  /**
   * Puts content there, whole or not at all, in place of what was there; given in pieces it is kept as one. `false`
   * where the disk refuses: a cache that cannot be written is no error.
   */
  put(name: string, key: string, content: Uint8Array | readonly Uint8Array[]): boolean
}

/** The first line of every file; another layout of these files gets another number. */
const magic = Buffer.from('gitsm-cache 2\n', 'latin1')

/** The checksum after it, binary. */
const checksumLength = 32

/** The length of the key in bytes, a 32-bit number, little-endian. */
const keyLengthAt = magic.length + checksumLength
const keyAt = keyLengthAt + 4

/** The most bytes that a folder of caches may hold. */
const mostBytes = 1024 * 1024 * 1024

/** After how long a file that is still being written counts as left behind, in milliseconds. */
const abandoned = 24 * 60 * 60 * 1000

const nameForm = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What the checksum finds need not be waited for on its way to the disk. */
const impatientDisk: Disk = { ...fs, fsyncSync() {} }

/**
 * The caches in a folder, which is made when something is put there. `limit` is how many bytes it may hold: beyond it
 * what was used longest ago goes.
 *
 * A file is the magic line, the SHA-256 of all that follows, the length of the key, the key, and the content, which
 * begins at a multiple of eight bytes so that it can be looked at as numbers. Names are lower case words joined by
 * hyphens. Files are replaced whole, so that other processes see the old or the new one.
 */
export function cacheStore(folder: string, limit: number = mostBytes): CacheStore {
  return {
    get(name, key) {
      const path = pathOf(folder, name)
      try {
        if (!fs.lstatSync(path).isFile()) return undefined
        return contentOf(fs.readFileSync(path), key)
      } catch {
        return undefined
      }
    },
    put(name, key, content) {
      const path = pathOf(folder, name)
      const pieces = fileOf(key, content instanceof Uint8Array ? [content] : content)
      if (pieces.reduce((sum, { length }) => sum + length, 0) > limit) return false
      try {
        fs.mkdirSync(folder, { recursive: true })
        writeAtomically(path, pieces, impatientDisk)
      } catch {
        return false
      }
      prune(folder, limit, path)
      return true
    },
  }
}

function pathOf(folder: string, name: string): string {
  if (!nameForm.test(name)) throw new TypeError(`${JSON.stringify(name)} cannot be the name of a cache`)
  return join(folder, name)
}

function fileOf(key: string, content: readonly Uint8Array[]): readonly Uint8Array[] {
  const keyBytes = Buffer.from(key, 'utf8')
  const keyLength = Buffer.alloc(4)
  keyLength.writeUInt32LE(keyBytes.length)
  const covered = [keyLength, keyBytes, Buffer.alloc(contentAt(keyBytes) - keyAt - keyBytes.length), ...content]
  const hash = createHash('sha256')
  for (const piece of covered) hash.update(piece)
  return [magic, hash.digest(), ...covered]
}

function contentAt(key: Buffer): number {
  return Math.ceil((keyAt + key.length) / 8) * 8
}

function contentOf(file: Buffer, key: string): Buffer | undefined {
  if (file.length < keyAt || !file.subarray(0, magic.length).equals(magic)) return undefined
  const keyBytes = Buffer.from(key, 'utf8')
  if (file.readUInt32LE(keyLengthAt) !== keyBytes.length) return undefined
  if (!file.subarray(keyAt, keyAt + keyBytes.length).equals(keyBytes)) return undefined
  const checksum = createHash('sha256').update(file.subarray(keyLengthAt)).digest()
  return file.subarray(magic.length, keyLengthAt).equals(checksum) ? file.subarray(contentAt(keyBytes)) : undefined
}

/** Removes what was used longest ago until the folder holds no more than the limit; `kept` stays in any case. */
function prune(folder: string, limit: number, kept: string): void {
  try {
    const now = fs.statSync(kept)
    const others = fs.readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      const stat = fs.lstatSync(path, { throwIfNoEntry: false })
      if (!stat?.isFile() || path === kept) return []
      const used = Math.max(stat.atimeMs, stat.mtimeMs)
      const temporary = isTemporary(name)
      if (temporary && now.mtimeMs - used > abandoned) fs.rmSync(path, { force: true })
      return temporary ? [] : [{ path, used, size: stat.size }]
    })
    let total = others.reduce((sum, { size }) => sum + size, now.size)
    for (const { path, size } of others.toSorted((a, b) => a.used - b.used)) {
      if (total <= limit) return
      fs.rmSync(path, { force: true })
      total -= size
    }
  } catch {
    // Another process tidies up too, or the disk does not let us: the next time will do.
  }
}
