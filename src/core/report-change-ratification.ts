import { policyOf } from './approval/policy.ts'
import { matchingRule, ruleFacts } from './approval/rule-match.ts'
import type { RecordIndex } from './facts.ts'
import type { Instant, Seconds } from './instant.ts'
import { isOverdueNote } from './overdue-approval.ts'
import { type Data, isData, listAt } from './record.ts'
import type { ChangeLife } from './report-change.ts'

/** How an emergency change that was carried out came to be allowed, as far as the mainline tells. */
export type Allowance =
  /** It was found to have happened without approval; when it was approved afterwards, `null` while it was not. */
  | { readonly kind: 'found'; readonly at: Instant | null }
  /** It was scheduled before it began, and no step leads there without an approval. */
  | { readonly kind: 'before' }
  /** It began at once, and its approval was recorded afterwards; `late` where that was after it was due. */
  | { readonly kind: 'after'; readonly at: Instant; readonly took: Seconds; readonly late: boolean }
  /** It began at once, and its log says that the approval which was to follow did not come in time. */
  | { readonly kind: 'overdue' }
  /** It began at once; whether it had been approved in its pull request, the mainline does not tell. */
  | { readonly kind: 'untold' }

/**
 * How an emergency change was allowed; `null` while it has not begun. One that began at once is approved afterwards by
 * an entry of its log that names one of its commits: it reaches the mainline when those have agreed who may. When that
 * was due is what the policies of the tree say of a change under way; where they say nothing, nothing may come
 * afterwards.
 */
export function allowanceOf(change: ChangeLife, tree: RecordIndex): Allowance | null {
  const { startedAt, scheduledAt, moments } = change
  // No step leads an unauthorised change to its review but one that asks for an approval.
  if (change.data['unauthorised'] === true) return { kind: 'found', at: change.endedAt }
  if (startedAt === null) return null
  if (scheduledAt !== null && scheduledAt <= startedAt) return { kind: 'before' }
  const commits = new Set(moments.map(({ commit }) => commit.commit))
  const entries = (data: Data): readonly Data[] => listAt(data, 'log').filter(isData)
  const ratified = moments.find(({ data }) => entries(data).some(({ ratifies }) => commits.has(String(ratifies))))
  const isLate = entries(change.data).some(isOverdueNote)
  if (!ratified) return { kind: isLate ? 'overdue' : 'untold' }
  const { recorded: at } = ratified
  const limit = retroactiveLimit(change, tree)
  const took = Math.max(0, at - startedAt)
  return { kind: 'after', at, took, late: isLate || limit === undefined || took > limit }
}

/** How long after it began the approval of a change under way may follow, by the policies of a tree. */
function retroactiveLimit({ id, file, services, moments }: ChangeLife, tree: RecordIndex): Seconds | undefined {
  const birth = moments.find(({ state }) => state === 'implement') ?? moments[0]
  const facts = ruleFacts(
    {
      ...{ type: 'change', id, path: file, event: 'added', edited: [], computed: {} },
      states: [birth?.state ?? ''],
      data: birth?.data ?? {},
    },
    services,
    tree,
  )
  return tree
    .ofType('policy')
    .map(policyOf)
    .filter(({ guards }) => guards.includes('change'))
    .flatMap((policy) => matchingRule(policy, facts)?.retroactive ?? [])
    .reduce<Seconds | undefined>((least, each) => Math.min(least ?? each, each), undefined)
}
