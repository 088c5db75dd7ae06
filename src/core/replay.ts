import { compare } from './diagnostic.ts'
import { indexRecords, type Rulebook } from './facts.ts'
import type { MainlineCommit, RecordHistory, Revision } from './history.ts'
import type { Change, RecordDoc } from './record.ts'
import { judge, type Rule } from './rule.ts'

/** Something that a mainline commit did and the rules of its time did not allow. */
export interface HistoryFinding {
  readonly commit: MainlineCommit
  readonly rule: string
  readonly type: string
  readonly id: string
  readonly file: string
  readonly message: string
  readonly hint?: string
}

/** What judges each commit of the mainline. */
export interface RulesOverTime {
  /** The rules that a commit found, and by which it is judged; `undefined` where there were none before it. */
  readonly at: (position: number) => Rulebook | undefined
  readonly rules: readonly Rule[]
  /** Whether a rule is waived for a commit, because another tool allowed what it brought in. */
  readonly isWaived: (rule: string, position: number) => boolean
  /** The last commit that is taken as it is: only what came after it is judged. */
  readonly after: number
}

/** What a replay found, and how much it looked at. */
export interface Replay {
  readonly findings: readonly HistoryFinding[]
  /** Revisions of records that were judged. */
  readonly judged: number
}

/**
 * Judges everything that the mainline did to every record, by the rules that each commit found. What a commit does is
 * judged, not how it came: through a pull request, straight to the mainline or around every gate.
 */
export function replay(histories: Iterable<RecordHistory>, over: RulesOverTime): Replay {
  const findings: HistoryFinding[] = []
  let judged = 0
  for (const { type, id, revisions } of histories) {
    let before: RecordDoc | undefined
    for (const revision of revisions) {
      const { position } = revision.commit
      const rulebook = over.at(position)
      if (position > over.after && rulebook?.types.has(type)) {
        judged += 1
        findings.push(...findingsIn(type, id, before, revision, rulebook, over))
      }
      if (revision.kind === 'written') before = { type, id, file: revision.file, data: revision.data }
    }
  }
  return { findings: findings.toSorted(inOrder), judged }
}

function findingsIn(
  type: string,
  id: string,
  before: RecordDoc | undefined,
  revision: Revision,
  rulebook: Rulebook,
  { rules, isWaived }: RulesOverTime,
): readonly HistoryFinding[] {
  const { commit, file } = revision
  const about = { commit, type, id, file }
  if (revision.kind === 'unreadable') {
    return [{ ...about, rule: 'record-readable', message: `${id} could not be read any more: ${revision.reason}` }]
  }
  const change = changeOf(type, id, before, revision)
  if (!change) return []
  const records = indexRecords(change.kind === 'removed' ? [] : [change.after])
  const asked = rules.filter((rule) => !isWaived(rule.id, commit.position))
  return judge(asked, { rulebook, records, changes: [change], unreadable: new Set(), asOf: commit.at }).map(
    ({ rule, message, hint }) => {
      return { ...about, rule, message, ...(hint !== undefined && { hint }) }
    },
  )
}

/** What a revision did to what was last known; a record that comes back after its removal goes on from there. */
function changeOf(
  type: string,
  id: string,
  before: RecordDoc | undefined,
  revision: Exclude<Revision, { kind: 'unreadable' }>,
): Change | undefined {
  if (revision.kind === 'removed') return before && { kind: 'removed', before }
  const after = { type, id, file: revision.file, data: revision.data }
  return before ? { kind: 'edited', before, after } : { kind: 'added', after }
}

function inOrder(one: HistoryFinding, other: HistoryFinding): number {
  return (
    one.commit.position - other.commit.position ||
    compare(one.file, other.file) ||
    compare(one.rule, other.rule) ||
    compare(one.message, other.message)
  )
}
