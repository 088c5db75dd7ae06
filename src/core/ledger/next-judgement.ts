import type { HistoryFinding } from '../replay/history-finding.ts'
import type { LedgerFinding } from './finding.ts'
import { type JudgedFinding, type Judgement, judgedText, mostFound, mostSettled } from './judgement.ts'
import { type ChainedJudgement, findingKey, keptFindings } from './judgement-chain.ts'

/** A finding that has no number yet. */
export type UnnumberedFinding = Omit<JudgedFinding, 'number'>

/** What was found on a mainline up to a commit, and by whom. */
export interface Found extends Pick<Judgement, 'at' | 'tip' | 'commits' | 'unvouched' | 'engine' | 'evidence' | 'run'> {
  readonly findings: readonly HistoryFinding[]
  readonly ledgerFindings: readonly LedgerFinding[]
}

/** The rule that says that judgements stopped coming, which the next judgement settles by being there. */
export const judgementsStopped: LedgerFinding['rule'] = 'judgement-kept'

/** What judgements call the record, the file or nothing that a finding is about. */
export function judgedSubject({ type, id, file }: Pick<HistoryFinding, 'type' | 'id' | 'file'>): string {
  return judgedText(type === '' ? id || file : `${type}/${id}`)
}

/** Findings as judgements tell them: one for each rule, commit and record, in the order of the mainline. */
export function judgedFindings(
  findings: readonly HistoryFinding[],
  ledgerFindings: readonly LedgerFinding[] = [],
): readonly UnnumberedFinding[] {
  const known = new Map<string, UnnumberedFinding>()
  const add = (rule: string, commit: string | null, subject: string, message: string): void => {
    const key = findingKey({ rule, commit, subject })
    const before = known.get(key)
    known.set(key, before ? { ...before, count: before.count + 1 } : { rule, commit, subject, count: 1, message })
  }
  for (const each of findings) add(each.rule, each.commit.commit, judgedSubject(each), judgedText(each.message))
  for (const { rule, path, commit, message } of ledgerFindings) {
    if (rule !== judgementsStopped) add(rule, null, judgedText(path ?? commit ?? ''), judgedText(message))
  }
  return [...known.values()]
}

/**
 * The judgement to keep after those that are kept; `undefined` where the last one says the same of the same commit. What
 * is told in other words now counts as settled and found anew, and keeps the time at which it was found.
 */
export function nextJudgement(
  before: readonly ChainedJudgement[],
  { findings, ledgerFindings, ...about }: Found,
): Judgement | undefined {
  const last = before.at(-1)
  const kept = keptFindings(before)
  const now = new Map(judgedFindings(findings, ledgerFindings).map((each) => [findingKey(each), each]))
  const gone = [...kept.standing.values()].filter((each) => !saysTheSame(each, now.get(findingKey(each))))
  const settled = gone.slice(0, mostSettled)
  const away = new Set(settled.map(findingKey))
  const standing = new Set([...kept.standing.keys()].filter((key) => !away.has(key)))
  const fresh = [...now].filter(([key]) => !standing.has(key)).map(([, each]) => each)
  const found = fresh.slice(0, mostFound).map((each, index) => ({ number: kept.next() + index, ...each }))
  const untold = fresh.length - found.length
  const isSame = last?.tip === about.tip && last.engine === about.engine && last.unvouched === about.unvouched
  if (isSame && found.length + settled.length === 0 && last.untold === untold) return undefined
  return {
    ...about,
    sequence: (last?.sequence ?? 0) + 1,
    findings: standing.size + found.length + untold,
    untold,
    previous: last?.digest ?? null,
    found,
    settled: settled.map(({ number }) => number),
  }
}

function saysTheSame(one: UnnumberedFinding, other: UnnumberedFinding | undefined): boolean {
  return one.count === other?.count && one.message === other.message
}
