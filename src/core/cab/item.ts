import { decide } from '../approval/decide.ts'
import type { Demand } from '../approval/demand.ts'
import { foreseenDemands } from '../approval/foresee.ts'
import { assessChange, type ChangeAssessment, computedOf } from '../change-assessment.ts'
import { type ChangeConflicts, changeConflicts } from '../conflict-report.ts'
import { isOpen } from '../conflict-waiver.ts'
import type { Lifecycle } from '../lifecycle.ts'
import { plannedChange } from '../planned-change.ts'
import { type RecordDoc, textAt, textsAt } from '../record.ts'
import type { RiskLevel } from '../risk-level.ts'
import { isHigher } from '../risk-level.ts'
import { overlap, type TimeSpan } from '../time-span.ts'
import type { AgendaFacts } from './agenda.ts'
import { missingUntilAuthorised } from './ahead.ts'

/** An approval that a change needs, and whether it is there. */
export interface AgendaApproval {
  readonly rule: string
  readonly met: boolean
  readonly because: string
}

/** A change as an open pull request proposes it. */
export interface ProposedChange {
  readonly pull: number
  readonly url: string
  readonly author: string | null
  /** Whether merging it authorises the change, so that the board decides about it. */
  readonly decides: boolean
  /** What was decided about its approvals so far; absent where that could not be found out. */
  readonly approvals?: readonly AgendaApproval[]
  /** What the gate has against it. */
  readonly errors: readonly string[]
}

/** A change that the board decides about. */
export interface AgendaItem {
  /** Its place in the list, from 1 on. */
  readonly place: number
  readonly id: string
  readonly title: string
  readonly changeType: string
  readonly state: string
  readonly requester: string | null
  readonly implementer: string | null
  readonly pull: { readonly number: number; readonly url: string; readonly author: string | null } | null
  readonly services: readonly string[]
  /** The tier of the service that matters most, 1 first; `null` where none has one. */
  readonly tier: number | null
  readonly window: (TimeSpan & { readonly inWeek: boolean; readonly over: boolean }) | null
  readonly risk: { readonly level: RiskLevel; readonly declared: RiskLevel | null; readonly reasons: readonly string[] }
  readonly outage: boolean
  /** Services that a failure takes down or degrades, and how many items it reaches. */
  readonly impact: { readonly down: readonly string[]; readonly degraded: readonly string[]; readonly items: number }
  readonly approvals: readonly AgendaApproval[]
  /** Whom it waits for, in words; `null` where nobody is missing. */
  readonly waits: string | null
  /** Whether its risk is high or higher. */
  readonly grave: boolean
  /** Conflicts that block it and are not waived. */
  readonly conflicts: readonly string[]
  /** Conflicts that somebody who may has waived, with who and why. */
  readonly waived: readonly string[]
  /** What stands against it beside that: fields that are missing, and what the gate found. */
  readonly missing: readonly string[]
  readonly errors: readonly string[]
}

/** Tells of a change what a board wants to know. */
export function agendaItem(
  change: RecordDoc,
  facts: AgendaFacts,
  lifecycle: Lifecycle | undefined,
): Omit<AgendaItem, 'place'> {
  const { data, id } = change
  const { records, week, asOf, assessing } = facts
  const proposed = facts.proposed.get(id)
  const assessment = assessChange(change, assessing)
  const { risk, conflicts } = assessment
  const planned = plannedChange(change, records)
  const named = textsAt(data, 'cis').flatMap((ci) => textsAt(records.find('ci', ci)?.data ?? {}, 'services'))
  const services = [...new Set([...textsAt(data, 'services'), ...named])].toSorted()
  const tiers = services.flatMap((service) => {
    const tier = records.find('service', service)?.data['tier']
    return typeof tier === 'number' ? [tier] : []
  })
  const level = risk.declared && isHigher(risk.declared, risk.level) ? risk.declared : risk.level
  const approvals = proposed?.approvals ?? foreseen(change, assessment, facts)
  const waiting = approvals.flatMap(({ met, because }) => (met ? [] : [because]))
  return {
    ...{ id, title: textAt(data, 'title') ?? '', state: textAt(data, 'state') ?? '' },
    changeType: textAt(data, 'change_type') ?? 'normal',
    requester: textAt(data, 'requester') ?? null,
    implementer: textAt(data, 'implementer') ?? null,
    pull: proposed ? { number: proposed.pull, url: proposed.url, author: proposed.author } : null,
    services,
    tier: tiers.length === 0 ? null : Math.min(...tiers),
    window: planned
      ? {
          ...{ from: planned.from, until: planned.until },
          ...{ inWeek: overlap(planned, week) !== undefined, over: planned.until <= asOf },
        }
      : null,
    risk: {
      level,
      declared: risk.declared ?? null,
      reasons: risk.verdict.parts.flatMap(({ met, because }) => (met ? [because] : [])),
    },
    outage: data['outage'] === true,
    impact: impactIn(assessment),
    approvals,
    waits: waiting.length === 0 ? null : waiting.join('; '),
    grave: isHigher(level, 'moderate'),
    conflicts: conflicts.filter(isOpen).map(({ because }) => because),
    waived: conflicts.flatMap(({ because, waiver }) =>
      waiver ? [`${because}; ${waiver.approver} has waived it: ${waiver.reason.trim()}`] : [],
    ),
    missing: lifecycle ? missingUntilAuthorised(lifecycle, data) : [],
    errors: proposed?.errors ?? [],
  }
}

/** The conflicts of a change among all that the agenda knows. */
export function conflictsIn(change: RecordDoc, { assessing }: AgendaFacts): ChangeConflicts {
  return changeConflicts(change, assessing.conflict)
}

function impactIn({ touched }: ChangeAssessment): AgendaItem['impact'] {
  const services = (effect: string): readonly string[] =>
    touched.filter((each) => each.type === 'service' && each.effect === effect).map(({ id }) => id)
  return {
    down: services('down'),
    degraded: services('degraded'),
    items: touched.filter(({ type }) => type === 'ci').length,
  }
}

/** The approvals that a change will need at its next guarded step, which nobody can have given yet. */
function foreseen(change: RecordDoc, assessment: ChangeAssessment, facts: AgendaFacts): readonly AgendaApproval[] {
  const { rulebook, records, asOf } = facts
  const changes = [{ kind: 'edited', before: change, after: change } as const]
  const proposal = { rulebook, base: records, result: records, changes, files: [], computed: computedOf([assessment]) }
  const evidence = { sights: new Map(), base: records, result: records, now: asOf }
  return foreseenDemands(proposal, []).map((demand: Demand) => {
    const { met, because } = decide(demand, evidence)
    return { rule: demand.rule?.name ?? demand.policy.id, met, because }
  })
}
