import { assessChange, assessmentFacts, type ChangeAssessment } from './change-assessment.ts'
import { modelStanding } from './change-model.ts'
import { communicationPlan, type Notice } from './communication.ts'
import type { Facts } from './facts.ts'
import { impactGraph } from './impact-graph.ts'
import type { Instant } from './instant.ts'
import type { RecordDoc } from './record.ts'
import type { Verdict } from './verdict.ts'

/** What is known of a record beyond what its file says: computed whenever it is shown, and never stored. */
export interface Derived {
  /** Of a change. */
  readonly assessment?: ChangeAssessment
  /** Of a change model: whether changes may follow it now, and why not. */
  readonly standing?: Verdict
  /** Of a release or a major incident; that of a change is part of its assessment. */
  readonly communication?: readonly Notice[]
}

/** Derives what there is to know of a record, as of an instant. */
export function derivedOf(facts: Pick<Facts, 'records' | 'rulebook'>, record: RecordDoc, asOf: Instant): Derived {
  const { records } = facts
  if (record.type === 'change') return { assessment: assessChange(record, assessmentFacts(facts)) }
  if (record.type === 'change-model') return { standing: modelStanding(record, records, asOf) }
  if (record.type !== 'release' && record.type !== 'incident') return {}
  const communication = communicationPlan(record, records, impactGraph(records))
  return communication.length === 0 ? {} : { communication }
}
