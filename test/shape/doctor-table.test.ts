import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { githubExaminations } from '../../src/core/doctor/github-examinations.ts'
import { localExaminations } from '../../src/core/doctor/local-examinations.ts'
import { projectRoot } from '../support/shipped.ts'

test('docs/setup.md lists everything that the doctor looks at', () => {
  const text = readFileSync(join(projectRoot, 'docs/setup.md'), 'utf8')
  const rows = [...localExaminations, ...githubExaminations].map(
    ({ id, severity, summary }) => `| \`${id}\` | ${severity} | ${summary} |`,
  )
  const table = text.split('| check | weight | what should hold |\n| --- | --- | --- |\n')[1]
  expect(table?.trim()).toBe(rows.join('\n'))
})
