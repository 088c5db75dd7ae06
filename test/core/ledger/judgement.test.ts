import { describe, expect, test } from 'vitest'
import type { MainlineCommit } from '../../../src/core/history.ts'
import {
  type JudgedFinding,
  type Judgement,
  judgementPath,
  judgementText,
  mostFound,
  mostSettled,
  parseJudgement,
} from '../../../src/core/ledger/judgement.ts'
import { type ChainedJudgement, followJudgements, keptFindings } from '../../../src/core/ledger/judgement-chain.ts'
import { type Found, nextJudgement } from '../../../src/core/ledger/next-judgement.ts'
import {
  falseJudgements,
  type JudgedNow,
  type MissingApproval,
  stoppedJudgements,
} from '../../../src/core/replay/false-judgements.ts'
import type { HistoryFinding } from '../../../src/core/replay/history-finding.ts'
import { naughtyList } from '../../reports/naughty-list.ts'
import { sha256 } from '../../support/ledger.ts'

const hour = 3600

/** The commits of a mainline, one an hour. */
const commit = (position: number, more: Partial<MainlineCommit> = {}): MainlineCommit => ({
  ...{ commit: position.toString(16).padStart(40, '0'), position, at: position * hour, by: 'eve' },
  provenance: 'claimed',
  ...more,
})

const finding = (position: number, more: Partial<HistoryFinding> = {}): HistoryFinding => ({
  ...{ commit: commit(position), rule: 'transition-allowed', type: 'change', id: `CHG-${position}` },
  ...{ file: `records/change/CHG-${position}.yaml`, message: `CHG-${position} cannot do that` },
  ...more,
})

const judging = (tip: number, findings: readonly HistoryFinding[], more: Partial<Found> = {}): Found => ({
  ...{ at: tip * hour + 60, tip: commit(tip).commit, commits: tip, findings, ledgerFindings: [], unvouched: 0 },
  ...{ engine: '1.0.0', evidence: null, run: null },
  ...more,
})

const fileOf = (judgement: Judgement) => {
  const text = judgementText(judgement)
  return { path: judgementPath(judgement.sequence), text, digest: sha256(text) }
}

/** What is kept when one judges so, then so; a judgement that has nothing to say is left out. */
function kept(...found: readonly Found[]): readonly ChainedJudgement[] {
  const files: ReturnType<typeof fileOf>[] = []
  for (const each of found) {
    const next = nextJudgement(followJudgements(files).judgements, each)
    if (next) files.push(fileOf(next))
  }
  const { judgements, broken } = followJudgements(files)
  expect(broken).toBeUndefined()
  return judgements
}

const standing = (judgements: readonly Judgement[]) =>
  [...keptFindings(judgements).standing.values()].map(({ subject, foundAt }) => `${subject} ${foundAt}`)

describe('judgements', () => {
  test('tell what is new and what is settled, and keep when it was found', () => {
    const judgements = kept(judging(3, [finding(1), finding(2)]), judging(5, [finding(2), finding(4)]))
    expect(judgements[1]).toMatchObject({ findings: 2, found: [{ number: 3, subject: 'change/CHG-4' }], settled: [1] })
    expect(standing(judgements)).toEqual([`change/CHG-2 ${3 * hour + 60}`, `change/CHG-4 ${5 * hour + 60}`])
    expect(keptFindings(judgements).all.get(1)).toMatchObject({ foundAt: 3 * hour + 60, settledAt: 5 * hour + 60 })
  })

  test('are not made where the last one says the same', () => {
    const same = [finding(1), finding(1)]
    expect(kept(judging(3, same), judging(3, same, { at: 9 * hour }))).toHaveLength(1)
    expect(kept(judging(3, same), judging(3, same, { engine: '2.0.0' }))).toHaveLength(2)
    expect(kept(judging(3, same), judging(4, same))).toHaveLength(2)
  })

  test('tell of something again in other words, as found when it was found', () => {
    const judgements = kept(judging(3, [finding(1)]), judging(4, [finding(1, { message: 'It is late' })]))
    expect(judgements[1]).toMatchObject({ findings: 1, found: [{ number: 2, message: 'It is late' }], settled: [1] })
    expect([...keptFindings(judgements).all.values()]).toMatchObject([{ number: 2, foundAt: 3 * hour + 60 }])
  })

  test('tell of something again that was settled, once', () => {
    const all = [...keptFindings(kept(judging(3, [finding(1)]), judging(4, []), judging(5, [finding(1)]))).all.values()]
    expect(all).toMatchObject([{ number: 2, foundAt: 3 * hour + 60, settledAt: null }])
  })

  test('stay small, whatever is found, and tell the rest later', () => {
    const long = '🦊\u202e\u0000|'.repeat(5000)
    const many = Array.from({ length: 400 }, (_, at) => finding(at, { file: long, id: long + at, message: long }))
    const spread = many.map((each, at) => ({ ...each, rule: `rule-${'abcdefghij'[at % 10]}` }))
    const judgements = kept(judging(500, spread), judging(501, spread), judging(502, spread))
    expect(judgements.map(({ found, untold }) => [found.length, untold])).toEqual([
      [mostFound, 250],
      [mostFound, 100],
      [100, 0],
    ])
    for (const each of judgements) expect(Buffer.byteLength(judgementText(each))).toBeLessThan(256 * 1024)
    const worst = Array.from({ length: mostSettled }, (_, at) => 100_000 + at)
    const most = judgements[0] && { ...judgements[0], settled: worst }
    expect(Buffer.byteLength(most ? judgementText(most) : '')).toBeLessThan(256 * 1024)
    const gone = kept(judging(500, spread), judging(501, []))
    expect(gone.map(({ findings }) => findings)).toEqual([400, 0])
  })

  test('hold any text, and read back as they were written', () => {
    const findings = naughtyList.map((text, at) => finding(at, { id: text, message: text }))
    for (const each of kept(judging(600, findings), judging(601, findings), judging(602, findings))) {
      const text = judgementText(each)
      expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u)
      const { path: _, digest, ...judgement } = each
      expect(parseJudgement(text)).toEqual(judgement)
    }
  })
})

