import type { Calendar } from './calendar.ts'
import { type ClockAccount, type ClockSpan, clockAccount } from './clock-account.ts'
import { type ClockEvent, type ClockedRecord, clockEvents } from './clock-event.ts'
import { compare } from './diagnostic.ts'
import type { MainlineCommit, Provenance } from './history.ts'
import type { Instant, Seconds } from './instant.ts'
import type { Reading, ReadingStatus } from './reading.ts'
import { gapsWithin } from './record-gap.ts'
import { farthest, recordingSkews } from './recording-skew.ts'
import { isFiledAfterTheFact } from './retrospective.ts'
import type { ServiceLevels } from './service-levels.ts'
import type { Sla } from './sla.ts'
import { type AssignedCycle, assignedCycles } from './sla-assignment.ts'
import { breachedOnReprioritise, elapsedAt, type TargetTerm, targetHistory } from './target-history.ts'

/** A reading together with the account that it sums up. */
export interface AccountedReading {
  readonly reading: Reading
  readonly account: ClockAccount
}

/** The readings of a record's clocks as of an instant, by agreement, target and cycle; none before its birth. */
export function readings(record: ClockedRecord, levels: ServiceLevels, asOf: Instant): readonly Reading[] {
  return accountedReadings(record, levels, asOf).map(({ reading }) => reading)
}

/** The readings of a record, each with its account: what `explain` tells. */
export function accountedReadings(
  record: ClockedRecord,
  levels: ServiceLevels,
  asOf: Instant,
): readonly AccountedReading[] {
  const events = clockEvents(record, levels, asOf)
  const cycles = new Map<string, number>()
  const known = (record.gaps ?? []).filter(({ commit }) => commit.at <= asOf)
  const skew = farthest(recordingSkews(events.filter(({ isMoment }) => isMoment).map(({ moment }) => moment)))
  return assignedCycles(record.type, events)
    .toSorted(inOrder)
    .flatMap((assigned) => {
      const account = clockAccount(assigned, levels, asOf)
      if (!account) return []
      const key = `${assigned.cycle.sla} ${assigned.cycle.target}`
      const cycle = (cycles.get(key) ?? 0) + 1
      cycles.set(key, cycle)
      const { start, end } = account
      const gaps = gapsWithin(known, start, end)
      return [{ reading: { ...read(record.id, assigned, cycle, account, events, skew), gaps }, account }]
    })
}

function inOrder({ cycle: a, covered: x }: AssignedCycle, { cycle: b, covered: y }: AssignedCycle): number {
  return compare(a.sla, b.sla) || compare(a.target, b.target) || x.index - y.index
}

/** States of a record in which nothing is owed any more: it leaves compliance. */
const dropped: readonly (string | undefined)[] = ['cancelled', 'rejected']

function read(
  record: string,
  { cycle, covered }: AssignedCycle,
  number: number,
  account: ClockAccount,
  events: readonly ClockEvent[],
  skew: Seconds | null,
): Omit<Reading, 'gaps'> {
  const { spans, start, end, outcome, terms } = account
  const elapsed = openSeconds(spans, 'running')
  const left = dropped.includes(events.at(-1)?.moment.state)
  const status = left ? 'cancelled' : statusOf(outcome, elapsed > terms.allowed)
  const live = status === 'running' || status === 'paused'
  const due = status === 'cancelled' ? undefined : reach(account, terms.allowed)
  const since = covered === cycle.beats[0] ? start : covered.at
  const targets = targetHistory(account, since)
  const commits = restsOn(account)
  return {
    record,
    sla: cycle.sla,
    kind: cycle.kind,
    target: cycle.target,
    cycle: number,
    priority: terms.priority,
    status,
    start,
    stop: outcome === 'stopped' || outcome === 'cancelled' ? end : null,
    due: due?.at ?? null,
    dueEffective: due?.calendar.due(due.at, 0) ?? null,
    elapsed,
    wall: end - start,
    paused: openSeconds(spans, 'paused'),
    allowed: terms.allowed,
    atRisk: live && elapsed >= riskLimit(account),
    atRiskAt: status === 'cancelled' ? null : atRiskAt(account, targets),
    provenance: weakest(commits),
    doubtful: commits.some(({ doubt }) => doubt !== undefined),
    retrospective: isFiledAfterTheFact(
      events.flatMap(({ isMoment, moment }) => (isMoment ? [moment] : [])),
      finishing(terms.sla),
    ),
    breaches: breaches(account, since),
    targetHistory: targets,
    breachedOnReprioritise: breachedOnReprioritise(targets),
    cancelledLate: status === 'cancelled' && elapsed > terms.allowed,
    skew,
  }
}

