import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { githubExaminations } from '../../src/core/doctor/github-examinations.ts'
import { localExaminations } from '../../src/core/doctor/local-examinations.ts'
import { workflowRules } from '../../src/core/workflow/rules.ts'
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
  const rows = workflowRules.map(({ id, grave, why }) => `| \`${id}\` | ${grave ? 'all' : 'ours'} | ${why} |`)
  expect(tableBelow('| rule | for | because |')).toEqual(rows)
})
