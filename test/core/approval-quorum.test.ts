import { describe, expect, test } from 'vitest'
import { approvalsNeeded, quorumOf, quorumText } from '../../src/core/approval/quorum.ts'

describe('how many must approve', () => {
  test.each<[unknown, string, readonly number[]]>([
    [2, '2 approvals from', [2, 2, 2, 2, 2]],
    [1, '1 approval from', [1, 1, 1, 1, 1]],
    ['majority', 'approvals from a majority of', [1, 1, 2, 3, 3]],
    ['50%', 'approvals from 50% of', [1, 1, 1, 2, 3]],
    ['60%', 'approvals from 60% of', [1, 1, 2, 3, 3]],
    ['67%', 'approvals from 67% of', [1, 1, 2, 3, 4]],
    ['100%', 'approvals from 100% of', [1, 1, 2, 4, 5]],
    ['1%', 'approvals from 1% of', [1, 1, 1, 1, 1]],
  ])('%s, of 0, 1, 2, 4 and 5 members', (given, words, needed) => {
    const quorum = quorumOf(given)
    if (quorum === undefined) throw new Error('not read')
    expect([0, 1, 2, 4, 5].map((members) => approvalsNeeded(quorum, members))).toEqual(needed)
    expect(quorumText(quorum)).toBe(words)
  })

  test.each([
    0,
    -1,
    1.5,
    '2',
    '0%',
    '101%',
    '060%',
    '1000%',
    '5.5%',
    '50 %',
    'Majority',
    'all',
    '',
    null,
    undefined,
    true,
    [1],
  ])('is not %s', (given) => expect(quorumOf(given)).toBeUndefined())
})
