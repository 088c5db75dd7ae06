import { conflictFacts } from './conflict-facts.ts'
import { changeConflicts } from './conflict-report.ts'
import { isOpen, type SettledConflict } from './conflict-waiver.ts'
import { authorisedStates } from './deployment/authorised-state.ts'
import { compare } from './diagnostic.ts'
import type { Instant } from './instant.ts'
import { claimsTime, type PlannedChange, plannedChange } from './planned-change.ts'
import { type RecordDoc, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { overlap, type TimeSpan } from './time-span.ts'
import { type WindowTime, windowTimes } from './window-schedule.ts'

/** How far ahead the forward schedule looks: four weeks. */
export const scheduleDays = 28

/** A change that is planned for the coming weeks. */
export interface PlannedWork extends TimeSpan {
  readonly record: RecordDoc
  readonly changeType: string
  readonly state: string
  /** Whether somebody who may has authorised it already. */
  readonly authorised: boolean
  /** Whether it takes its services out. */
  readonly outage: boolean
  /** In alphabetical order. */
  readonly services: readonly string[]
  /** What it collides with and nobody has waived, so that it cannot have its time. */
  readonly open: readonly SettledConflict[]
  /** What it collides with and somebody who may has accepted. */
  readonly waived: readonly SettledConflict[]
  /** Whether a freeze that is not waived stands against it. */
  readonly frozen: boolean
}

/** What is planned for the weeks after a report's instant, as it was known then. */
export interface ForwardSchedule {
  readonly span: TimeSpan
  /** In order of their time, then id. */
  readonly work: readonly PlannedWork[]
  /** Changes that are waited for and whose planned time is over. */
  readonly overdue: readonly RecordDoc[]
  /** Changes that are being assessed, authorised or waited for and have no planned time yet. */
  readonly timeless: readonly RecordDoc[]
  readonly freezes: readonly WindowTime[]
  readonly maintenance: readonly WindowTime[]
}

/** The forward schedule from an instant on, over some days of 24 hours. */
export function forwardSchedule(
  { tree, rulebook }: Pick<ReportFacts, 'tree' | 'rulebook'>,
  from: Instant,
  days: number = scheduleDays,
): ForwardSchedule {
  const span = { from, until: from + days * 86_400 }
  const lifecycle = rulebook.types.get('change')?.lifecycle
  const authorised = lifecycle ? authorisedStates(lifecycle) : new Set<string>()
  const facts = conflictFacts(tree, rulebook)
  const open = tree
    .ofType('change')
    .map((record) => ({ record, state: textAt(record.data, 'state') ?? '', planned: plannedChange(record, tree) }))
    .filter(({ state }) => claimsTime(state, lifecycle))
  const work = open.flatMap(({ record, state, planned }): readonly PlannedWork[] => {
    if (!planned || !overlap(planned, span)) return []
    const { conflicts } = changeConflicts(record, facts)
    return [{ ...workOf(planned, conflicts), record, state, authorised: authorised.has(state) }]
  })
  const byId = (a: { readonly record: RecordDoc }, b: { readonly record: RecordDoc }): number =>
    compare(a.record.id, b.record.id)
  const windows = windowTimes(facts.windows, span)
  return {
    span,
    work: work.toSorted((a, b) => a.from - b.from || byId(a, b)),
    overdue: open
      .filter(({ state, planned }) => state !== 'implement' && planned !== undefined && planned.until <= from)
      .toSorted(byId)
      .map(({ record }) => record),
    timeless: open
      .filter(({ planned }) => !planned)
      .toSorted(byId)
      .map(({ record }) => record),
    freezes: windows.filter(({ window }) => window.kind === 'freeze'),
    maintenance: windows.filter(({ window }) => window.kind === 'maintenance'),
  }
}

type Judged = Pick<PlannedWork, 'from' | 'until' | 'changeType' | 'outage' | 'services' | 'open' | 'waived' | 'frozen'>

function workOf(
  { from, until, changeType, outage, affected }: PlannedChange,
  conflicts: readonly SettledConflict[],
): Judged {
  const blocking = conflicts.filter(isOpen)
  return {
    ...{ from, until, changeType, outage },
    services: [...affected].toSorted(compare),
    open: blocking,
    waived: conflicts.filter(({ waiver }) => waiver !== undefined),
    frozen: blocking.some(({ kind }) => kind === 'lockdown' || kind.endsWith('in_blackout')),
  }
}
