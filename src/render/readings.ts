import type { EvidenceAccount } from '../core/evidence-account.ts'
import { formatInstant, humanHours, humanInstant, type Instant } from '../core/instant.ts'
import { believedText } from '../core/ledger/believed.ts'
import { inlineText } from '../core/markdown.ts'
import { nextDue, priorityText, type Reading } from '../core/reading.ts'
import { type SummedReading, statuses, summaryOf } from '../core/reading-summary.ts'
import type { RecordGap } from '../core/record-gap.ts'
import { skewText } from '../core/recording-skew.ts'
import type { ClockWarning } from '../core/removed-calendar.ts'
import { counted } from './counted.ts'
import { doubtText, evidenceJson, weakestText } from './evidence.ts'
import { json } from './json.ts'
import { tableMarkdown } from './markdown-table.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** Readings with what makes them repeatable: the commit they rest on and the instant they are as of. */
export interface ReadingsAsOf {
  readonly commit: string
  readonly asOf: Instant
  readonly readings: readonly Reading[]
  readonly evidence: EvidenceAccount
  readonly warnings: readonly ClockWarning[]
  /** Whether somebody asked to fail by them. */
  readonly isGate: boolean
}

/** Readings as the JSON of DESIGN.md §4. */
export function readingsJson({ commit, asOf, readings, evidence, warnings }: ReadingsAsOf): string {
  return json({
    commit,
    asOf: formatInstant(asOf),
    nextDue: instantOrNull(nextDue(readings)),
    summary: summaryOf(readings),
    evidence: evidenceJson(evidence),
    warnings,
    readings: readings.map(readingJson),
  })
}

/** One reading with its instants as ISO 8601. */
export function readingJson(reading: Reading): object {
  const { record, sla, target, cycle, priority, status, start, stop, due, breaches, ...rest } = reading
  const { elapsed, wall, paused, allowed, atRisk, provenance, doubtful, retrospective, kind, skew } = rest
  const { gaps, dueEffective, atRiskAt, targetHistory, breachedOnReprioritise, cancelledLate } = rest
  return {
    record,
    sla,
    kind,
    target,
    cycle,
    priority,
    status,
    start: formatInstant(start),
    stop: instantOrNull(stop),
    due: instantOrNull(due),
    dueEffective: instantOrNull(dueEffective),
    elapsed,
    wall,
    paused,
    allowed,
    atRisk,
    atRiskAt: instantOrNull(atRiskAt),
    provenance,
    doubtful,
    retrospective,
    skew,
    ...(gaps.length > 0 && { gaps: gaps.map(gapJson) }),
    breaches: breaches.map(formatInstant),
    breachedOnReprioritise,
    cancelledLate,
    targetHistory: targetHistory.map(({ from, ...term }) => ({ from: formatInstant(from), ...term })),
  }
}

/** A gap in what is known of a record, as JSON. */
export function gapJson({ from, until, reason, commit }: RecordGap): object {
  return { from: formatInstant(from), until: instantOrNull(until), reason, commit: commit.commit }
}

function instantOrNull(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}

/**
 * Readings as a table, open clocks first and the soonest due before the others, and the sum of them. Without `all` the
 * stopped and cancelled ones are in the sum only, as are those `besides`, of which no more is known than a sum needs.
 */
export function readingsText(
  { commit, asOf, readings, evidence, isGate }: ReadingsAsOf,
  colour: boolean,
  all: boolean,
  besides: readonly SummedReading[] = [],
): string {
  const colours = paint(colour)
  const { dim, bold } = colours
  const foot = dim(`as of ${formatInstant(asOf)}, commit ${commit.slice(0, 10)}`)
  const summed = [...readings, ...besides]
  const { believed } = evidence
  const ledger = believed ? `${dim(oneLine(believedText(believed)))}\n` : ''
  const doubt = doubtText(evidence, isGate)
  const doubted = doubt === undefined ? '' : `${colours.red(oneLine(doubt))}\n`
  if (summed.length === 0) return `no clocks\n${doubted}${ledger}${foot}\n`
  const listed = readings.filter((reading) => all || isOpen(reading))
  const rows = listed.toSorted(byUrgency).map((reading) => [bold(reading.record), ...cellsOf(reading, colours)])
  const table = rows.length === 0 ? 'no open clocks' : columns([heads.map(dim), ...rows], [4, 5])
  const rest = summed.length - listed.length
  const more = rest === 0 ? '' : `${dim(`${stopped(rest)}; --all lists them`)}\n`
  const skewed = skewText(summed.map(({ skew }) => skew))
  const skew = skewed === undefined ? '' : `${dim(skewed)}\n`
  const weakest = dim(weakestText(summed.map(({ provenance }) => provenance)))
  return `${table}

${sum(summed)}
${doubted}${weakest}
${skew}${more}${ledger}${foot}
`
}

