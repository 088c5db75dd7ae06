import type { Calendar } from './calendar.ts'
import type { Charts } from './chart/chart.ts'
import type { Picture } from './chart/picture.ts'
import type { ClockedRecord } from './clock-event.ts'
import type { Config } from './config.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { EvidenceAccount, TimeQuality } from './evidence-account.ts'
import type { Explanation } from './explain.ts'
import type { RecordIndex, Rulebook } from './facts.ts'
import type { Instant } from './instant.ts'
import type { JudgedMainline } from './judged-mainline.ts'
import type { LedgerDecision } from './ledger/decision.ts'
import type { Period } from './period.ts'
import type { Reading } from './reading.ts'
import type { Data, RecordDoc } from './record.ts'
import type { GovernedEdit } from './report-governance.ts'
import type { RestatedPart } from './report-restated.ts'
import type { Restatement } from './restated.ts'
import type { Series } from './series.ts'
import type { Moment } from './timeline.ts'

/** One record that has states as the reports see it: its content and its history as of the report's instant. */
export interface LifeFacts {
  readonly type: string
  readonly id: string
  /** Path of the record in the repository. */
  readonly file: string
  /** The record as of the report's instant. */
  readonly data: Data
  /** At least one; none recorded later than the report's instant. */
  readonly moments: readonly Moment[]
}

/** One record as the reports see it, with its clocks as of the report's instant. */
export interface RecordFacts extends LifeFacts {
  readonly readings: readonly Reading[]
}

/** One incident as the reports see it. */
export type IncidentFacts = RecordFacts

/** One improvement as the reports see it. */
export type ImprovementFacts = Omit<LifeFacts, 'type'>

/** What the steps of improvement rest on beside the incidents. */
export interface ImprovingFacts {
  readonly kpis: readonly RecordDoc[]
  readonly measurements: readonly RecordDoc[]
  /** Of any period, up to the commit that the reports name: people look back on a period when it is over. */
  readonly commentary: readonly RecordDoc[]
  /** By id of the measurement. */
  readonly series: ReadonlyMap<string, Series>
  /** By id. */
  readonly calendars: ReadonlyMap<string, Calendar>
  /** The lives of all records that have states. */
  readonly records: readonly ClockedRecord[]
  readonly changes: readonly ClockedRecord[]
  readonly improvements: readonly ImprovementFacts[]
}

/** A stretch of a record's history that could not be read. */
export interface HistoryGap {
  readonly file: string
  readonly commit: string
  readonly reason: string
}

/** Everything that a report may rest on. A report is a pure function of it. */
export interface ReportFacts {
  readonly config: Config
  /** The newest mainline commit that touches anything but generated files. */
  readonly commit: string
  readonly asOf: Instant
  readonly period: Period
  /** When the mainline begins: nothing is known of the time before. */
  readonly since: Instant
  /** Mainline commits recorded by the as-of instant. */
  readonly commits: number
  /** In order of id; cancelled ones included. */
  readonly incidents: readonly IncidentFacts[]
  /** The records besides incidents that clocks ran on, such as requests and changes; in order of type and id. */
  readonly clocked: readonly RecordFacts[]
  /** All records that have states, in order of type and id; cancelled ones included. */
  readonly lives: readonly LifeFacts[]
  /**
   * All records of the tree as it was at the report's instant, those without states too: what an agreement or a target
   * became later does not rewrite a period that is over.
   */
  readonly tree: RecordIndex
  /** The record types of that tree, with their lifecycles. */
  readonly rulebook: Rulebook
  /** Those of `tree`, as are `teams`, `slas`, and what improving rests on but for commentary. */
  readonly services: readonly RecordDoc[]
  readonly teams: readonly RecordDoc[]
  readonly slas: readonly RecordDoc[]
  /** How the time of the worst breaches of the period came about, interval by interval. */
  readonly accounts: readonly Explanation[]
  readonly improving: ImprovingFacts
  readonly gaps: readonly HistoryGap[]
  /** What rules find wrong with the services and items of `tree`. */
  readonly findings: readonly Diagnostic[]
  /** The edits of what judges others, oldest first. */
  readonly governed: readonly GovernedEdit[]
  /** The decisions in the ledger, in the order of time; empty where there is no ledger. */
  readonly decisions: readonly LedgerDecision[]
  /** What the ledger keeps of how `verify` judged the mainline; `null` where it keeps nothing. */
  readonly judged: JudgedMainline | null
  /** What the times of the mainline rest on. */
  readonly evidence: EvidenceAccount
  /** Ids of the periods that have pages of their own, this one included or not, in any order. */
  readonly published: readonly string[]
  /** What later facts changed of a period that was over; absent where nothing is known of later facts. */
  readonly restated?: Restated
  /** The same of the period before, where that has pages. */
  readonly restatedBefore?: Restated
  /** The pages that are written, in the order in which they link to each other; the first is the dashboard. */
  readonly pages: readonly PageName[]
}

/** Figures of a period that later facts changed. */
export interface Restated {
  readonly period: Period
  readonly figures: readonly Restatement[]
}

/** A page by the name of its file, and what people call it. */
export interface PageName {
  readonly name: string
  readonly title: string
  /** One sentence: what it tells. */
  readonly summary: string
}

/** A page with the address that leads to it from another page. */
export interface PageLink {
  readonly name: string
  readonly href: string
}

/** What every page says of itself, for the lines that all templates share. */
export interface Page {
  /** Its name, which the files of its charts begin with. */
  readonly name: string
  /** IANA zone that instants are printed in. */
  readonly zone: string
  readonly organisation: string
  readonly commit: string
  readonly asOf: Instant
  readonly period: Period
  /** Whether the period was over at the as-of instant. */
  readonly complete: boolean
  /** How the times of steps and edits recorded in the period are known. */
  readonly times: TimeQuality
  /** The entry of the ledger by which the commit was there, once there is one. */
  readonly anchor: {
    readonly entry: string
    readonly digest: string
    /** The branch that was believed, without the name of any remote. */
    readonly ledger: string
    /** How many entries up to it somebody dated, in words. */
    readonly byHand: string
  } | null
  /** What speaks against them, each in a sentence. */
  readonly doubts: readonly { readonly rule: string; readonly message: string }[]
  /** The figures of the period that later facts changed; `null` where there are none. */
  readonly restated: RestatedPart | null
  /** The same of the period before. */
  readonly restatedBefore: RestatedPart | null
  /** What `{{chart "key"}}` draws in the template. */
  readonly charts?: Charts
  /** The other pages of the period. */
  readonly pages: readonly (PageName & PageLink)[]
}

/** A kind of report: a value in its own file under `src/reports/`, with a template of the same name. */
export interface Report extends PageName {
  /** What the template is filled with. */
  model(facts: ReportFacts): Page
}

/** A compiled template. */
export type Template = (model: object) => string

/** A file to be written, by its path in the repository. */
export interface RenderedReport {
  readonly path: string
  readonly text: string
}

/** A page of Markdown with the charts that it shows, which are still to be drawn. */
export interface RenderedPage extends RenderedReport {
  readonly pictures: readonly Picture[]
}
