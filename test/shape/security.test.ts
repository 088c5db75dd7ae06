import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/shipped.ts'

const text = readFileSync(join(projectRoot, 'SECURITY.md'), 'utf8')

test('SECURITY.md names tests that are there', () => {
  const names = new Set(
    readdirSync(join(projectRoot, 'test'), { recursive: true }).map((path) => String(path).split('/').at(-1)),
  )
  const named = Array.from(text.matchAll(/`([\w/.-]+)`/g), ([, path = '']) => path).filter((path) =>
    /^test\/|\.test\.ts$/.test(path),
  )
  expect(named.length).toBeGreaterThan(20)
  for (const path of named) {
    if (path.startsWith('test/')) expect(existsSync(join(projectRoot, path)), path).toBe(true)
    else expect(names, path).toContain(path)
  }
})

test('SECURITY.md answers every threat of the model, T01 to T50', () => {
  const answered = new Set<number>()
  for (const [, list = ''] of text.matchAll(/^\| ((?:T\d\d[–, ]*)+)/gm)) {
    for (const [, from = '', to = from] of list.matchAll(/T(\d\d)(?:–T(\d\d))?/g)) {
      for (let at = Number(from); at <= Number(to); at++) answered.add(at)
    }
  }
  expect([...answered].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
})
