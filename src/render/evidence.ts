import { type EvidenceAccount, provenanceLadder } from '../core/evidence-account.ts'
import type { DoubtfulDate, MainlineCommit, Provenance } from '../core/history.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import type { BelievedLedger } from '../core/ledger/believed.ts'

/**
 * What times rest on, as it stands beside figures in JSON: commits of the mainline by kind of time, and what speaks
 * against them.
 */
export function evidenceJson({ counts, believed, anchor, findings, doubted, notes }: EvidenceAccount): object {
  return {
    commits: counts,
    ledger: believed ? believedJson(believed) : null,
    anchor: anchor ? { sequence: anchor.sequence, digest: anchor.digest } : null,
    findings: findings.map(({ rule, message, hint, commit, path }) => {
      return { rule, message, hint, commit: commit ?? null, file: path ?? null }
    }),
    doubted,
    notes,
  }
}

/** How the time of a commit is known; for a date that did not stand what it claims, too. */
export function provenanceText({ provenance, doubt }: Pick<MainlineCommit, 'provenance' | 'doubt'>): string {
  return doubt === undefined
    ? provenance
    : `${provenance}, in doubt: dated ${humanInstant(doubt.claimed)}, ${doubt.kind === 'ahead' ? 'ahead of' : 'behind'} others`
}

/** A doubtful date as JSON. */
export function doubtJson({ kind, claimed }: DoubtfulDate): object {
  return { kind, claimed: formatInstant(claimed) }
}

/** Which ledger was believed as JSON. */
export function believedJson({ ref, commit, entries, byHand, withoutRun }: BelievedLedger): object {
  return { ref, commit, entries, byHand, withoutRun }
}

/** How many of some clocks rest on what kind of time, each counted by the weakest of its times. */
export function weakestText(provenances: readonly Provenance[]): string {
  const told = provenanceLadder.flatMap((provenance) => {
    const count = provenances.filter((each) => each === provenance).length
    return count === 0 ? [] : [`${count} ${provenance}`]
  })
  return `Weakest time that each clock rests on: ${told.join(', ')}`
}

/**
 * That figures cannot be relied on, and why, where something speaks against the evidence; and that a gate fails by
 * that.
 */
export function doubtText({ findings }: EvidenceAccount, isGate: boolean): string | undefined {
  const [first] = findings
  if (!first) return undefined
  const why = [...new Set(findings.map(({ rule }) => rule))].join(', ')
  const verdict = isGate ? 'fail: these figures cannot be relied on' : 'These figures cannot be relied on'
  return `${verdict} (${why}): ${first.message}`
}
