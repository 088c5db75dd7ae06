import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Disk, isTemporary, makeFolder, writeAtomically } from '../../src/adapters/atomic-write.ts'
import { exit } from '../../src/core/exit.ts'
import { Fault } from '../../src/core/fault.ts'

let folder = ''
let file = ''

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'gitsm-write-'))
  file = join(folder, 'INC-1.yaml')
})

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

/** The real disk, but its nth operation fails; `calls` counts what was asked of it. */
function failing(nth: number, code: string): { readonly disk: Disk; readonly calls: () => number } {
  let calls = 0
  const guarded = <A extends unknown[], R>(operation: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      calls += 1
      if (calls === nth) throw Object.assign(new Error(`${code}: planned`), { code })
      return operation(...args)
    }
  }
  const disk: Disk = {
    ...fs,
    openSync: guarded(fs.openSync),
    fchmodSync: guarded(fs.fchmodSync),
    writeFileSync: guarded(fs.writeFileSync),
    fsyncSync: guarded(fs.fsyncSync),
    closeSync: guarded(fs.closeSync),
    renameSync: guarded(fs.renameSync),
    unlinkSync: guarded(fs.unlinkSync),
  }
  return { disk, calls: () => calls }
}

function faultOf(act: () => void): Fault {
  try {
    act()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a file is written whole', () => {
  test('a new one', () => {
    writeAtomically(file, 'a: é\n')
    expect(fs.readFileSync(file, 'utf8')).toBe('a: é\n')
    expect(fs.readdirSync(folder)).toEqual(['INC-1.yaml'])
  })

  test('over an old one, whose permissions stay', () => {
    fs.writeFileSync(file, 'old')
    fs.chmodSync(file, 0o640)
    writeAtomically(file, new TextEncoder().encode('new'))
    expect(fs.readFileSync(file, 'utf8')).toBe('new')
    expect(fs.statSync(file).mode & 0o777).toBe(0o640)
  })

  test('and what a killed process left beside it is cleared away', () => {
    const gone = `.INC-1.yaml.gitsm-${process.pid}`
    fs.writeFileSync(join(folder, gone), 'half')
    fs.writeFileSync(join(folder, '.INC-1.yaml.gitsm-999999999'), 'half')
    fs.writeFileSync(join(folder, `.INC-1.yaml.gitsm-${process.ppid}`), 'of a process that still runs')
    expect(isTemporary(gone)).toBe(true)
    writeAtomically(file, 'new')
    expect(fs.readdirSync(folder)).toEqual([`.INC-1.yaml.gitsm-${process.ppid}`, 'INC-1.yaml'])
  })
})

describe('when any operation fails the file is the old or the new one, and nothing lies beside it', () => {
  for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
    test(code, () => {
      for (let nth = 1; ; nth += 1) {
        fs.writeFileSync(file, 'old')
        const { disk, calls } = failing(nth, code)
        const write = (): void => writeAtomically(file, 'new', disk)
        const failed = nth <= 8
        if (failed) expect(faultOf(write).code).toBe(exit.outside)
        else write()
        expect(fs.readdirSync(folder)).toEqual(['INC-1.yaml'])
        expect(fs.readFileSync(file, 'utf8')).toBe(nth <= 6 ? 'old' : 'new')
        if (calls() < nth) break
      }
    })
  }
})

describe('a fault says what is wrong and what helps', () => {
  test('a full disk', () => {
    const fault = faultOf(() => writeAtomically(file, 'new', failing(2, 'ENOSPC').disk))
    expect(fault.message).toBe(`${file} cannot be written: the disk is full`)
    expect(fault.cure).toBe('Free some space and run the command again')
  })

  test('a read-only disk', () => {
    const fault = faultOf(() => writeAtomically(file, 'new', failing(1, 'EROFS').disk))
    expect(fault.message).toBe(`${file} cannot be written: the disk is read-only`)
  })

  test('an error without a name of its own', () => {
    const fault = faultOf(() => writeAtomically(file, 'new', failing(1, 'EWEIRD').disk))
    expect(fault.message).toBe(`${file} cannot be written: EWEIRD`)
    expect(fault.cure).toMatch(/run the command again$/)
  })

  test('a folder where the file should be', () => {
    fs.mkdirSync(join(file, 'x'), { recursive: true })
    expect(faultOf(() => writeAtomically(file, 'new')).message).toBe(`${file} cannot be written: it is a folder`)
    expect(fs.readdirSync(folder)).toEqual(['INC-1.yaml'])
  })

  test('a file where a folder should be', () => {
    fs.writeFileSync(file, 'x')
    const below = join(file, 'y')
    expect(faultOf(() => makeFolder(below)).message).toBe(`${below} cannot be written: a folder in its path is a file`)
    expect(faultOf(() => writeAtomically(join(below, 'z'), 'x')).code).toBe(exit.outside)
  })
})

test('makeFolder makes the folders above as well, and leaves what is there', () => {
  const deep = join(folder, 'a', 'b')
  makeFolder(deep)
  writeAtomically(join(deep, 'x'), 'x')
  makeFolder(deep)
  expect(fs.readdirSync(deep)).toEqual(['x'])
})
