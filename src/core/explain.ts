import type { OpeningStretch } from './calendar.ts'
import type { ClockAccount, ClockSpan, Edge } from './clock-account.ts'
import { type AfterStretch, afterStop } from './clock-aftermath.ts'
import type { MainlineCommit } from './history.ts'
import { humanHours, humanInstant, type Instant, type Seconds } from './instant.ts'
import type { Reading } from './reading.ts'
import { textAt } from './record.ts'
import { gapsWithin, type RecordGap } from './record-gap.ts'
import type { AccountedReading } from './sla-reading.ts'
import type { Moment } from './timeline.ts'
import { utcOffsets } from './utc-offset.ts'

/** What a clock did in a stretch of time: it ran, or why not. */
export type StretchKind = 'running' | 'closed' | 'holiday' | 'paused' | 'stopped'

/** One line of the account of a reading. */
export interface ExplainedStretch {
  readonly from: Instant
  readonly until: Instant
  readonly kind: StretchKind
  /** Of a holiday its title where it has one; otherwise the record's state with its hold reason. */
  readonly reason?: string
  /** Set where the stretch lies before the record was filed, so that nobody knows what it was then. */
  readonly unrecorded?: boolean
  readonly priority: string
  readonly calendar: string
  /** Open seconds in the stretch, whether they count or not. */
  readonly open: Seconds
  /** Open seconds that count. */
  readonly counted: Seconds
  /** What the clock shows at the stretch's end. */
  readonly total: Seconds
  /** When, in the stretch, the record could not be known: the clock did what it had done before. */
  readonly gaps?: readonly RecordGap[]
  /** The commit that began the stretch; absent where the calendar did. */
  readonly edge?: Edge
  /** The commits that wrote the versions of the agreement and the calendar, where they are known. */
  readonly agreementCommit?: string
  readonly calendarCommit?: string
}

/** A version of the agreement or of a calendar by which a clock was read. */
export interface ExplainedVersion {
  readonly id: string
  /** From when on it judged the clock. */
  readonly from: Instant
  /** The commit that wrote it; absent where nothing was written, as for the built-in calendar. */
  readonly commit?: MainlineCommit
  /** The commit that removed it while it judged: a removed calendar goes on for clocks that name it. */
  readonly removed?: MainlineCommit
  /** Of a calendar. */
  readonly zone?: string
  /** The offsets of that zone from UTC while it judged, in order: `+02:00`. */
  readonly offsets?: readonly string[]
}

/** What an account is told with beside the clock itself. */
export interface ExplanationContext {
  /** The moments of the record. */
  readonly moments: readonly Moment[]
  readonly asOf: Instant
  /** The commits of the mainline by id. */
  readonly commits: ReadonlyMap<string, MainlineCommit>
}

/** The interval by interval account of a reading, to be checked by hand. */
export interface Explanation {
  readonly reading: Reading
  /** The commit that wrote the version of the agreement that judged the cycle at its end, where it is known. */
  readonly version?: string
  /** The versions of the agreement that judged, oldest first: one, unless it is bound to each event. */
  readonly agreements: readonly ExplainedVersion[]
  /** The calendars by which open time was counted, each of their versions once. */
  readonly calendars: readonly ExplainedVersion[]
  /** From which percentage of the target on the clock is at risk. */
  readonly atRiskPercent: number
  /** They tile the time from start to stop or as-of; their counted seconds add up to the reading's elapsed. */
  readonly stretches: readonly ExplainedStretch[]
  /** What ended the clock, unless it goes on. */
  readonly end?: Edge
  /** The team that the record went to where that ended the clock; `null` where it went to none. */
  readonly handedOverTo?: string | null
  /** What became of the record after the clock had ended: none of it counts. */
  readonly after: readonly AfterStretch[]
  /** The verdict in one sentence. */
  readonly sentence: string
}

/** Explains the readings of a record; what became of it after each lasts until the next cycle of the same clock. */
export function explainAll(
  accounted: readonly AccountedReading[],
  context: ExplanationContext,
): readonly Explanation[] {
  return accounted.map((each) => {
    const { sla, target, cycle } = each.reading
    const next = accounted.find(
      ({ reading }) => reading.sla === sla && reading.target === target && reading.cycle === cycle + 1,
    )
    return explain(each, next ? { ...context, asOf: Math.min(context.asOf, next.reading.start) } : context)
  })
}

/** Explains a reading from its account. */
export function explain({ reading, account }: AccountedReading, context: ExplanationContext): Explanation {
  const { version, atRisk } = account.terms.sla
  return {
    reading,
    ...(version === undefined ? {} : { version }),
    agreements: agreementVersions(account, context.commits),
    calendars: calendarVersions(account),
    atRiskPercent: atRisk,
    stretches: explainedStretches(account, reading.gaps, context.moments[0]?.recorded),
    ...(account.endEdge && { end: account.endEdge }),
    ...(account.handover && { handedOverTo: textAt(account.handover.moment.data, 'team') ?? null }),
    after: afterStop(account, context.moments, context.asOf),
    sentence: sentence(reading),
  }
}

function agreementVersions(
  { spans, start, terms }: ClockAccount,
  commits: ExplanationContext['commits'],
): readonly ExplainedVersion[] {
  const known = spans.length === 0 ? [{ from: start, agreementCommit: terms.sla.version }] : spans
  const first = known.filter(
    ({ agreementCommit }, index) =>
      agreementCommit !== undefined && known.findIndex((each) => each.agreementCommit === agreementCommit) === index,
  )
  return first.map(({ from, agreementCommit = '' }) => {
    const commit = commits.get(agreementCommit)
    return { id: terms.sla.id, from, ...(commit && { commit }) }
  })
}

