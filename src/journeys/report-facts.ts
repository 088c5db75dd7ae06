import type { Config } from '../core/config.ts'
import type { RecordHistory } from '../core/history.ts'
import type { Instant } from '../core/instant.ts'
import type { JudgedMainline } from '../core/judged-mainline.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import type { Period } from '../core/period.ts'
import type { RecordDoc } from '../core/record.ts'
import type { HistoryGap, IncidentFacts, RecordFacts, ReportFacts } from '../core/report.ts'
import { readings } from '../core/sla-reading.ts'
import { pageNamesOf } from '../reports/index.ts'
import { calendarsOf } from './calendars.ts'
import type { Clocks } from './clocks.ts'
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
  { clocks, config, commentary, decisions, judged, treeAt }: ReportSource,
  period: Period,
  asOf: Instant,
  published: readonly string[],
): Promise<ReportFacts> {
  const { history, tip } = clocks
  const tree = await treeAt(asOf)
  const { records, series, rulebook } = tree
  const { incidents, clocked, lives } = livesAt(clocks, asOf)
  return {
    config,
    commit: tip,
    asOf,
    period,
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
      improvements: lived(clocks, asOf, (type) => type === 'improvement'),
    },
    accounts: accountsOf(clocks, { incidents, clocked, period }, asOf),
    gaps: [...history.records.values()].flatMap((each) => gapsOf(each, asOf)),
    findings: configurationFindings(tree),
    governed: governedEdits(history, asOf),
    decisions: decisions.filter(({ at }) => at <= asOf),
    judged,
    published,
    pages: pageNamesOf(config),
    evidence: history.evidence,
  }
}

type Lives = Pick<ReportFacts, 'incidents' | 'clocked' | 'lives'>

/** Lives and clocks as of an instant: reports of several periods, and what was restated since, ask for the same. */
function livesAt(clocks: Clocks, asOf: Instant): Lives {
  const known = livesOf.get(clocks) ?? new Map<Instant, Lives>()
  livesOf.set(clocks, known)
  const found = known.get(asOf) ?? {
    incidents: incidentFacts(clocks, asOf),
    clocked: clockedFacts(clocks, asOf),
    lives: lived(clocks, asOf, () => true).map(({ record: _, ...life }) => life),
  }
  known.set(asOf, found)
  return found
}

const livesOf = new WeakMap<Clocks, Map<Instant, Lives>>()

/** The incidents with their lives and clocks, as of an instant. */
export function incidentFacts(clocks: Clocks, asOf: Instant): readonly IncidentFacts[] {
  return withReadings(clocks, asOf, (type) => type === 'incident')
}

/** The records besides incidents that clocks ran on, with their lives, as of an instant. */
export function clockedFacts(clocks: Clocks, asOf: Instant): readonly RecordFacts[] {
  return withReadings(clocks, asOf, (type) => type !== 'incident').filter(({ readings }) => readings.length > 0)
}

function withReadings(clocks: Clocks, asOf: Instant, wanted: (type: string) => boolean): readonly RecordFacts[] {
  return lived(clocks, asOf, wanted).map(({ record, ...facts }) => ({
    ...facts,
    readings: readings(record, clocks.levels, asOf),
  }))
}

/** The records of some types that were there at an instant, with what was known of them then. */
function lived({ history, records }: Clocks, asOf: Instant, wanted: (type: string) => boolean) {
  return records.flatMap((record) => {
    const { type, id } = record
    if (!wanted(type)) return []
    const moments = record.moments.filter(({ recorded }) => recorded <= asOf)
    const last = moments.at(-1)
    const file = fileAt(history.records.get(`${type}/${id}`), asOf)
    return last && file !== undefined ? [{ type, id, file, data: last.data, moments, record }] : []
  })
}

function fileAt(history: RecordHistory | undefined, asOf: Instant): string | undefined {
  return history?.revisions.findLast(({ kind, commit }) => kind === 'written' && commit.at <= asOf)?.file
}

function gapsOf({ revisions }: RecordHistory, asOf: Instant): readonly HistoryGap[] {
  return revisions.flatMap((revision) => {
    if (revision.kind === 'written' || revision.commit.at > asOf) return []
    const reason = revision.kind === 'unreadable' ? revision.reason : 'the record was removed'
    return [{ file: revision.file, commit: revision.commit.commit, reason }]
  })
}
