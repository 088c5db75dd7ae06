import type { Decision } from '../core/approval/decide.ts'
import type { Demand } from '../core/approval/demand.ts'
import { requirementText } from '../core/approval/requirement.ts'
import type { LocatedDiagnostic } from '../core/diagnostic.ts'
import { formatInstant } from '../core/instant.ts'
import type { Judgement } from '../core/judgement.ts'
import type { Verdict } from '../core/verdict.ts'
import { assessmentJson } from './assessment.ts'
import { json } from './json.ts'
import { slaEffectJson } from './sla-effect.ts'
import { tentativeJson } from './tentative.ts'

/** A judgement as the JSON of DESIGN.md §4. */
export function judgementJson(judgement: Judgement): string {
  return json(judgementValue(judgement))
}

/** The same as a value, to be a part of another one. */
export function judgementValue({ diagnostics, summary, gate }: Judgement): object {
  return {
    ...(gate ? { verdict: gate.verdict } : {}),
    diagnostics: diagnostics.map(diagnosticJson),
    ...(gate
      ? {
          changes: gate.changes,
          assessments: gate.assessments.map(assessmentJson),
          approvals: gate.decisions.map(approvalJson),
          foreseen: gate.foreseen.map(foreseenJson),
        }
      : {}),
    ...(gate?.slaEffect && { slaEffect: slaEffectJson(gate.slaEffect) }),
    ...(gate?.tentative && { tentative: tentativeJson(gate.tentative) }),
    ...(gate && gate.assumed.length > 0 ? { assumed: gate.assumed } : {}),
    summary,
  }
}

function diagnosticJson({ rule, severity, message, hint, place, span, related = [], relatedSpans }: LocatedDiagnostic) {
  return {
    rule,
    severity,
    message,
    hint: hint ?? null,
    file: place.file,
    ...span,
    related: related.map((other, index) => ({
      file: other.place.file,
      line: relatedSpans[index]?.line ?? 1,
      column: relatedSpans[index]?.column ?? 1,
      message: other.message,
    })),
  }
}

function approvalJson({ demand, met, because, until, expires, parts }: Decision) {
  const { id, type, place, reason, policy, rule } = demand
  return {
    id,
    type: type ?? null,
    file: place.file,
    reason,
    policy: policy.id,
    rule: rule?.name ?? null,
    met,
    because,
    until: until === undefined ? null : formatInstant(until),
    expires: expires === undefined ? null : formatInstant(expires),
    parts: parts.map(verdictJson),
  }
}

/** An approval that a later step will need. */
function foreseenJson({ id, type, place, reason, policy, rule }: Demand) {
  const requires = rule ? requirementText(rule.require) : null
  return { id, type: type ?? null, file: place.file, reason, policy: policy.id, rule: rule?.name ?? null, requires }
}

/** A verdict tree as it is, without what a value may carry beside. */
function verdictJson({ met, because, code, parts }: Verdict): object {
  return { met, because, ...(code !== undefined && { code }), parts: parts.map(verdictJson) }
}
