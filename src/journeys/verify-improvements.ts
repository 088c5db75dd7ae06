import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Revision } from '../core/history.ts'
import { type Change, type RecordDoc, textAt } from '../core/record.ts'
import type { HistoryFinding } from '../core/replay.ts'
import { judge } from '../core/rule.ts'
import { improvementIsBorneOut } from '../rules/improvement-is-borne-out.ts'
import type { History } from './history.ts'
import { judgedPaths, load } from './load.ts'
import { gatherProofs } from './proofs.ts'

/** The mainline as `verify` looks at it: what came after a position is judged. */
export interface JudgedMainline {
  readonly tip: string
  readonly history: History
  readonly after: number
}

/** Closings of improvements that the figures of their time do not bear out, in order of id. */
export async function unprovenClosings(
  git: GitDir,
  { tip, history, after }: JudgedMainline,
): Promise<readonly HistoryFinding[]> {
  const findings: HistoryFinding[] = []
  for (const { type, id, revisions } of history.records.values()) {
    if (type !== 'improvement') continue
    for (const [index, revision] of revisions.entries()) {
      const change = closing(type, id, revisions[index - 1], revision)
      if (!change || revision.commit.position <= after) continue
      findings.push(...(await findingsAt(git, tip, change, revision)))
    }
  }
  return findings
}

/** What a revision did to an improvement, where it closed it. */
function closing(
  type: string,
  id: string,
  before: Revision | undefined,
  revision: Revision,
): (Change & { readonly kind: 'added' | 'edited' }) | undefined {
  if (revision.kind !== 'written' || textAt(revision.data, 'state') !== 'closed') return undefined
  const after: RecordDoc = { type, id, file: revision.file, data: revision.data }
  if (before?.kind !== 'written') return { kind: 'added', after }
  if (textAt(before.data, 'state') === 'closed') return undefined
  return { kind: 'edited', before: { ...after, file: before.file, data: before.data }, after }
}

async function findingsAt(
  git: GitDir,
  tip: string,
  change: Change & { readonly kind: 'added' | 'edited' },
  { commit, file }: Revision,
): Promise<readonly HistoryFinding[]> {
  const result = load(await readTree(git, commit.commit, judgedPaths))
  const { rulebook, records, unreadable } = result
  const proofs = await gatherProofs({ git, tip, asOf: commit.at, result, judging: records }, [change])
  const { type, id } = change.after
  return judge([improvementIsBorneOut], { rulebook, records, unreadable, changes: [change], proofs }).map(
    ({ rule, message, hint }) => ({ commit, rule, type, id, file, message, ...(hint !== undefined && { hint }) }),
  )
}
