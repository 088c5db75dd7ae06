import { describe, expect, test } from 'vitest'
import { check } from '../../src/journeys/check.ts'
import { worldOf } from '../support/approval-world.ts'
import type { DeclaredCommit } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

type Files = NonNullable<DeclaredCommit['write']>

const at = '2026-03-02T10:00:00Z'
const [a, b] = ['INC-20260302-AAAA', 'INC-20260302-BBBB']
const article = 'records/knowledge/2026/07/KB-20260703-J9SV.yaml'

const problem = 'records/problem/2026/10/PRB-20261005-4GQX.yaml'

/** What a check says of a pull request, reading only what matters to it if that will do, and reading everything. */
async function both(before: Files, change: Files) {
  const repo = webshop({ at, write: before })
  const base = repo.git(['rev-parse', 'HEAD'])
  repo.commit({ at, write: change })
  const ask = (excerptFrom: number) => check(worldOf(repo.dir), { base, excerptFrom })
  return { part: await ask(0), whole: await ask(Number.POSITIVE_INFINITY) }
}

describe('a check of a part of the tree finds what is wrong by way of records that were not touched', () => {
  const cases: { readonly [what: string]: readonly [before: Files, change: Files, rule: string] } = {
    'an id that another folder has': [
      { [incidentFile(a)]: incident(a, 'new') },
      { [`records/incident/2026/04/${a}.yaml`]: incident(a, 'new') },
      'id-unique',
    ],
    'a circle that an edit closes': [
      { [incidentFile(a)]: incident(a, 'new', { parent: b }), [incidentFile(b)]: incident(b, 'new') },
      { [incidentFile(b)]: incident(b, 'new', { parent: a }) },
      'lineage-has-an-end',
    ],
    'a name that is nearly that of another record': [
      { [incidentFile(a)]: incident(a, 'new') },
      { [incidentFile(b)]: incident(b, 'new', { parent: 'INC-20260302-AAAB' }) },
      'reference-exists',
    ],
    'a record that goes': [{ [incidentFile(a)]: incident(a, 'new') }, { [incidentFile(a)]: null }, 'never-deleted'],
    'a service that others name': [
      { [incidentFile(a)]: incident(a, 'new') },
      { 'records/service/webshop.yaml': null },
      'reference-exists',
    ],
  }
  for (const [what, [before, change, rule]] of Object.entries(cases)) {
    test(what, async () => {
      const { part, whole } = await both(before, change)
      expect(whole.out).toContain(`"rule": "${rule}"`)
      expect(part).toEqual(whole)
    })
  }
})

test('what an edit makes wrong in a record that looks at it is found', async () => {
  const edited = shippedText(article).replace('state: pending_retirement', 'state: retired')
  const { part, whole } = await both(
    {
      [article]: shippedText(article),
      [problem]: shippedText(problem).replace(/^article: .*$/m, 'article: KB-20260703-J9SV'),
    },
    { [article]: `${edited}  - { at: 2026-11-20T09:00:00Z, by: ada, state: retired }\n` },
  )
  const { diagnostics } = JSON.parse(part.out)
  const wrong = diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')
  expect(part).toEqual(whole)
  expect(wrong.map(({ rule, file }: { rule: string; file: string }) => `${rule} ${file}`)).toContain(
    `known-error-is-told ${problem}`,
  )
  // Nothing else would have given the edit away.
  expect(wrong.filter(({ file }: { file: string }) => file === article)).toEqual([])
})

test('what was wrong before is left to validate, unless the change is wrong itself', async () => {
  const wrong = { [incidentFile(a)]: incident(a, 'new', { parent: 'INC-20260302-ZZZZ' }) }
  const good = await both(wrong, { [incidentFile(b)]: incident(b, 'new') })
  expect(good.whole.code).toBe(1)
  expect(good.part.code).toBe(0)
  const bad = await both(wrong, { [incidentFile(b)]: incident(b, 'new', { parent: 'INC-20260302-YYYY' }) })
  expect(bad.part).toEqual(bad.whole)
  expect(bad.part.out).toContain(a)
})
