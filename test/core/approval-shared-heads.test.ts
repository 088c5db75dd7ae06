import { describe, expect, test } from 'vitest'
import { type HeadVerdict, type JudgedPull, judgedHeads } from '../../src/core/approval/shared-heads.ts'

const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]
const pull = (number: number, verdict: HeadVerdict, { head = one, base = 'main' } = {}): JudgedPull => ({
  number,
  head,
  base,
  verdict,
})

describe('what a check run may say of a head', () => {
  test.each<[string, readonly JudgedPull[], HeadVerdict, string]>([
    ['the only one passes', [pull(7, 'pass')], 'pass', '#7 passes'],
    ['the only one waits', [pull(7, 'pending')], 'pending', '#7 waits for approvals'],
    ['all that share it pass', [pull(9, 'pass'), pull(7, 'pass')], 'pass', '#7, #9 share this head and all pass'],
    [
      'one that shares it waits',
      [pull(7, 'pass'), pull(9, 'pending')],
      'pending',
      '#9 waits for approvals, and #7, #9 share this head',
    ],
    [
      'one that shares it is refused',
      [pull(7, 'fail'), pull(8, 'pass'), pull(9, 'pending')],
      'fail',
      '#7 is refused, and #7, #8, #9 share this head',
    ],
    ['one of them goes elsewhere', [pull(7, 'pass'), pull(9, 'fail', { base: 'sandbox' })], 'pass', '#7 passes'],
    [
      'all go elsewhere',
      [pull(7, 'pass', { base: 'sandbox' })],
      'pending',
      'it is to be merged into sandbox, and only main is judged',
    ],
  ])('where %s', (_, open, verdict, because) => {
    expect(judgedHeads(open, 'main')).toMatchObject([{ head: one, verdict, because }])
  })

  test('does not depend on other heads, nor on the order of the pull requests', () => {
    const open = [pull(9, 'fail', { head: other }), pull(7, 'pass')]
    const [first, second] = [judgedHeads(open, 'main'), judgedHeads(open.toReversed(), 'main')]
    expect(first.map(({ head, verdict, pulls }) => [head, verdict, pulls])).toEqual([
      [other, 'fail', [9]],
      [one, 'pass', [7]],
    ])
    expect(second.toReversed()).toEqual(first)
  })
})
