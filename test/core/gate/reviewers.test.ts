import { describe, expect, test } from 'vitest'
import type { PullRequest, Review } from '../../../src/core/approval/pull-request.ts'
import { reviewersToAsk } from '../../../src/core/gate/reviewers.ts'
import type { Verdict } from '../../../src/core/verdict.ts'

const head = 'b'.repeat(40)

function pull(reviews: readonly Review[] = [], author = 'kate'): PullRequest {
  const heads = [
    { sha: 'a'.repeat(40), since: 100 },
    { sha: head, since: 200 },
  ]
  return {
    number: 1,
    author: { login: author },
    base: 'main',
    head,
    committers: [],
    heads,
    bases: [],
    reviews,
    now: 300,
  }
}

function missing(approvals: number, ...people: readonly string[]): Verdict {
  return { met: false, because: '', parts: [], awaits: { approvals, teams: ['cab'], people } }
}

function spoke(login: string, submittedAt: number, commit: string): Review {
  return { user: { login, program: false }, state: 'COMMENTED', commit, submittedAt }
}

describe('asked to review', () => {
  test('are those who can give what is missing, and two more than are needed', () => {
    expect(reviewersToAsk([missing(1, 'ada', 'ben', 'cleo', 'dora')], pull(), [])).toEqual(['ada', 'ben', 'cleo'])
    expect(reviewersToAsk([missing(2, 'ada', 'ben', 'cleo', 'dora', 'eva')], pull(), [])).toHaveLength(4)
  })

  test('are not the author, nor those who were asked already, whose number counts', () => {
    expect(reviewersToAsk([missing(1, 'kate', 'ben')], pull(), [])).toEqual(['ben'])
    expect(reviewersToAsk([missing(1, 'ada', 'ben', 'cleo', 'dora')], pull(), [{ login: 'Ada' }])).toEqual([
      'ben',
      'cleo',
    ])
    expect(
      reviewersToAsk([missing(1, 'ada', 'ben', 'cleo', 'dora')], pull(), [
        { login: 'ada' },
        { login: 'ben' },
        { login: 'cleo' },
      ]),
    ).toEqual([])
  })

  test('are not those who have spoken since the head was pushed, but those who spoke only before', () => {
    expect(reviewersToAsk([missing(1, 'ada', 'ben')], pull([spoke('ada', 250, head)]), [])).toEqual(['ben'])
    expect(reviewersToAsk([missing(1, 'ada', 'ben')], pull([spoke('ada', 150, 'a'.repeat(40))]), [])).toEqual([
      'ada',
      'ben',
    ])
  })

  test('is nobody where everything was given, and never a crowd', () => {
    expect(reviewersToAsk([{ ...missing(1, 'ada'), met: true }], pull(), [])).toEqual([])
    const crowd = Array.from({ length: 40 }, (_, at) => missing(1, ...[1, 2, 3, 4].map((n) => `p${at}-${n}`)))
    expect(reviewersToAsk(crowd, pull(), [])).toHaveLength(10)
  })
})
