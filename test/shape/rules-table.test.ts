import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ledgerRules, mergeRules, type RuleSummary, readingRules, replayRules } from '../../src/core/reading-rules.ts'
import { changeRules, dueRules, mainlineRules, treeRules } from '../../src/rules/index.ts'
import { projectRoot } from '../support/shipped.ts'

function table(rules: readonly RuleSummary[]): string {
  return rules.map(({ id, summary }) => `| \`${id}\` | ${summary} |`).join('\n')
}

describe('docs/rules.md', () => {
  const text = readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8')

  test('lists every rule as the code says it, in the order of the code', () => {
    const sections = [
      readingRules,
      treeRules,
      dueRules,
      [...changeRules, ...mergeRules],
      [...mainlineRules, ...replayRules],
      ledgerRules,
    ].map(table)
    expect(
      text
        .split(/\| --- \| --- \|\n/)
        .slice(1)
        .map((part) => part.split('\n\n')[0]?.trim()),
    ).toEqual(sections)
  })

  test('every finding that is not a rule of its own is listed', () => {
    const sources = ['src/adapters', 'src/core', 'src/journeys'].flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(projectRoot, folder, name), 'utf8')),
    )
    const found = sources.flatMap((source) =>
      Array.from(
        source.matchAll(/\brule: '([a-z-]+)'|\bwrong\('([a-z-]+)'/g),
        ([, field, call]) => field ?? call ?? '',
      ),
    )
    const listed = [...readingRules, ...mergeRules, ...replayRules, ...ledgerRules].map(({ id }) => id)
    expect(listed).toEqual(expect.arrayContaining([...new Set(found)]))
  })
})
