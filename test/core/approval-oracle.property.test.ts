import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Decision, decide } from '../../src/core/approval/decide.ts'
import { type Demand, demandsOf } from '../../src/core/approval/demand.ts'
import type { PullRequest } from '../../src/core/approval/pull-request.ts'
import { sightKey } from '../../src/core/approval/seen-commit.ts'
import type { Sight } from '../../src/core/approval/sight.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { accounts, judgedAt, type ReviewHistory, reviewHistories } from '../support/review-history.ts'
import { oracle } from '../support/review-oracle.ts'
import { shipped } from '../support/shipped.ts'

const isLong = process.env['GITSM_TEST_LONG'] === '1'

const doc = (type: string, id: string, data: Data): RecordDoc => ({
  type,
  id,
  file: `records/${type}/${id}.yaml`,
  data: { id, ...data },
})

const standing: readonly RecordDoc[] = [
  doc('team', 'cab', {
    members: [
      { login: 'ada', id: 1 },
      { login: 'bob' },
      { login: 'carla', id: 3, name: 'Carla Nuñez' },
      { login: 'Erik', id: 5 },
    ],
  }),
  doc('team', 'platform', {
    members: [{ login: 'carla', id: 3 }, { login: 'dmitri' }, { login: 'steward[bot]' }, { login: 'fatima' }],
  }),
  doc('team', 'board', { members: [{ login: 'erik', id: 5 }] }),
  doc('service', 'webshop', { owner: 'platform' }),
  doc('service', 'payment', { owner: 'board' }),
  doc('service', 'orphan', {}),
]

const sha = (commit: number): string => String(commit).repeat(40)
const baseSha = (place: number): string => 'abc'.charAt(place).repeat(40)

function filled(fields: Readonly<Record<string, unknown>>): Data {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''))
}

/** What the engine decides of a made-up pull request, from records and the facts that GitHub would tell. */
function decided(history: ReviewHistory): Decision {
  const { type, asks, expires, retroactive, services, team, requester, implementer } = history
  const rule = filled({
    name: 'r',
    when: {},
    require: asks,
    expires: expires === null ? null : `PT${expires}S`,
    retroactive: retroactive === null ? null : `PT${retroactive}S`,
  })
  const policy = doc('policy', 'p', { guards: type, rules: [rule] })
  const item = history.hasItem ? [doc('catalogue-item', 'desk', filled({ approval: history.item }))] : []
  const [before, after] = type === 'change' ? ['authorize', 'scheduled'] : ['awaiting_approval', 'approved']
  const record = (state: string, plan: string): RecordDoc =>
    doc(
      type,
      'X-1',
      filled({
        state,
        change_type: 'normal',
        plan,
        services,
        team,
        requester,
        implementer,
        ...(type === 'request' && { item: 'desk' }),
      }),
    )
  const stood = record(before, '')
  const base = indexRecords([...standing, policy, ...item, stood])

  const shown = new Map<string, readonly Demand[]>()
  const demands = (plan: string, window: boolean): readonly Demand[] => {
    const key = `${plan} ${window}`
    const found = shown.get(key)
    if (found) return found
    const now = record(after, plan)
    const made = demandsOf({
      rulebook: shipped.rulebook,
      base,
      result: indexRecords([...standing, policy, ...item, now]),
      changes: [{ kind: 'edited', before: stood, after: now }],
      files: [],
      computed: new Map([[`${type}/X-1`, { windows: window ? [{ kind: 'maintenance', id: 'sunday' }] : [] }]]),
    })
    shown.set(key, made)
    return made
  }

  const pull = pullOf(history)
  const sights = new Map<string, Sight>()
  for (const [commit, said] of history.says.entries()) {
    const sight = (window: boolean): Sight =>
      said === 'gone' ? { unreadable: 'it is gone' } : { demands: demands(said, window) }
    // Where nobody observed the base, a commit shows what it shows on the base that it grew from.
    sights.set(sightKey(sha(commit), undefined, pull), sight(history.bases[0]?.window ?? false))
    for (const { window, at } of pull.bases.length > 0 ? history.bases : []) {
      sights.set(sightKey(sha(commit), at, pull), sight(window))
    }
  }
  const head = history.says[Number(pull.head[0])] ?? 'gone'
  const [demand, ...others] = demands(head, history.bases.at(-1)?.window ?? false)
  if (!demand || others.length > 0) throw new Error('one approval is asked for')
  return decide(demand, { pull, sights, base, result: base, now: judgedAt })
}

function pullOf(history: ReviewHistory): PullRequest {
  const person = (who: number | null) => (who === null ? null : (accounts[who] ?? null))
  return {
    number: 1,
    author: person(history.author),
    base: 'main',
    ...(history.retargetedAt !== null && { retargetedAt: history.retargetedAt }),
    head: sha(history.otherHead ?? history.pushes.at(-1)?.commit ?? 4),
    committers: history.committers.map(person),
    heads: history.pushes.map(({ commit, at, by }) => ({
      sha: sha(commit),
      since: at,
      ...(by !== undefined && { by: person(by) }),
    })),
    bases: history.basesObserved ? history.bases.map(({ at }, place) => ({ sha: baseSha(place), since: at })) : [],
    reviews: history.reviews.map(({ who, state, commit, at }) => ({
      user: who === null ? null : (accounts[who] ?? null),
      state,
      commit: commit === null ? null : sha(commit),
      ...(at !== null && { submittedAt: at }),
    })),
    now: judgedAt,
  }
}

const agreement = 'the decision agrees with an oracle that shares no code with it, on random review histories'

test(agreement, { timeout: isLong ? 1_200_000 : 60_000 }, () => {
  const runs = isLong ? 100_000 : 10_000
  const count = { met: 0, refused: 0, follows: 0, expires: 0 }
  fc.assert(
    fc.property(reviewHistories, (history) => {
      const expected = oracle(history)
      count[expected.met ? 'met' : 'refused'] += 1
      if (expected.until !== null) count.follows += 1
      if (expected.expires !== null) count.expires += 1
      const { met, until = null, expires = null } = decided(history)
      expect({ met, until, expires }).toEqual(expected)
    }),
    { numRuns: runs },
  )
  expect(count.met).toBeGreaterThan(runs / 10)
  expect(count.refused).toBeGreaterThan(runs / 3)
  expect(count.follows).toBeGreaterThan(runs / 20)
  expect(count.expires).toBeGreaterThan(runs / 30)
})