describe('a chain of judgements', () => {
  const [first, second] = kept(judging(3, [finding(1)]), judging(4, [finding(1)]))
  if (!first || !second) throw new Error('two are needed')
  const told = (number: number): JudgedFinding => ({
    number,
    ...{ rule: 'x', commit: null, subject: '', count: 1, message: '' },
  })

  test.each<readonly [string, Judgement]>([
    ['Judgement 2 is missing', { ...second, sequence: 3 }],
    ['Judgement 2 does not go on from', { ...second, previous: sha256('x') }],
    ['does not add up: it counts 5 findings, and 1 stand', { ...second, findings: 5 }],
    ['does not add up: it settles finding 7', { ...second, settled: [7], findings: 0 }],
    ['does not add up: it settles finding 1', { ...second, settled: [1, 1], findings: 0 }],
    ['does not add up: it tells of finding 3 in place of 2', { ...second, found: [told(3)], findings: 2 }],
    ['it leaves findings out for which it had room', { ...second, untold: 1, findings: 2 }],
    ['it does not say which version judged', { ...second, engine: '9 `x` | <i>' }],
    ['its run is no text that can be seen', { ...second, run: '\u202e' }],
  ])('breaks where %s', (because, judgement) => {
    const { judgements, broken } = followJudgements([fileOf(first), fileOf(judgement)])
    expect(judgements).toHaveLength(1)
    expect(broken?.message).toContain(because)
  })

  test('holds in any order of the files', () => {
    expect(followJudgements([fileOf(second), fileOf(first)])).toEqual({ judgements: [first, second] })
  })
})

