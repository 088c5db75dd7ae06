import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { formatYaml } from '../../../src/adapters/yaml/format.ts'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import { decisionOf, type LedgerDecision } from '../../../src/core/ledger/decision.ts'
import { decisionData, decisionPath, decisionSubject } from '../../../src/core/ledger/decision-file.ts'
import { subjectDigest } from '../../../src/core/ledger/subject-digest.ts'
import { isData } from '../../../src/core/record.ts'

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

const [head, base, commit] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]

const decision: Omit<LedgerDecision, 'file'> = {
  at: 1_772_500_000,
  outcome: 'merged',
  pullRequest: 1234,
  subject: 'change/CHG-1',
  policy: 'change-authorisation',
  rule: 'high risk',
  seen: head,
  head,
  commits: [commit],
  policyCommit: base,
  ...subjectDigestOf({ record: { id: 'CHG-1' }, rule: null }),
  steps: [{ commit: base, digest: sha256('step') }],
  engine: '0.5.0',
  author: { login: 'kate', user: 7 },
  committers: [{ login: 'kate', user: 7 }, null],
  verdict: { met: true, because: 'high risk: grace', parts: [{ met: true, because: 'grace approved', parts: [] }] },
  due: 1_772_600_000,
  reviews: [{ id: 80, login: 'grace', user: 4, commit: head, at: 1_772_499_000 }],
}

function subjectDigestOf(subject: Parameters<typeof subjectDigest>[0]) {
  const { digest, parts } = subjectDigest(subject, sha256)
  return { digest, digests: parts }
}

function reread(told: Omit<LedgerDecision, 'file'>): LedgerDecision | string {
  const { data, diagnostics } = readYaml('decision.yaml', new TextEncoder().encode(formatYaml(decisionData(told))))
  return isData(data) ? decisionOf('decision.yaml', data) : (diagnostics[0]?.message ?? 'nothing')
}

describe('the file of a decision', () => {
  test('is read as it was written', () => {
    expect(reread(decision)).toEqual({ ...decision, file: 'decision.yaml' })
    const { due, ...done } = decision
    const closed = {
      ...done,
      outcome: 'closed',
      commits: [],
      seen: null,
      rule: null,
      author: null,
      reviews: [],
    } as const
    expect(reread(closed)).toEqual({ ...closed, file: 'decision.yaml' })
  })

  test('stays readable whoever and however many reviewed: what is met goes first', () => {
    const votes = Array.from({ length: 3000 }, (_, at) => ({
      met: at === 2999,
      because: `\u202e"mallory-${at}": #[{ & approved, but is in no team\u0007 ${'x'.repeat(300)}`,
      parts: [],
    }))
    const told = reread({ ...decision, verdict: { met: true, because: 'b\n\u2028', parts: votes } })
    expect(told).toMatchObject({ verdict: { because: expect.stringMatching(/^b\\u/) } })
    expect(typeof told === 'string' ? [] : told.verdict.parts).toHaveLength(41)
    expect(typeof told === 'string' ? undefined : told.verdict.parts[0]?.met).toBe(true)
  })

  test('lies by the number of its pull request, under a name that each other decision has otherwise', () => {
    const path = decisionPath(decision, sha256)
    expect(path).toMatch(/^decisions\/0000\/12\/1234\/merged-change-CHG-1-[0-9a-f]{16}\.yaml$/)
    const others = [
      { outcome: 'ratified' as const },
      { policy: 'governance' },
      { rule: null },
      { head: base },
      { commits: [commit, head] },
      { verdict: { met: false, because: '', parts: [] } },
    ]
    const paths = others.map((other) => decisionPath({ ...decision, ...other }, sha256))
    expect(new Set([path, ...paths]).size).toBe(others.length + 1)
    const evil = decisionPath({ ...decision, subject: decisionSubject('../../..//entries/\u0000\n-x') }, sha256)
    expect(evil).toMatch(/^decisions\/0000\/12\/1234\/merged-[A-Za-z0-9.-]+\.yaml$/)
  })

  test('tells paths with signs that nobody can see apart', () => {
    const keys = ['a b', 'a\u202eb', 'a%E2%80%AEb', 'a\nb', 'ab']
    expect(new Set(keys.map(decisionSubject)).size).toBe(keys.length)
    expect(decisionSubject('.github/workflows/ä.yaml')).toBe('.github/workflows/ä.yaml')
  })
})

describe('the digest of what was approved', () => {
  const subject = { record: { id: 'CHG-1', cis: ['a', 'b'] }, rule: { name: 'high' }, impact: ['x', 'y'], risk: 'high' }

  test('does not depend on the order of fields, nor of what was computed', () => {
    const other = { risk: 'high', impact: ['y', 'x'], rule: { name: 'high' }, record: { cis: ['a', 'b'], id: 'CHG-1' } }
    expect(subjectDigest(other, sha256)).toEqual(subjectDigest(subject, sha256))
  })

  test('changes with every part, and says which', () => {
    for (const [part, value] of Object.entries({
      record: { id: 'CHG-1', cis: ['b', 'a'] },
      risk: 'low',
      impact: ['x'],
      rule: null,
    })) {
      const [before, after] = [subject, { ...subject, [part]: value }].map((each) => subjectDigest(each, sha256))
      expect(after?.digest).not.toBe(before?.digest)
      const changed = Object.keys(after?.parts ?? {}).filter((each) => after?.parts[each] !== before?.parts[each])
      expect(changed).toEqual([part])
    }
  })

  test('takes a file for its content, whatever tells it', () => {
    const digest = (content: string | null) => subjectDigest({ content, rule: null }, sha256).digest
    expect(digest(`100644 ${head}`)).toBe(digest(head))
    expect(digest(`120000 ${head}`)).toBe(digest(null))
    expect(digest(head)).not.toBe(digest(base))
  })
})