function calendarVersions({ spans }: ClockAccount): readonly ExplainedVersion[] {
  return spans
    .filter((span, index) => spans.findIndex(({ calendar }) => calendar === span.calendar) === index)
    .map(({ calendarId: id, from, calendar, calendarCommit: commit }) => {
      const until = spans.findLast((span) => span.calendar === calendar)?.until ?? from
      const { zone } = calendar
      const removed = spans.find((span) => span.calendar === calendar && span.calendarRemoved)?.calendarRemoved
      const offsets = utcOffsets(zone, from, until)
      return { id, from, zone, offsets, ...(commit && { commit }), ...(removed && { removed }) }
    })
}

function explainedStretches(
  { spans }: ClockAccount,
  gaps: Reading['gaps'],
  filed: Instant = Number.NEGATIVE_INFINITY,
): readonly ExplainedStretch[] {
  let total: Seconds = 0
  return spans.flatMap((span) => {
    const parts = span.phase === 'running' ? span.calendar.stretches(span.from, span.until) : [span]
    return parts.map((part, index) => {
      const open = 'open' in part ? part.open : part.kind === 'open' ? part.until - part.from : 0
      const counted = span.phase === 'running' ? open : 0
      total += counted
      const reason = reasonOf(span, part)
      const unknown = gapsWithin(gaps, part.from, part.until)
      return {
        from: part.from,
        until: part.until,
        kind: kindOf(span, part),
        ...(reason === undefined ? {} : { reason }),
        ...(part.until <= filed && { unrecorded: true }),
        priority: span.priority,
        calendar: span.calendarId,
        open,
        counted,
        total,
        ...(unknown.length > 0 && { gaps: unknown }),
        ...(index === 0 && span.edge && { edge: span.edge }),
        ...(span.agreementCommit !== undefined && { agreementCommit: span.agreementCommit }),
        ...(span.calendarCommit && { calendarCommit: span.calendarCommit.commit }),
      }
    })
  })
}

function kindOf({ phase }: ClockSpan, part: ClockSpan | OpeningStretch): StretchKind {
  if (phase !== 'running' || !('kind' in part)) return phase
  return part.kind === 'open' ? 'running' : part.kind
}

function reasonOf({ reason }: ClockSpan, part: ClockSpan | OpeningStretch): string | undefined {
  return 'kind' in part && part.kind === 'holiday' ? part.title : reason
}

function sentence(reading: Reading): string {
  const { record, target, sla, status, elapsed, allowed, due, stop, retrospective, doubtful } = reading
  const clock = `${target} of ${record} under ${sla}${inForce(reading)}`
  const used = `${humanHours(elapsed)} of ${humanHours(allowed)} used`
  const doubt = doubtful
    ? '; a commit that it rests on has a date that others contradict, so that this is not proved'
    : ''
  const late = `${pastBreach(reading)}${retrospective ? '; filed after the fact' : ''}${doubt}`
  if (status === 'cancelled') {
    const beyond = reading.cancelledLate ? `, ${humanHours(elapsed - allowed)} beyond its target` : ''
    return `${clock} was cancelled with ${used}${beyond}${late}`
  }
  if (status === 'breached') {
    const since = due === null ? '' : `, due ${humanInstant(due)} UTC`
    return `${clock} ${stop === null ? 'is' : 'was'} breached by ${humanHours(elapsed - allowed)}: ${used}${since}${late}`
  }
  if (status === 'met') return `${clock} was met with ${humanHours(allowed - elapsed)} to spare: ${used}${late}`
  const outlook = due === null ? 'its calendar never opens again' : `due ${humanInstant(due)} UTC`
  const resuming = status === 'paused' && due !== null ? ' if resumed now' : ''
  return `${clock} is ${status}: ${used}, ${outlook}${resuming}${late}`
}

/** The priority whose target is in force, where another one was before. */
function inForce({ targetHistory, priority }: Reading): string {
  const isOther = targetHistory.some((term) => term.priority !== priority)
  return isOther ? `, now ${priorityWords(priority)},` : ''
}

/** What a changed priority had to do with breaches: that it brought one, or that a later one forgave it. */
function pastBreach({ targetHistory, breaches, breachedOnReprioritise, status }: Reading): string {
  const brought = targetHistory.find(({ exceeded, elapsed }, index) => {
    const before = targetHistory[index - 1]
    return before !== undefined && exceeded && elapsed <= before.allowed
  })
  if (breachedOnReprioritise && brought) {
    return `; it was within its target until it became ${brought.priority} at ${humanInstant(brought.from)} UTC, whose target was used up already`
  }
  const [first] = breaches
  const index = targetHistory.findLastIndex(({ from }) => first !== undefined && from <= first)
  const [then, next] = [targetHistory[index], targetHistory[index + 1]]
  if (status === 'breached' || first === undefined || !then || !next) return ''
  const until = then.priority === next.priority ? 'another target' : priorityWords(next.priority)
  return `; it was breached at ${humanInstant(first)} UTC under ${priorityWords(then.priority)}, before it became ${until}`
}

function priorityWords(priority: string): string {
  return priority === 'default' ? 'without a priority' : priority
}