describe('judgements held against what is known now', () => {
  const now = (findings: readonly HistoryFinding[], more: Partial<JudgedNow> = {}): JudgedNow => ({
    positions: new Map(Array.from({ length: 20 }, (_, at) => [commit(at).commit, at])),
    ...{ whole: true, after: -1, findings, waived: [], missing: [], timed: ['step-in-time'], engine: '1.0.0' },
    at: 1000 * hour,
    ...more,
  })
  const doubts = (judgements: readonly ChainedJudgement[], known: JudgedNow) =>
    falseJudgements(judgements, known).map(({ message }) =>
      message.replace(/^Judgement \d+ of .* UTC does not hold: it /, ''),
    )

  test('hold where they say the same', () => {
    expect(doubts(kept(judging(3, [finding(1)]), judging(5, [finding(1)])), now([finding(1), finding(7)]))).toEqual([])
  })

  test('hold where a rule found more than one thing in a record, and some are not told one by one yet', () => {
    const thrice = Array.from({ length: 160 }, (_, at) => finding(1, { id: `CHG-${at}` })).flatMap((each) => [
      ...[each, { ...each, message: 'nor this' }, { ...each, message: 'nor that' }],
    ])
    const judgements = kept(judging(3, thrice), judging(4, thrice), judging(5, thrice))
    expect(judgements.map(({ untold }) => untold)).toEqual([10, 0, 0])
    expect(doubts(judgements, now(thrice))).toEqual([])
    const hidden = judgements.map((each) => ({ ...each, untold: each.untold === 0 ? 0 : 9 }))
    expect(doubts(hidden, now(thrice)), 'one more is left out than is counted').toHaveLength(1)
  })

  test('are false where they leave something out, from then on', () => {
    const judgements = kept(judging(3, []), judging(5, [finding(1)]))
    expect(doubts(judgements, now([finding(1)]))).toEqual([
      `leaves out transition-allowed of change/CHG-1 in ${commit(1).commit.slice(0, 10)}`,
    ])
    expect(doubts(kept(judging(3, [finding(1)]), judging(5, [])), now([finding(1)]))).toHaveLength(1)
    expect(doubts(judgements, now([finding(1)], { after: 2 })), 'what is not judged now').toEqual([])
    expect(doubts(judgements, now([finding(1)], { engine: '1.1.0' })), 'another version').toEqual([])
  })

  test('are false where they settle what stands, whatever version they name', () => {
    const judgements = kept(judging(3, [finding(1)]), judging(5, [], { engine: '0.9.0' }))
    expect(doubts(judgements, now([finding(1)]))).toEqual([
      `settles transition-allowed of change/CHG-1 in ${commit(1).commit.slice(0, 10)}, which stands`,
    ])
    expect(doubts(judgements, now([])), 'it does not stand').toEqual([
      expect.stringContaining('tells of transition-allowed of change/CHG-1'),
    ])
    const otherWords = kept(judging(3, [finding(1)]), judging(5, [finding(1), finding(1)], { engine: '0.9.0' }))
    expect(doubts(otherWords, now([finding(1)])), 'told again').toEqual([])
    const never = kept(judging(3, [], { engine: '0.9.0' }), judging(5, [finding(1)]))
    expect(doubts(never, now([finding(1)])), 'a version that never found it').toEqual([])
    const late = finding(1, { rule: 'step-in-time' })
    const changed = kept(judging(3, [late]), judging(5, [], { engine: '0.9.0' }))
    expect(doubts(changed, now([late])), 'what becomes known later').toEqual([])
  })

  test('are false where they cannot have been made when they say, whatever version they name', () => {
    const dated = (...at: readonly number[]) =>
      kept(...at.map((each, index) => judging(index, [], { at: each * hour, engine: '0.9.0' })))
    expect(doubts(dated(5, 6, 1001, 7), now([]))).toEqual(['is dated later than now'])
    expect(doubts(dated(5, 2, 6), now([]))).toEqual(['is dated before those that it follows'])
    expect(doubts(dated(5, 4.9, 5), now([])), 'as honest clocks differ').toEqual([])
  })

  test('are false where they tell of what is not so, unless another tool kept it', () => {
    const judgements = kept(judging(3, [finding(1)]), judging(5, [finding(1)]))
    expect(doubts(judgements, now([]))).toEqual([
      expect.stringContaining('tells of transition-allowed of change/CHG-1'),
    ])
    expect(doubts(judgements, now([], { waived: [finding(1)] }))).toEqual([])
  })

  test('are held to an approval that was due by then and of which nobody knows', () => {
    const lacking = finding(1, { rule: 'approval-given' })
    const judgements = kept(judging(3, []))
    const missing = (since: MissingApproval['since']): JudgedNow['missing'] => [
      { commit: commit(1).commit, subject: 'change/CHG-1', since },
    ]
    expect(doubts(judgements, now([lacking], { missing: missing(null) }))).toHaveLength(1)
    expect(doubts(judgements, now([lacking], { missing: missing(2 * hour) }))).toHaveLength(1)
    expect(doubts(judgements, now([lacking], { missing: missing(4 * hour) })), 'it could still follow').toEqual([])
    expect(doubts(judgements, now([lacking])), 'a decision may have been believed then').toEqual([])
  })

  test('are held to what rests on times only once these are settled', () => {
    const late = (more: Partial<MainlineCommit> = {}) => finding(1, { rule: 'step-in-time', commit: commit(1, more) })
    expect(doubts(kept(judging(3, [])), now([late()]))).toEqual([])
    expect(doubts(kept(judging(6, [])), now([late()]))).toHaveLength(1)
    expect(doubts(kept(judging(6, [])), now([late({ provenance: 'attested', at: 9 * hour })]))).toEqual([])
    expect(doubts(kept(judging(6, [])), now([finding(1, { rule: 'commit-date-ahead' })]))).toEqual([])
  })

  test('are false where they judge what is not on the mainline', () => {
    expect(doubts(kept(judging(30, [])), now([]))).toEqual([
      `judges ${commit(30).commit.slice(0, 10)}, which is not on the mainline`,
    ])
    expect(doubts(kept(judging(30, [])), now([], { whole: false }))).toEqual([])
  })

  test('are missed a day after the mainline went on without one', () => {
    const { positions } = now([])
    const entry = { tip: commit(5).commit, at: 5 * hour, sequence: 2 }
    const stopped = (at: number, judgements = kept(judging(3, []))) =>
      stoppedJudgements(judgements, [entry], positions, at * hour).map(({ rule }) => rule)
    expect([stopped(29), stopped(30)]).toEqual([[], ['judgement-kept']])
    expect(stopped(30, [])).toEqual([])
    expect(stopped(30, kept(judging(5, [])))).toEqual([])
  })
})
