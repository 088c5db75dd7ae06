import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from '../../src/adapters/new-folder.ts'
import { temporaryFolder } from '../support/repo.ts'

describe('a new folder', () => {
  test('is not there until it is complete, and then whole', async () => {
    const home = temporaryFolder()
    const path = join(home, 'new')
    const answer = await newFolder(path, async (folder) => {
      await writeFile(join(folder, 'a.txt'), 'a')
      expect(existsSync(path)).toBe(false)
      return 42
    })
    expect(answer).toBe(42)
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('a')
    expect(readdirSync(home)).toEqual(['new'])
  })

  test('may stand there empty', async () => {
    const path = temporaryFolder()
    await newFolder(path, (folder) => writeFile(join(folder, 'a.txt'), 'a'))
    expect(readdirSync(path)).toEqual(['a.txt'])
  })

  test.each(['absent', 'empty'])('that was %s is as before when filling it fails', async (before) => {
    const home = temporaryFolder()
    const path = join(home, 'new')
    if (before === 'empty') mkdirSync(path)
    const failing = newFolder(path, async (folder) => {
      await writeFile(join(folder, 'a.txt'), 'a')
      throw new Error('the disk is full')
    })
    await expect(failing).rejects.toThrow('the disk is full')
    expect(readdirSync(home)).toEqual(before === 'empty' ? ['new'] : [])
    if (before === 'empty') expect(readdirSync(path)).toEqual([])
  })

  test('that someone else made in the meantime is not overwritten', async () => {
    const home = temporaryFolder()
    const path = join(home, 'new')
    const late = newFolder(path, async (folder) => {
      await writeFile(join(folder, 'a.txt'), 'a')
      mkdirSync(path)
      writeFileSync(join(path, 'mine.txt'), 'mine')
    })
    await expect(late).rejects.toMatchObject({ name: 'Fault', code: 4 })
    expect(readdirSync(path)).toEqual(['mine.txt'])
    expect(readdirSync(home)).toEqual(['new'])
  })

  test('with something in it, a file, and a folder without a parent are faults of usage', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'file'), '')
    const fill = (): Promise<void> => Promise.resolve()
    await expect(newFolder(home, fill)).rejects.toThrow('is not empty')
    await expect(newFolder(join(home, 'file'), fill)).rejects.toThrow('is a file')
    await expect(newFolder(join(home, 'file', 'x'), fill)).rejects.toHaveProperty('code', 2)
    await expect(newFolder(join(home, 'no', 'x'), fill)).rejects.toThrow(`There is no folder ${join(home, 'no')}`)
    expect(readdirSync(home)).toEqual(['file'])
  })
})