const heads = ['record', 'prio', 'clock', 'status', 'elapsed', 'allowed', 'due (UTC)']

/** What a line says of a reading behind its record. */
function cellsOf(reading: Reading, colours: Paint): readonly string[] {
  return [
    priorityText(reading.priority),
    `${reading.sla} ${reading.target}${reading.cycle > 1 ? ` #${reading.cycle}` : ''}`,
    status(reading, colours),
    humanHours(reading.elapsed),
    humanHours(reading.allowed),
    reading.due === null ? '' : humanInstant(reading.due),
  ]
}

/** The same as a page in Markdown. */
export function readingsMarkdown(
  { commit, asOf, readings, evidence, isGate }: ReadingsAsOf,
  all: boolean,
  besides: readonly SummedReading[] = [],
): string {
  const summed = [...readings, ...besides]
  const listed = readings.filter((reading) => all || isOpen(reading)).toSorted(byUrgency)
  const rows = listed.map((reading) => [reading.record, ...cellsOf(reading, paint(false))])
  const rest = summed.length - listed.length
  const doubt = doubtText(evidence, isGate)
  const notes = [
    ...(summed.length === 0 ? [] : [`${sum(summed)}.`]),
    ...(doubt === undefined ? [] : [`${doubt}.`]),
    ...(summed.length === 0 ? [] : [`${weakestText(summed.map(({ provenance }) => provenance))}.`]),
    ...(rest === 0 ? [] : [`${stopped(rest)} and ${rest === 1 ? 'is' : 'are'} not listed.`]),
    ...(evidence.believed ? [`${believedText(evidence.believed)}.`] : []),
    `As of ${formatInstant(asOf)}, commit ${commit.slice(0, 10)}.`,
  ]
  const table = rows.length === 0 ? 'No open clocks.' : tableMarkdown(heads, rows, [4, 5])
  return `${['# Clocks', table, ...notes.map(inlineText)].join('\n\n')}\n`
}

function stopped(count: number): string {
  return `${counted(count, 'clock')} ${count === 1 ? 'has' : 'have'} stopped`
}

function isOpen({ stop, status: standing }: Reading): boolean {
  return stop === null && standing !== 'cancelled'
}

function byUrgency(a: Reading, b: Reading): number {
  if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1
  return isOpen(a) ? (a.due ?? Number.POSITIVE_INFINITY) - (b.due ?? Number.POSITIVE_INFINITY) : 0
}

function status(reading: Reading, { red, yellow, green, dim }: Paint): string {
  const mark = `${reading.retrospective ? ', retrospective' : ''}${reading.doubtful ? ', date in doubt' : ''}${reading.gaps.length > 0 ? ', with gaps' : ''}`
  switch (reading.status) {
    case 'breached':
      return red(`breached${isOpen(reading) ? ', open' : ''}${mark}`)
    case 'met':
      return green(`met${mark}`)
    case 'cancelled':
      return dim(`cancelled${reading.cancelledLate ? ', beyond its target' : ''}${mark}`)
    default:
      return reading.atRisk ? yellow(`${reading.status}, at risk${mark}`) : `${reading.status}${mark}`
  }
}

function sum(readings: readonly SummedReading[]): string {
  const { clocks, byStatus, atRisk, cancelledLate, breachedOnReprioritise, doubtful } = summaryOf(readings)
  const counts = statuses.map((status) => {
    const { count, retrospective } = byStatus[status]
    const besides = [
      ...(status === 'cancelled' && cancelledLate > 0 ? [`${cancelledLate} of them beyond their target`] : []),
      ...(retrospective > 0 ? [`${retrospective} filed after the fact`] : []),
    ]
    return `${count} ${status}${besides.length === 0 ? '' : ` (${besides.join(', ')})`}`
  })
  return [
    `${clocks} clocks: ${counts.join(', ')}`,
    ...(atRisk > 0 ? [`${atRisk} at risk`] : []),
    ...(breachedOnReprioritise > 0 ? [`${breachedOnReprioritise} breached by a change of priority`] : []),
    ...(doubtful > 0 ? [`${doubtful} of them ${doubtful === 1 ? 'rests' : 'rest'} on a date in doubt`] : []),
  ].join('; ')
}
