import type { Config } from '../core/config.ts'
import type { RecordHistory } from '../core/history.ts'
import type { Instant } from '../core/instant.ts'
import type { JudgedMainline } from '../core/judged-mainline.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { once } from '../core/once.ts'
import type { Period } from '../core/period.ts'
import type { RecordDoc } from '../core/record.ts'
import type { HistoryGap, ReportFacts } from '../core/report.ts'
import { pageNamesOf } from '../reports/index.ts'
import { calendarsOf } from './calendars.ts'
import type { Clocks } from './clocks.ts'
import { livesAt } from './lives-at.ts'
import { accountsOf } from './report-accounts.ts'
import { configurationFindings, governedEdits } from './report-governance.ts'
import type { ReportTree } from './report-tree.ts'

/** What reports of any period rest on. */
export interface ReportSource {
  readonly clocks: Clocks
  readonly config: Config
  /** What people say about periods, as of the commit that the reports name. */
  readonly commentary: readonly RecordDoc[]
  /** The decisions in the ledger. */
  readonly decisions: readonly LedgerDecision[]
  /** How the mainline was judged, as the ledger keeps it. */
  readonly judged: JudgedMainline | null
  /** The tree as it was at an instant. */
  treeAt(asOf: Instant): Promise<ReportTree>
}

/** When the commit that the reports name was recorded. */
export function recordedAt({ clocks }: ReportSource): Instant {
  return clocks.history.commits.at(-1)?.at ?? 0
}

/** When the mainline begins. */
export function beginsAt({ clocks }: ReportSource): Instant {
  return clocks.history.commits[0]?.at ?? 0
}

/** When an incident last was opened or took a step; `undefined` where there is none. Edits and other records are no steps. */
export function newestStepAt({ clocks }: ReportSource): Instant | undefined {
  const steps = clocks.records.flatMap(({ type, moments }) =>
    type === 'incident' ? moments.filter(({ state }, index) => state !== moments[index - 1]?.state) : [],
  )
  return steps.length === 0 ? undefined : steps.reduce((newest, { recorded }) => Math.max(newest, recorded), 0)
}

/** The facts of a period as of an instant; what the mainline learnt later plays no part. */
export async function reportFacts(
  source: ReportSource,
  period: Period,
  asOf: Instant,
  published: readonly string[],
): Promise<ReportFacts> {
  const known = standingOf(source)
  const standing = known.get(asOf) ?? standingFacts(source, asOf)
  known.set(asOf, standing)
  const { incidents, clocked, ...facts } = await standing
  const accounts = accountsOf(source.clocks, { incidents, clocked, period }, asOf)
  return { ...facts, incidents, clocked, period, accounts, published }
}

/** What reports say of an instant, whatever their period. */
type StandingFacts = Omit<ReportFacts, 'period' | 'accounts' | 'published'>

/** Reports of several periods, what was restated since, and feeds ask for the same instants. */
const standingOf = once((_: ReportSource) => new Map<Instant, Promise<StandingFacts>>())

async function standingFacts(
  { clocks, config, commentary, decisions, judged, treeAt }: ReportSource,
  asOf: Instant,
): Promise<StandingFacts> {
  const { history, tip } = clocks
  const tree = await treeAt(asOf)
  const { records, series, rulebook } = tree
  const { incidents, clocked, lives } = livesAt(clocks, asOf)
  return {
    config,
    commit: tip,
    asOf,
    since: history.commits[0]?.at ?? asOf,
    commits: history.commits.filter(({ at }) => at <= asOf).length,
    incidents,
    clocked,
    lives,
    tree: records,
    rulebook,
    services: records.ofType('service'),
    teams: records.ofType('team'),
    slas: records.ofType('sla'),
    improving: {
      kpis: records.ofType('kpi'),
      measurements: records.ofType('measurement'),
      commentary,
      series,
      calendars: calendarsOf(records),
      records: clocks.records,
      changes: clocks.records.filter(({ type }) => type === 'change'),
      improvements: lives.filter(({ type }) => type === 'improvement'),
    },
    gaps: [...history.records.values()].flatMap((each) => gapsOf(each, asOf)),
    findings: configurationFindings(tree),
    governed: governedEdits(history, asOf),
    decisions: decisions.filter(({ at }) => at <= asOf),
    judged,
    pages: pageNamesOf(config),
    evidence: history.evidence,
  }
}

function gapsOf({ revisions }: RecordHistory, asOf: Instant): readonly HistoryGap[] {
  return revisions.flatMap((revision) => {
    if (revision.kind === 'written' || revision.commit.at > asOf) return []
    const reason = revision.kind === 'unreadable' ? revision.reason : 'the record was removed'
    return [{ file: revision.file, commit: revision.commit.commit, reason }]
  })
}
