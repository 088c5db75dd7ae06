import { someOf } from './conflict.ts'
import type { SettledConflict } from './conflict-waiver.ts'
import type { Instant, Seconds } from './instant.ts'
import type { Diagram } from './mermaid/diagram.ts'
import { gantts } from './mermaid/gantt.ts'
import { textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { forwardSchedule, type PlannedWork, scheduleDays } from './report-change-schedule.ts'
import { nameOf, type RecordLink, recordLink, words } from './report-page.ts'
import { overlap, type TimeSpan } from './time-span.ts'
import type { WindowTime } from './window-schedule.ts'

/** A planned change as a line of the forward schedule. */
export interface PlanLine extends RecordLink, TimeSpan {
  readonly changeType: string
  readonly state: string
  readonly authorised: boolean
  readonly outage: boolean
  readonly services: readonly string[]
  readonly implementer: string | null
  readonly frozen: boolean
  /** What it collides with, each in a sentence. */
  readonly open: readonly string[]
  readonly waived: readonly string[]
}

/** A freeze or a maintenance window as a line of the forward schedule. */
export interface WindowLine extends RecordLink, TimeSpan {
  /** What it covers, in words: `Web shop and 3 more`. */
  readonly covers: string
  /** The types of changes that it does not bind; empty where it binds all. */
  readonly allows: readonly string[]
}

/** The forward schedule of a page. */
export interface PlanTable {
  readonly days: number
  readonly from: Instant
  readonly until: Instant
  readonly work: readonly PlanLine[]
  /** How many are authorised, collide, and stand in a freeze. */
  readonly authorised: number
  readonly colliding: number
  readonly frozen: number
  readonly overdue: readonly RecordLink[]
  readonly timeless: readonly RecordLink[]
  readonly freezes: readonly WindowLine[]
  readonly maintenance: readonly WindowLine[]
  /** The schedule as pictures, split where one cannot hold it. */
  readonly diagrams: readonly Diagram[]
}

/** The forward schedule from an instant on, as the page tells it. */
export function planTable(facts: ReportFacts, page: string, from: Instant): PlanTable {
  const { span, work, overdue, timeless, freezes, maintenance } = forwardSchedule(facts, from)
  const link = (record: PlannedWork['record']): RecordLink => recordLink(facts, page, record)
  return {
    days: scheduleDays,
    ...span,
    work: work.map((each) => planLine(facts, page, each)),
    authorised: work.filter(({ authorised }) => authorised).length,
    colliding: work.filter(({ open, frozen }) => open.length > 0 && !frozen).length,
    frozen: work.filter(({ frozen }) => frozen).length,
    overdue: overdue.map(link),
    timeless: timeless.map(link),
    freezes: freezes.flatMap((time) => windowLine(facts, page, time)),
    maintenance: maintenance.flatMap((time) => windowLine(facts, page, time)),
    diagrams: scheduleDiagrams(facts.config.timezone, span, work, freezes),
  }
}

/** What is shorter would be a line too thin to see over four weeks: it is drawn as a diamond where it begins. */
const shortest: Seconds = 43_200

/** The schedule as a Gantt chart: what cannot have its time stands out, what is authorised is filled. */
function scheduleDiagrams(
  zone: string,
  span: TimeSpan,
  work: readonly PlannedWork[],
  freezes: readonly WindowTime[],
): readonly Diagram[] {
  const within = (time: TimeSpan): TimeSpan => overlap(time, span) ?? time
  return gantts({
    title: 'Forward schedule',
    zone,
    sections: [
      {
        name: 'Freezes',
        tasks: freezes.map((time) => ({ name: time.window.title, ...within(time), look: 'pale' as const })),
      },
      {
        name: 'Changes',
        tasks: work.map(({ record, authorised, open, ...time }) => ({
          name: `${record.id} ${textAt(record.data, 'title') ?? ''}`,
          ...within(time.until - time.from < shortest ? { from: time.from, until: time.from } : time),
          look: open.length > 0 ? ('critical' as const) : authorised ? ('usual' as const) : ('pale' as const),
        })),
      },
    ],
  })
}

function planLine(facts: ReportFacts, page: string, work: PlannedWork): PlanLine {
  const { from, until, changeType, authorised, outage, frozen } = work
  const told = (conflicts: readonly SettledConflict[]): readonly string[] => [
    ...new Set(conflicts.map(({ because }) => because)),
  ]
  return {
    ...recordLink(facts, page, work.record),
    ...{ from, until, changeType, authorised, outage, frozen },
    state: words(work.state),
    services: work.services.map((service) => nameOf(facts, 'service', service) ?? service),
    implementer: textAt(work.record.data, 'implementer') ?? null,
    open: told(work.open),
    waived: told(work.waived),
  }
}

function windowLine(facts: ReportFacts, page: string, { window, from, until }: WindowTime): readonly WindowLine[] {
  const record = facts.tree.find('window', window.id)
  if (!record) return []
  const { services, cis, environments, changeTypes } = window.scope
  const named = [
    ...[...(services ?? [])].map((service) => nameOf(facts, 'service', service) ?? service),
    ...(cis ?? []),
  ]
  const covers = [
    ...(named.length > 0 ? [someOf(named)] : []),
    ...(environments ? [someOf([...environments])] : []),
    ...(changeTypes ? [`${someOf([...changeTypes])} changes`] : []),
  ]
  return [
    {
      ...recordLink(facts, page, record),
      ...{ from, until },
      covers: covers.length === 0 ? 'everything' : covers.join(', '),
      allows: window.allows,
    },
  ]
}
