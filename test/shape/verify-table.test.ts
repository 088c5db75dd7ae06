import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forgeries } from '../support/forgeries.ts'
import { offences } from '../support/mainline/offences.ts'
import { unauthorised } from '../support/mainline/unauthorised.ts'
import { projectRoot } from '../support/shipped.ts'

test('docs/verify.md lists every kind of offence that the tests plant, and by what it is found', () => {
  const text = docs()
  const rows = [...offences, ...unauthorised].map(({ kind, deeds }) => {
    const rules = [...new Set(deeds.flatMap(({ finds = [] }) => finds))].toSorted()
    return `| ${kind} | ${rules.map((rule) => `\`${rule}\``).join(', ')} |`
  })
  expect(table(text, 1)).toBe(rows.join('\n'))
})

test('docs/verify.md lists every kind of forged evidence that the tests plant', () => {
  const rows = forgeries.map(({ kind, finds = ['decision-holds'] }) => {
    return `| ${kind} | ${['approval-given', ...finds].map((rule) => `\`${rule}\``).join(', ')} |`
  })
  expect(table(docs(), 2)).toBe(rows.join('\n'))
})

function table(text: string, number: number): string | undefined {
  return /^(?:\|.*\n)+/.exec(text.split('| --- | --- |\n')[number] ?? '')?.[0].trim()
}

function docs(): string {
  return readFileSync(join(projectRoot, 'docs/verify.md'), 'utf8')
}
