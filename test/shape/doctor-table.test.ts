import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { githubExaminations } from '../../src/core/doctor/github-examinations.ts'
import { localExaminations } from '../../src/core/doctor/local-examinations.ts'
import { carefulRules } from '../../src/core/workflow/careful-rules.ts'
import { graveRules } from '../../src/core/workflow/grave-rules.ts'
import type { WorkflowRule } from '../../src/core/workflow/rule.ts'
import { projectRoot } from '../support/shipped.ts'

const text = readFileSync(join(projectRoot, 'docs/setup.md'), 'utf8')

/** The rows of the table with this head. */
function tableBelow(head: string): readonly string[] {
  const below = text.split(`${head}\n`)[1]?.split('\n\n')[0] ?? ''
  return below.trim().split('\n').slice(1)
}

test('docs/setup.md lists everything that the doctor looks at', () => {
  const rows = [...localExaminations, ...githubExaminations].map(
    ({ id, severity, summary }) => `| \`${id}\` | ${severity} | ${summary} |`,
  )
  expect(tableBelow('| check | weight | what should hold |')).toEqual(rows)
})

test('docs/setup.md tells what each rule for workflows is for', () => {
  const told = (rules: readonly WorkflowRule[], whose: string): readonly string[] =>
    rules.map(({ id, why }) => `| \`${id}\` | ${whose} | ${why} |`)
  const rows = [...told(graveRules, 'all'), ...told(carefulRules, 'ours')]
  expect(tableBelow('| rule | for | because |')).toEqual(rows)
})
