import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { changeRules, dueRules, mainlineRules, timedRules, treeRules } from '../../src/rules/index.ts'
import { shippedTypes } from '../support/shipped.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function siblings(folder: string): readonly string[] {
  return readdirSync(`${root}/${folder}`)
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''))
    .toSorted()
}

describe('registries', () => {
  test('every rule file is in the list, under its own name', () => {
    const listed = [...treeRules, ...dueRules, ...changeRules, ...mainlineRules]
    expect(listed.map(({ id }) => id).toSorted()).toEqual(siblings('src/rules'))
  })

  test('every rule on changes that goes by when commits were recorded is named as one that does', () => {
    const goesByTime = [...changeRules, ...mainlineRules].filter(({ id }) =>
      /\b(?:asOf|recorded|proofs)\b/.test(readFileSync(`${root}/src/rules/${id}.ts`, 'utf8')),
    )
    expect(timedRules.toSorted()).toEqual(goesByTime.map(({ id }) => id).toSorted())
  })

  test('every rule has a test of its own', () => {
    expect(readdirSync(`${root}/test/rules`)).toEqual(
      expect.arrayContaining(siblings('src/rules').map((name) => `${name}.test.ts`)),
    )
  })

  test.each(shippedTypes)('%s has a table of at least ten illegal things', (type) => {
    const table = readFileSync(`${root}/test/rules/illegal-${type}.test.ts`, 'utf8')
    expect(table).toContain(`records/${type}/`)
    expect(table.match(/\bfinds: \[/g)?.length ?? 0).toBeGreaterThanOrEqual(10)
  })

  test('every command file is in the list', () => {
    const framework = ['publication', 'action', 'argument', 'command', 'option-description', 'program']
    const list = readFileSync(`${root}/src/cli/index.ts`, 'utf8')
    const listed = Array.from(list.matchAll(/from '\.\/([\w-]+)\.ts'/g), ([, name = '']) => name)
    expect(listed.filter((name) => !framework.includes(name)).toSorted()).toEqual(
      siblings('src/cli').filter((name) => !framework.includes(name)),
    )
  })
})
