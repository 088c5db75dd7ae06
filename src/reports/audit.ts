import { compare } from '../core/diagnostic.ts'
import type { Instant } from '../core/instant.ts'
import type { Kpi } from '../core/kpi.ts'
import type { Share } from '../core/kpi-figure.ts'
import { branchName } from '../core/ledger/believed.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { HistoryGap, Page, Report, ReportFacts } from '../core/report.ts'
import {
  type AllowedChange,
  allowedChanges,
  type DecisionLine,
  decisionLines,
  type EmergencyChange,
  emergencyChanges,
  emergencyRate,
  type FrequentRequester,
  frequentRequesters,
  type GovernedCommit,
  governedCommits,
  type OverriddenPriority,
  overriddenPriorities,
  type WaivedConflict,
  waivedConflicts,
} from '../core/report-authorisation.ts'
import { controlledEdits, type FoundChange, foundChanges, type UncoveredEdit } from '../core/report-configuration.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import { type FoundLine, type JudgementPart, judgementPart, type LedgerLine } from '../core/report-judgement.ts'
import { type MetricRow, metricRows } from '../core/report-metric.ts'
import { type MissingReview, missingReviews } from '../core/report-missing-review.ts'
import { pageOf } from '../core/report-page.ts'
import { localTime } from '../core/report-time.ts'
import {
  type DoubtfulCommit,
  doubtfulCommits,
  type LateFiling,
  lateFilings,
  type Recorder,
  recorders,
  type SkewedStep,
  skewedSteps,
  type TypeTimes,
  timesByType,
} from '../core/report-time-evidence.ts'

/** The first of a list, and how many more there are. */
interface Some<T> {
  readonly list: readonly T[]
  readonly all: number
  readonly more: number
}

interface AuditPage extends Page {
  readonly quotes: readonly Quote[]
  /** First and last day of the period, as `gitsm audit` takes them. */
  readonly from: string
  readonly to: string
  /** The branch of the ledger that is believed, without the name of any remote. How long it has grown is left out: that would change an old page. */
  readonly ledger: string | null
  /** What `verify` found, and up to where the mainline was judged. */
  readonly judged: Omit<JudgementPart, 'found' | 'ofLedger'> & {
    readonly found: Some<FoundLine>
    readonly ofLedger: Some<LedgerLine>
  }
  readonly allowed: Some<AllowedChange>
  /** Of the changes allowed in the period, those that a decision in the ledger shows. */
  readonly shown: Share
  readonly decisions: Some<DecisionLine>
  readonly emergencies: readonly EmergencyChange[]
  /** Emergencies whose approval was late, did not come, or is not told of. */
  readonly unsettled: number
  /** Who asked for emergencies too often, and how often that is. */
  readonly frequent: readonly FrequentRequester[]
  readonly rate: ReturnType<typeof emergencyRate>
  readonly found: readonly FoundChange[]
  readonly uncovered: Some<UncoveredEdit>
  readonly controlled: number
  readonly reviews: Some<MissingReview>
  readonly waivers: Some<WaivedConflict>
  readonly overrides: Some<OverriddenPriority>
  readonly typeTimes: readonly TypeTimes[]
  readonly skewed: Some<SkewedStep>
  readonly ahead: number
  readonly filings: readonly LateFiling[]
  readonly late: number
  readonly doubtful: Some<DoubtfulCommit>
  readonly governed: Some<GovernedCommit>
  readonly recorders: Some<Recorder>
  readonly gaps: Some<HistoryGap>
  readonly metrics: readonly MetricRow[]
  readonly kpis: readonly Kpi[]
}

const longestList = 10
/** An auditor wants to see each of them. */
const longestFound = 100
const ids = ['recording-skew', 'retrospective-incidents', 'unauthorised-changes', 'conflict-waivers']

/** Who allowed what, how the times are known, and what went past the rules. */
export const audit: Report = {
  name: 'audit',
  title: 'Audit',
  summary: 'Who allowed what, how times are known, what was filed late, waived, overridden or changed without approval',
  model(facts: ReportFacts): AuditPage {
    const name = 'audit'
    const { period, config } = facts
    const dayOf = (at: Instant): string => localTime(at, config.timezone).text.slice(0, 10)
    const allowed = allowedChanges(facts, name)
    const judged = judgementPart(facts, name)
    const emergencies = emergencyChanges(facts, name)
    const { n: controlled, uncovered } = controlledEdits(facts, name)
    const skewed = skewedSteps(facts, name)
    const filings = lateFilings(facts, name)
    return {
      ...pageOf(facts, name),
      quotes: quotesOn(facts, name),
      from: dayOf(period.from),
      to: dayOf(period.until),
      ledger: facts.evidence.believed ? branchName(facts.evidence.believed.ref) : null,
      judged: { ...judged, found: some(judged.found, longestFound), ofLedger: some(judged.ofLedger) },
      allowed: some(allowed),
      shown: { count: allowed.filter(({ decision }) => decision !== null).length, n: allowed.length },
      decisions: some(decisionLines(facts)),
      emergencies,
      unsettled: emergencies.filter(({ how }) => how !== 'before' && how !== 'after').length,
      frequent: frequentRequesters(facts, name),
      rate: emergencyRate(facts),
      found: foundChanges(facts, name),
      uncovered: some(uncovered),
      controlled,
      reviews: some(missingReviews(facts, name)),
      waivers: some(waivedConflicts(facts, name)),
      overrides: some(overriddenPriorities(facts, name)),
      typeTimes: timesByType(facts),
      skewed: some(skewed),
      ahead: skewed.filter(({ skew }) => skew < 0).length,
      filings,
      late: filings.reduce((sum, { share }) => sum + share.count, 0),
      doubtful: some(doubtfulCommits(facts)),
      governed: some(governedCommits(facts)),
      recorders: some(recorders(facts)),
      gaps: some(facts.gaps.toSorted(inOrder)),
      metrics: metricRows(facts, ids),
      kpis: kpisOf(ids),
    }
  },
}

function some<T>(all: readonly T[], longest = longestList): Some<T> {
  return { list: all.slice(0, longest), all: all.length, more: Math.max(0, all.length - longest) }
}

function inOrder(a: HistoryGap, b: HistoryGap): number {
  return compare(a.file, b.file) || compare(a.commit, b.commit)
}
