import type { Instant, Seconds } from './instant.ts'
import { parseInstant } from './instant.ts'
import { textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { type ChangeLife, type Outcome, outcomeOf, type WaivedConflict, waivedConflicts } from './report-change.ts'
import type { Harm } from './report-change-harm.ts'
import { type Allowance, allowanceOf } from './report-change-ratification.ts'
import type { BrokenFreeze } from './report-change-window.ts'
import { nameOf, type RecordLink, recordLink, words } from './report-page.ts'
import { timekeeping } from './timekeeping.ts'

/** A change as a line of a list. */
export interface ChangeLine extends RecordLink {
  readonly changeType: string
  readonly state: string
  readonly services: readonly string[]
  readonly implementer: string | null
}

/** Names a change and what it concerns. */
export function changeLine(facts: ReportFacts, page: string, change: ChangeLife): ChangeLine {
  return {
    ...recordLink(facts, page, change),
    changeType: change.changeType,
    state: words(change.state),
    services: change.services.map((service) => nameOf(facts, 'service', service) ?? service),
    implementer: textAt(change.data, 'implementer') ?? null,
  }
}

/** A change that did not go well. */
export interface TroubleLine extends ChangeLine {
  readonly outcome: Outcome
  /** Whether things were put back as they had been; `null` where that is no question. */
  readonly backedOut: boolean | null
  /** The incidents that it caused and that are among the records. */
  readonly incidents: readonly RecordLink[]
  /** The review that looks back on it; `null` where none is named or found. */
  readonly review: RecordLink | null
}

/** The changes of a list that failed, had issues or caused incidents, in their order. */
export function troubleLines(
  facts: ReportFacts,
  page: string,
  changes: readonly ChangeLife[],
  caused: readonly Harm[],
): readonly TroubleLine[] {
  const incidents = new Map<string, RecordLink[]>()
  for (const { changeId, incident } of caused) {
    incidents.set(changeId, [...(incidents.get(changeId) ?? []), recordLink(facts, page, incident)])
  }
  return changes.flatMap((change) => {
    const [outcome, own] = [outcomeOf(change), incidents.get(change.id) ?? []]
    if (outcome !== 'failed' && outcome !== 'with issues' && own.length === 0) return []
    const review = facts.tree.find('review', textAt(change.data, 'review') ?? '')
    return [
      {
        ...changeLine(facts, page, change),
        outcome,
        backedOut: outcome === 'failed' ? change.data['outcome'] === 'unsuccessful_backed_out' : null,
        incidents: own,
        review: review ? recordLink(facts, page, review) : null,
      },
    ]
  })
}

/** A change that was not carried out within its planned time. */
export interface DeviationLine extends ChangeLine {
  readonly plannedFrom: Instant | null
  readonly plannedUntil: Instant | null
  readonly actualFrom: Instant | null
  readonly actualUntil: Instant | null
  readonly early: Seconds
  readonly late: Seconds
  /** The reason that the record gives; `null` where it gives none. */
  readonly reason: string | null
}

/** The changes of a list that were carried out outside of their planned time, or without one. */
export function deviationLines(
  facts: ReportFacts,
  page: string,
  changes: readonly ChangeLife[],
): readonly DeviationLine[] {
  return changes.flatMap((change) => {
    const kept = timekeeping(change)
    if (kept.kept !== 'outside' && kept.kept !== 'unplanned') return []
    const instant = (field: string): Instant | null => parseInstant(textAt(change.data, field) ?? '') ?? null
    return [
      {
        ...changeLine(facts, page, change),
        plannedFrom: instant('planned_start'),
        plannedUntil: instant('planned_end'),
        actualFrom: instant('actual_start'),
        actualUntil: instant('actual_end'),
        early: kept.kept === 'outside' ? kept.early : 0,
        late: kept.kept === 'outside' ? kept.late : 0,
        reason: textAt(change.data, 'window_deviation_reason')?.trim() || null,
      },
    ]
  })
}

/** An emergency change and how it was allowed. */
export interface EmergencyLine extends ChangeLine {
  readonly startedAt: Instant | null
  readonly allowance: Allowance
}

/** The emergency changes of a list that were carried out, those found out afterwards among them. */
export function emergencyLines(
  facts: ReportFacts,
  page: string,
  changes: readonly ChangeLife[],
): readonly EmergencyLine[] {
  return changes
    .filter(({ changeType }) => changeType === 'emergency')
    .flatMap((change) => {
      const allowance = allowanceOf(change, facts.tree)
      return allowance ? [{ ...changeLine(facts, page, change), startedAt: change.startedAt, allowance }] : []
    })
}

/** A change with a waiver that it carries. */
export interface WaiverLine extends ChangeLine {
  readonly waiver: WaivedConflict
}

/** The waivers of some changes, one a line. */
export function waiverLines(facts: ReportFacts, page: string, changes: readonly ChangeLife[]): readonly WaiverLine[] {
  return changes.flatMap((change) =>
    waivedConflicts(change).map((waiver) => ({ ...changeLine(facts, page, change), waiver })),
  )
}

/** A change that was carried out in a freeze. */
export interface FreezeLine extends ChangeLine {
  readonly freeze: BrokenFreeze
}

/** An incident with the change that caused it. */
export interface HarmLine extends RecordLink {
  readonly priority: string | null
  readonly service: string | null
  /** The id of the change, with its address where it is among the records. */
  readonly change: { readonly id: string; readonly href: string | null }
}

/** The incidents that changes caused. */
export function harmLines(facts: ReportFacts, page: string, caused: readonly Harm[]): readonly HarmLine[] {
  return caused.map(({ incident, change, changeId }) => ({
    ...recordLink(facts, page, incident),
    priority: textAt(incident.data, 'priority') ?? null,
    service: nameOf(facts, 'service', textAt(incident.data, 'service') ?? null),
    change: { id: changeId, href: change ? recordLink(facts, page, change).href : null },
  }))
}
