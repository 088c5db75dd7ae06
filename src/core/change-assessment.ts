import { communicationPlan, type Notice } from './communication.ts'
import { type ConflictFacts, conflictFacts } from './conflict-facts.ts'
import { changeConflicts } from './conflict-report.ts'
import { isOpen, type SettledConflict } from './conflict-waiver.ts'
import type { Facts } from './facts.ts'
import type { Touched } from './impact.ts'
import { plannedChange } from './planned-change.ts'
import type { Data, RecordDoc } from './record.ts'
import { textsAt } from './record.ts'
import { type Risk, riskOf } from './risk.ts'
import { impactOfChange } from './risk-circumstances.ts'
import { type RiskFacts, riskFacts } from './risk-facts.ts'
import { type RiskPolicy, riskPolicyOf } from './risk-policy.ts'
import { coversItem, coversService } from './window.ts'

/** What those who weigh a change want to know: derived from the tree, never stored. */
export interface ChangeAssessment {
  readonly change: RecordDoc
  readonly risk: Risk
  /** What fails or degrades if it goes wrong; the items and services that it is about come first. */
  readonly touched: readonly Touched[]
  readonly conflicts: readonly SettledConflict[]
  /** The windows that its planned time and what it changes touch. */
  readonly windows: readonly { readonly kind: 'freeze' | 'maintenance'; readonly id: string }[]
  readonly communication: readonly Notice[]
}

/** What assessments rest on: built once for a tree, asked about any number of changes. */
export interface AssessmentFacts {
  readonly conflict: ConflictFacts
  readonly risk: RiskFacts
  readonly policy: RiskPolicy
}

/** Gathers what assessments rest on. */
export function assessmentFacts({ records, rulebook }: Pick<Facts, 'records' | 'rulebook'>): AssessmentFacts {
  const conflict = conflictFacts(records, rulebook)
  return {
    conflict,
    risk: riskFacts(records, rulebook, conflict),
    policy: rulebook.config.risk ?? riskPolicyOf(undefined),
  }
}

/** Assesses one change: risk, impact, conflicts, windows, and who is to be told. */
export function assessChange(change: RecordDoc, { conflict, risk, policy }: AssessmentFacts): ChangeAssessment {
  return {
    change,
    risk: riskOf(change, risk, policy),
    touched: impactOfChange(change, risk),
    conflicts: changeConflicts(change, conflict).conflicts,
    windows: windowsOfChange(change, conflict),
    communication: communicationPlan(change, conflict.records, conflict.graph),
  }
}

/** The assessments of the changes that a pull request adds or edits. */
export function assessmentsOf(facts: Facts): readonly ChangeAssessment[] {
  const asked = facts.changes.flatMap((change) =>
    change.kind !== 'removed' && change.after.type === 'change' ? [change.after] : [],
  )
  if (asked.length === 0) return []
  const rests = assessmentFacts(facts)
  return asked.map((change) => assessChange(change, rests))
}

/** What an approval of a change is given for beside the record, by `<type>/<id>`: it must stay as it was seen. */
export function computedOf(assessments: readonly ChangeAssessment[]): ReadonlyMap<string, Data> {
  return new Map(
    assessments.map(({ change, risk, touched, conflicts, windows }) => [
      `change/${change.id}`,
      {
        risk: risk.level,
        impact: touched.map(({ type, id, effect }) => `${type}/${id} ${effect}`).toSorted(),
        conflicts: conflicts.map((each) => ({ kind: each.kind, id: each.with.id, open: isOpen(each) })),
        windows,
      },
    ]),
  )
}

function windowsOfChange(change: RecordDoc, { records, windows }: ConflictFacts): ChangeAssessment['windows'] {
  const planned = plannedChange(change, records)
  if (!planned) return []
  const items = textsAt(change.data, 'cis').flatMap((id) => records.find('ci', id) ?? [])
  return windows
    .filter(
      (window) =>
        (planned.cis.length === 0
          ? planned.services.some((id) => coversService(window, id))
          : items.some((item) => coversItem(window, item)) ||
            [...planned.affected].some((id) => coversService(window, id))) && window.times(planned).length > 0,
    )
    .map(({ kind, id }) => ({ kind, id }))
}
