import type { GitDir } from '../adapters/git/run.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import type { JudgementChain } from '../core/ledger/judgement-chain.ts'
import { type GovernedEdit, governingTypes } from '../core/report-governance.ts'
import { judge } from '../core/rule.ts'
import { ciFitsClass } from '../rules/ci-fits-class.ts'
import { dependencyWithoutCycle } from '../rules/dependency-without-cycle.ts'
import { redundancyIsPossible } from '../rules/redundancy-is-possible.ts'
import { referenceExists } from '../rules/reference-exists.ts'
import type { History } from './history.ts'
import { readDecisions, readJudgements, readLedger } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import type { ReportTree } from './report-tree.ts'

/** What rules find wrong with the services and items of a tree: references, circles, redundancy and classes. */
export function configurationFindings({ records, rulebook, unreadable }: ReportTree): readonly Diagnostic[] {
  const facts = { records, rulebook, unreadable, changes: [] }
  const items: RecordIndex = { ...records, all: [...records.ofType('service'), ...records.ofType('ci')] }
  return [
    ...judge([referenceExists], { ...facts, records: items }),
    ...judge([dependencyWithoutCycle, redundancyIsPossible, ciFitsClass], facts),
  ]
}

/** The edits of what judges others that the mainline had learnt of by an instant, oldest first. */
export function governedEdits({ records, configurations }: History, asOf: Instant): readonly GovernedEdit[] {
  const ofRecords = [...records.values()].flatMap(({ type, id, revisions }) =>
    governingTypes.includes(type)
      ? revisions.map(({ kind, file, commit }, index): GovernedEdit & { readonly position: number } => ({
          ...{ type, id, file, at: commit.at, by: commit.by, commit: commit.commit, provenance: commit.provenance },
          kind: kind === 'removed' ? 'removed' : index === 0 ? 'added' : 'edited',
          position: commit.position,
        }))
      : [],
  )
  const ofRepository = configurations.map(({ commit, content }, index) => ({
    ...{ type: 'gitsm.yaml', id: 'gitsm.yaml', file: 'gitsm.yaml', at: commit.at, by: commit.by },
    ...{ commit: commit.commit, provenance: commit.provenance, position: commit.position },
    kind: content === null ? ('removed' as const) : index === 0 ? ('added' as const) : ('edited' as const),
  }))
  return [...ofRecords, ...ofRepository]
    .filter(({ at }) => at <= asOf)
    .toSorted((a, b) => a.position - b.position)
    .map(({ position: _, ...edit }) => edit)
}

/** What the ledger that is believed knows beside times: decisions in the order of time, and how the mainline was judged. */
export interface LedgerAccount {
  readonly decisions: readonly LedgerDecision[]
  readonly judgements: JudgementChain
}

/** Reads what the ledger knows beside times; nothing where there is no ledger. */
export async function ledgerAccount(git: GitDir): Promise<LedgerAccount> {
  const ledger = await readLedger(git, await ledgerSource(git))
  if (!ledger) return { decisions: [], judgements: { judgements: [] } }
  const { decisions } = await readDecisions(git, ledger)
  return { decisions, judgements: await readJudgements(git, ledger) }
}