function statusOf(outcome: ClockAccount['outcome'], exceeded: boolean): ReadingStatus {
  if (outcome === 'cancelled') return 'cancelled'
  if (exceeded) return 'breached'
  return outcome === 'stopped' ? 'met' : outcome
}

function openSeconds(spans: readonly ClockSpan[], phase: ClockSpan['phase']): Seconds {
  return spans.reduce((sum, span) => (span.phase === phase ? sum + span.open : sum), 0)
}

/** The open seconds from which on a clock is at risk: whole seconds that reach the percentage, or leave too little. */
function riskLimit({ terms: { allowed, sla } }: ClockAccount): Seconds {
  const share = Math.ceil((allowed * sla.atRisk) / 100)
  return sla.atRiskRemaining === null ? share : Math.max(0, Math.min(share, allowed - sla.atRiskRemaining))
}

function atRiskAt(account: ClockAccount, targets: readonly TargetTerm[]): Instant | null {
  const reached = reach(account, riskLimit(account))?.at
  const since = targets.length > 1 ? targets.at(-1)?.from : undefined
  if (reached === undefined || since === undefined || reached >= since) return reached ?? null
  return account.calendar.due(since, 0) ?? null
}

/** When, and by which calendar, a clock reached, or would reach if it ran on from its end, a number of open seconds. */
function reach({ spans, end, calendar }: ClockAccount, target: Seconds): Reached | undefined {
  let needed = target
  for (const { phase, open, from, calendar } of spans) {
    if (phase !== 'running') continue
    if (open > 0 && open >= needed) return reachedBy(calendar, from, needed)
    needed -= open
  }
  return reachedBy(calendar, end, needed)
}

interface Reached {
  readonly at: Instant
  readonly calendar: Calendar
}

function reachedBy(calendar: Calendar, from: Instant, needed: Seconds): Reached | undefined {
  const at = calendar.due(from, needed)
  return at === undefined ? undefined : { at, calendar }
}

/**
 * The instants at which a target then in force was exceeded: the last before one second too many had passed, or, where
 * a new target was already used up, the instant at which it came into force. What an agreement that covered the record
 * later would have seen before counts for nothing.
 */
function breaches(account: ClockAccount, since: Instant): readonly Instant[] {
  const { spans, end, terms, outcome } = account
  const found: Instant[] = []
  let [elapsed, exceeded] = [elapsedAt(account, since), false]
  for (const span of spans) {
    const { phase, allowed, calendar, until } = span
    if (until <= since) continue
    const from = Math.max(span.from, since)
    const open = from === span.from ? span.open : calendar.elapsed(from, until)
    const already = elapsed > allowed
    if (already && !exceeded) found.push(from)
    exceeded = already
    if (phase !== 'running') continue
    if (!already && elapsed + open > allowed) {
      found.push((calendar.due(from, allowed - elapsed + 1) ?? from) - 1)
      exceeded = true
    }
    elapsed += open
  }
  const atLast = elapsed > terms.allowed && outcome !== 'cancelled'
  return atLast && !exceeded ? [...found, end] : found
}

const ladder: readonly Provenance[] = ['attested', 'signed', 'observed', 'claimed']

/** The commits that a reading rests on. */
function restsOn({ spans, endEdge, terms }: ClockAccount): readonly MainlineCommit[] {
  return [terms.event.commit, ...[...spans.map(({ edge }) => edge), endEdge].flatMap((edge) => edge?.commit ?? [])]
}

function weakest(commits: readonly MainlineCommit[]): Provenance {
  const rank = Math.max(...commits.map(({ provenance }) => ladder.indexOf(provenance)))
  return ladder[rank] ?? 'claimed'
}

/**
 * The states that finish the work on a record, as an agreement tells: all its clocks, or its resolution, stop there.
 */
function finishing({ targets }: Sla): (state: string) => boolean {
  const stops = [...targets.values()].map(({ stop }) => stop)
  return (state) =>
    state === 'resolved' ||
    state === 'closed' ||
    (targets.get('resolution')?.stop.has(state) ?? false) ||
    (stops.length > 1 && stops.every((stop) => stop.has(state)))
}
