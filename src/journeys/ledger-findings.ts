import { ledgerTampers } from '../adapters/git/ledger-history.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import type { LedgerFinding } from '../core/ledger/finding.ts'
import type { ChainedJudgement } from '../core/ledger/judgement-chain.ts'
import { type Ledger, readDecisions, readJudgements } from './ledger-reading.ts'
import type { Evidence } from './time-evidence.ts'

/** What an audit finds in a ledger, and what it can rely on. */
export interface AuditedLedger {
  readonly decisions: readonly LedgerDecision[]
  /** Files of decisions that were changed after they had been written, and the last commit of the ledger that did. */
  readonly altered: ReadonlyMap<string, string>
  /** What `verify` kept of what it found, oldest first. */
  readonly judgements: readonly ChainedJudgement[]
  readonly findings: readonly LedgerFinding[]
}

/**
 * Audits the ledger that times were weighed with: beside what readers find themselves, whether its branch was only ever
 * added to, and whether the evidence of decisions can be read.
 */
export async function auditLedger(git: GitDir, { ledger, findings }: Evidence): Promise<AuditedLedger> {
  if (!ledger) return { decisions: [], altered: new Map(), judgements: [], findings }
  const { decisions, unreadable } = await readDecisions(git, ledger)
  const { judgements, broken } = await readJudgements(git, ledger)
  const tampers = await tamperFindings(git, ledger)
  return {
    decisions,
    judgements,
    altered: new Map(tampers.flatMap(({ path, commit }) => (path === undefined ? [] : [[path, commit ?? '']]))),
    findings: [
      ...tampers,
      ...findings,
      ...(broken ? [brokenJudgements(broken)] : []),
      ...unreadable.map(({ file, message }): LedgerFinding => {
        return { rule: 'decision-readable', path: file, message, hint: 'What it decided counts as not approved' }
      }),
    ],
  }
}

function brokenJudgements({ path, message }: { readonly path: string; readonly message: string }): LedgerFinding {
  const hint = `What verify kept from there on is not read; git log gitsm-ledger -- ${path} shows who wrote it`
  return { rule: 'judgement-chain', path, message, hint }
}

/**
 * Evidence for who lets something pass because of it: what readers find themselves, and whether the branch of the ledger
 * was only ever added to. A changed last entry is found in no other way, for nothing follows it yet.
 */
export async function auditedEvidence(git: GitDir, evidence: Evidence): Promise<Evidence> {
  const { ledger, findings } = evidence
  return ledger ? { ...evidence, findings: [...(await tamperFindings(git, ledger)), ...findings] } : evidence
}

async function tamperFindings(git: GitDir, { commit: tip }: Ledger): Promise<readonly LedgerFinding[]> {
  const tampers = await ledgerTampers(git, tip)
  return tampers.map((tamper) => ({ rule: 'ledger-append-only', ...tamper, hint: restoreLedger }))
}

/** What to do about a ledger that was changed. */
export const restoreLedger = 'Compare with a clone that was made before, and restore the branch from it'
