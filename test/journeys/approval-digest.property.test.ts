import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { gate, pullFile, userOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { webshop } from '../support/webshop.ts'

const opened = '2026-03-02T09:00:00Z'
const policy = 'records/policy/change-authorisation.yaml'
const ends = ['2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z'] as const

/** What happens to a pull request after it was approved, or to the branch that it is for. */
type Deed =
  | { readonly kind: 'plan'; readonly ends: 0 | 1 }
  | { readonly kind: 'remark' | 'update' | 'rebase' | 'elsewhere' }
  | { readonly kind: 'freeze' | 'thaw' | 'stricter' | 'as before' }

const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant<'plan'>('plan'), ends: fc.constantFrom<0 | 1>(0, 1) }),
    fc.record({
      kind: fc.constantFrom<'remark' | 'update' | 'rebase' | 'elsewhere'>('remark', 'update', 'rebase', 'elsewhere'),
    }),
    fc.record({
      kind: fc.constantFrom<'freeze' | 'thaw' | 'stricter' | 'as before'>('freeze', 'thaw', 'stricter', 'as before'),
    }),
  ),
  { minLength: 1, maxLength: 5 },
)

const [record = ''] = Object.keys(change('CHG-DIGEST', 'scheduled', opened, 0))
const planned = (end: 0 | 1, remarks: number): string =>
  `${change('CHG-DIGEST', 'scheduled', opened, 0, { planned_end: ends[end] })[record]}${'# a remark\n'.repeat(remarks)}`

const freeze = `id: planted-freeze
title: Nothing moves
kind: freeze
from: 2027-03-01T00:00:00Z
to: 2027-03-08T00:00:00Z
applies_to: { services: [catalogue-search] }
`

/** Plays what happened in a real repository, and says whether what was approved is what would be merged. */
function played(repo: TestRepo, done: readonly Deed[]) {
  const state = { end: 0 as 0 | 1, remarks: 0, frozen: false, stricter: false }
  let at = instant('2026-03-04T00:00:00Z')
  const on = (branch: string) => repo.git(['checkout', '--quiet', branch])
  const commit = (branch: string, write: Readonly<Record<string, string | null>>) => {
    on(branch)
    repo.commit({ at: formatInstant(at), by: branch === 'main' ? 'ada' : 'kate', write })
  }
  const heads: { sha: string; since: string; by: object }[] = []
  const bases: { sha: string; since: string }[] = []
  const observe = () => {
    for (const [list, branch] of [
      [heads, 'topic'],
      [bases, 'main'],
    ] as const) {
      const sha = repo.git(['rev-parse', branch])
      if (list.at(-1)?.sha !== sha) list.push({ sha, since: formatInstant(at), by: userOf('kate') })
    }
  }
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  commit('topic', { [record]: planned(0, 0) })
  observe()
  const seen = heads[0]?.sha ?? ''
  const approvedAt = formatInstant(at + 1800)
  for (const deed of done) {
    at += 3600
    if (deed.kind === 'plan') state.end = deed.ends
    if (deed.kind === 'remark') state.remarks += 1
    if (deed.kind === 'plan' || deed.kind === 'remark') commit('topic', { [record]: planned(state.end, state.remarks) })
    if (deed.kind === 'elsewhere') commit('main', { 'docs/elsewhere.md': `${at}\n` })
    if (deed.kind === 'freeze' || deed.kind === 'thaw') {
      state.frozen = deed.kind === 'freeze'
      commit('main', { 'records/window/planted-freeze.yaml': state.frozen ? freeze : null })
    }
    if (deed.kind === 'stricter' || deed.kind === 'as before') {
      state.stricter = deed.kind === 'stricter'
      const text = shippedText(policy)
      commit('main', {
        [policy]: state.stricter ? text.replace('approvals: 2, from: [cab]', 'approvals: 2, from: [cab, ecab]') : text,
      })
    }
    on('topic')
    if (deed.kind === 'update') repo.git(['merge', '--quiet', '--no-edit', 'main'], formatInstant(at), 'kate')
    if (deed.kind === 'rebase') repo.git(['rebase', '--quiet', 'main'], formatInstant(at), 'kate')
    observe()
  }
  on('main')
  const holds = state.end === 0 && !state.frozen && !state.stricter
  return { heads, bases, seen, approvedAt, holds, head: heads.at(-1)?.sha ?? '' }
}

test('an approval holds exactly as long as what was seen is what would be merged', { timeout: 600_000 }, async () => {
  const count = { held: 0, void: 0 }
  await fc.assert(
    fc.asyncProperty(deeds, fc.boolean(), fc.boolean(), fc.boolean(), async (done, moved, observed, excerpt) => {
      const repo = webshop()
      const { heads, bases, seen, approvedAt, holds, head } = played(repo, done)
      // GitHub may say of an old review that it was given on the new head.
      const on = moved ? head : seen
      const reviews = ['dmitri', 'grace'].map((by) => ({ by, on, at: approvedAt }))
      const told = await gate(repo, {
        base: 'main',
        ...(excerpt && { excerptFrom: 1 }),
        pull: pullFile(repo, head, reviews, { heads, ...(observed && { bases }) }),
      })
      count[holds ? 'held' : 'void'] += 1
      expect(told.approvals).toMatchObject([{ id: 'CHG-DIGEST', rule: 'high risk', met: holds }])
    }),
    { numRuns: process.env['GITSM_TEST_LONG'] === '1' ? 200 : 12 },
  )
  expect(count.held).toBeGreaterThan(2)
  expect(count.void).toBeGreaterThan(2)
})
