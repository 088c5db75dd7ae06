import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPullFile } from '../../src/adapters/pull-file.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { temporaryFolder } from '../support/repo.ts'
import { projectRoot } from '../support/shipped.ts'

test('the file that docs/approvals.md shows can be read', () => {
  const [, shown = ''] = /```json\n(.*?)```/s.exec(readFileSync(join(projectRoot, 'docs/approvals.md'), 'utf8')) ?? []
  const path = join(temporaryFolder(), 'pull.json')
  writeFileSync(path, shown)
  const head = '1f0c2ab7c3d94e5f60718293a4b5c6d7e8f90a1b'
  expect(readPullFile(path, 0)).toMatchObject({
    number: 12,
    author: { login: 'kate', id: 4711 },
    head,
    heads: [{ sha: head, since: parseInstant('2026-11-20T09:00:00Z') }],
    reviews: [{ state: 'APPROVED', user: { login: 'lena' }, commit: head }],
  })
})
