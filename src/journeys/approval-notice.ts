import { type Demand, demandsOf } from '../core/approval/demand.ts'
import { requirementText } from '../core/approval/requirement.ts'
import { changesBetween } from '../core/changes.ts'
import { indexRecords } from '../core/facts.ts'
import type { RecordDoc } from '../core/record.ts'
import type { Snapshot } from './load.ts'

/** A record before and after what was written; a new one has no `before`. */
export interface WrittenRecord {
  readonly before?: RecordDoc
  readonly after: RecordDoc
}

/**
 * Which approvals what was just written will need on its way to the mainline, a line for each. Nothing where no policy
 * asks: then it may go straight there, or as the repository is protected.
 */
export function approvalNotices({ records, rulebook }: Snapshot, { before, after }: WrittenRecord): readonly string[] {
  const unreadable = new Set<string>()
  const changes = changesBetween(
    { records: indexRecords(before ? [before] : []), unreadable },
    { records: indexRecords([after]), unreadable },
  )
  const others = records.all.filter(({ type, id }) => type !== after.type || id !== after.id)
  const result = indexRecords([...others, after])
  return demandsOf({ rulebook, base: records, result, changes, files: [], computed: new Map() }).map(notice)
}

function notice(demand: Demand): string {
  const { id, reason, policy, rule } = demand
  if (!rule) return needsNotice(demand)
  if (rule.require.kind !== 'none') return `${needsNotice(demand)}: open a pull request`
  const lane = policy.lane === 'direct' ? ': it may go straight to the mainline' : ''
  return `${id} (${reason}) needs no approval (${rule.name} of ${policy.id})${lane}`
}

/** Which approval something needs, and by which rule. */
export function needsNotice({ id, reason, policy, rule }: Demand): string {
  if (!rule) return `${id} (${reason}) cannot be approved: no rule of ${policy.id} matches`
  const later = rule.retroactive === undefined ? '' : ', which may follow'
  return `${id} (${reason}) needs ${requirementText(rule.require)}${later} (${rule.name} of ${policy.id})`
}
