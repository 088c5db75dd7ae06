import { digestOf } from '../adapters/git/ledger-branch.ts'
import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { dateFindings } from '../core/replay/date-findings.ts'
import { falseDecisions } from '../core/replay/false-decisions.ts'
import { falseJudgements, stoppedJudgements } from '../core/replay/false-judgements.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import { decisionsByCommit, denialsIn, type KnownDecisions } from '../core/replay/known-decisions.ts'
import type { Rule } from '../core/rule.ts'
import type { Verification } from '../render/verify.ts'
import { changeRules, importedRules, mainlineRules, settledRules, timedRules, treeRules } from '../rules/index.ts'
import { gatherHistory } from './history.ts'
import { auditLedger } from './ledger-findings.ts'
import { replay } from './replay.ts'
import type { Import } from './replayed-rules.ts'
import type { Evidence } from './time-evidence.ts'
import type { World } from './world.ts'

/** What `gitsm verify` is asked: from which commit on the mainline is judged, and how strictly. */
export interface VerifyOptions {
  readonly base?: string
  /** Whether it is a finding, too, where nobody can know if an approval was given. */
  readonly strict?: boolean
}

/** What a replay of the mainline found, and the decisions that it was held against, believed or not. */
export interface VerifiedMainline {
  readonly verification: Verification
  readonly decisions: readonly LedgerDecision[]
}

/**
 * Replays the mainline up to HEAD and names every commit that the rules in force at the time did not allow, as if each
 * had been a pull request. The commit that founds the repository is taken as it is, and what was imported from another
 * tool may have taken other steps. Approvals are held against the decisions in the ledger, from its first entry on.
 */
export async function verifyMainline(
  world: Pick<World, 'dir' | 'env' | 'now' | 'asOf' | 'version' | 'progress' | 'say'>,
  { base, strict = false }: VerifyOptions,
): Promise<VerifiedMainline> {
  const git = { dir: world.dir, env: world.env }
  const { progress } = world
  await refuseShallow(git)
  const tip = await resolveCommit(git, 'HEAD')
  const { commits, evidence, packed } = await gatherHistory({ ...git, progress }, tip)
  const from = base === undefined ? undefined : await resolveCommit(git, base)
  const after = from === undefined ? -1 : positionOf(commits, from)
  const rules = {
    tree: treeRules.filter(forbids),
    change: [...changeRules, ...mainlineRules].filter(forbids),
    settled: settledRules,
  }
  for (const note of evidence.notes) world.say(`note: ${note}`)
  const { decisions, altered, judgements, findings: found } = await auditLedger(git, evidence)
  const known: KnownDecisions = {
    ...{ decisions, altered, strict, sha256: digestOf, engine: world.version },
    byCommit: decisionsByCommit(decisions),
    denials: denialsIn(decisions),
    positions: new Map(commits.map(({ commit, position }) => [commit, position])),
    asOf: world.asOf ?? world.now,
    ...ledgerReach(commits, evidence),
  }
  const replayed = await replay({ git, tip, commits, after, rules, known, progress })
  const { judged, records, imports, unvouched, awaited, authorised, asked, doubted, missing, ungoverned } = replayed
  const dates = dateFindings(commits, packed.claims(), evidence.implausible, world.now).filter(
    ({ commit }) => commit.position > after,
  )
  const all = [...replayed.findings, ...dates].toSorted(inOrder)
  const findings = all.filter((finding) => !isWaived(finding, imports))
  const now = {
    ...{
      positions: known.positions,
      whole: known.whole,
      after,
      engine: world.version,
      at: world.now,
      timed: timedRules,
    },
    ...{ findings, missing, waived: all.filter((finding) => isWaived(finding, imports)) },
  }
  const verification: Verification = {
    tip,
    ...(from !== undefined && { base: from }),
    commits: commits.length - 1 - after,
    records,
    judged,
    provenance: evidence.counts,
    imported: imports.map(({ system, until }) => ({ system, until: until.commit, commits: until.position + 1 })),
    findings,
    ledger: {
      present: evidence.ledger !== undefined,
      ...(evidence.believed && { believed: evidence.believed }),
      findings: [
        ...found,
        ...falseDecisions(known, { after, asked, doubted }),
        ...falseJudgements(judgements, now),
        ...stoppedJudgements(judgements, evidence.ledger?.entries ?? [], known.positions, world.now),
      ],
    },
    unvouched,
    awaited,
    authorised,
    ungoverned,
    strict,
  }
  return { verification, decisions }
}

function inOrder(a: HistoryFinding, b: HistoryFinding): number {
  return a.commit.position - b.commit.position
}

/** Warnings and notices stop no pull request, so they are no reason to doubt a commit either. */
function forbids({ severity }: Rule): boolean {
  return severity === 'error'
}

function positionOf(commits: readonly MainlineCommit[], wanted: string): number {
  const found = commits.find(({ commit }) => commit === wanted)
  if (found) return found.position
  throw new Fault(`${wanted.slice(0, 7)} is not on the mainline of HEAD`, {
    cure: 'Name a commit that git log --first-parent lists',
  })
}

/** From where on the ledger could have known, and whether this mainline reaches to where it knows most. */
function ledgerReach(
  commits: readonly MainlineCommit[],
  { ledger }: Evidence,
): Pick<KnownDecisions, 'whole'> & Partial<Pick<KnownDecisions, 'since'>> {
  const positions = new Map(commits.map(({ commit, position }) => [commit, position]))
  const entries = ledger?.entries ?? []
  const [since] = entries.flatMap(({ tip }) => positions.get(tip) ?? [])
  const whole = positions.has(entries.at(-1)?.tip ?? '') && entries.every(({ event }) => event !== 'rewritten')
  return { whole, ...(since !== undefined && { since }) }
}

/** Whether a finding is about a record that another tool kept then: it may have allowed what the rules here do not. */
function isWaived({ rule, commit, source }: HistoryFinding, imports: readonly Import[]): boolean {
  const from = imports.some(({ system, until }) => source === system && commit.position <= until.position)
  return from && !importedRules.includes(rule)
}
