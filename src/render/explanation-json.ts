import type { Edge } from '../core/clock-account.ts'
import type { ExplainedVersion } from '../core/explain.ts'
import { formatInstant } from '../core/instant.ts'
import { doubtJson, evidenceJson } from './evidence.ts'
import type { RecordAccount } from './explanation.ts'
import { json } from './json.ts'
import { gapJson, readingJson } from './readings.ts'

/** Accounts as JSON: each clock's reading, its intervals with the commit behind each edge, and the verdict. */
export function explanationsJson({ id, commit, asOf, explanations, evidence, warnings }: RecordAccount): string {
  return json({
    id,
    commit,
    asOf: formatInstant(asOf),
    warnings,
    evidence: evidenceJson(evidence),
    clocks: explanations.map(({ reading, version, stretches, end, handedOverTo, after, sentence, ...basis }) => ({
      reading: readingJson(reading),
      version: version ?? null,
      agreements: basis.agreements.map(versionJson),
      calendars: basis.calendars.map(versionJson),
      atRiskFrom: reading.atRiskAt === null ? null : formatInstant(reading.atRiskAt),
      atRiskPercent: basis.atRiskPercent,
      intervals: stretches.map((stretch) => ({
        from: formatInstant(stretch.from),
        until: formatInstant(stretch.until),
        what: stretch.kind,
        reason: stretch.reason ?? null,
        ...(stretch.unrecorded && { unrecorded: true }),
        priority: stretch.priority,
        calendar: stretch.calendar,
        open: stretch.open,
        counted: stretch.counted,
        total: stretch.total,
        ...(stretch.gaps && { gaps: stretch.gaps.map(gapJson) }),
        edge: stretch.edge ? edgeJson(stretch.edge) : null,
        agreementCommit: stretch.agreementCommit ?? null,
        calendarCommit: stretch.calendarCommit ?? null,
      })),
      end: end ? edgeJson(end) : null,
      ...(handedOverTo !== undefined && { handedOverTo }),
      afterStop: after.map(({ from, until, state, commit: edge }) => ({
        from: formatInstant(from),
        until: formatInstant(until),
        state,
        edge: edgeJson({ commit: edge, basis: 'recorded' }),
      })),
      verdict: sentence,
    })),
  })
}

function edgeJson({ commit: { commit, by, at, provenance, doubt }, basis }: Edge): object {
  return { commit, by, at: formatInstant(at), provenance, ...(doubt && { doubt: doubtJson(doubt) }), basis }
}

function versionJson({ id, from, commit, removed, zone, offsets }: ExplainedVersion): object {
  return {
    id,
    ...(zone !== undefined && { zone, offsets: offsets ?? [] }),
    from: formatInstant(from),
    ...(removed && { removed: { commit: removed.commit, by: removed.by, at: formatInstant(removed.at) } }),
    commit: commit?.commit ?? null,
    at: commit ? formatInstant(commit.at) : null,
    by: commit?.by ?? null,
    provenance: commit?.provenance ?? null,
    ...(commit?.doubt && { doubt: doubtJson(commit.doubt) }),
  }
}
