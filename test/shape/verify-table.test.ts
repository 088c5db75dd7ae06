import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offences } from '../support/mainline/offences.ts'
import { unauthorised } from '../support/mainline/unauthorised.ts'
import { projectRoot } from '../support/shipped.ts'

test('docs/verify.md lists every kind of offence that the tests plant, and by what it is found', () => {
  const text = readFileSync(join(projectRoot, 'docs/verify.md'), 'utf8')
  const rows = [...offences, ...unauthorised].map(({ kind, deeds }) => {
    const rules = [...new Set(deeds.flatMap(({ finds = [] }) => finds))].toSorted()
    return `| ${kind} | ${rules.map((rule) => `\`${rule}\``).join(', ')} |`
  })
  expect(text.split('| --- | --- |\n')[1]?.trim()).toBe(rows.join('\n'))
})
