import { compare } from './diagnostic.ts'
import type { Instant, Seconds } from './instant.ts'
import type { LedgerDecision } from './ledger/decision.ts'
import { addTo } from './lists-by-key.ts'
import { isWithin } from './period.ts'
import { personKeys } from './person-key.ts'
import { isData, listAt, textAt } from './record.ts'
import { repeatedEmergencies, usualEmergencies } from './repeated-emergencies.ts'
import type { ReportFacts } from './report.ts'
import { type ChangeLife, changeLives } from './report-change.ts'
import { allowanceOf } from './report-change-ratification.ts'
import { type RecordLink, recordLink, words } from './report-page.ts'
import { standing } from './report-standing.ts'

/** A change that was allowed in the period, and what shows by whom. */
export interface AllowedChange extends RecordLink {
  readonly changeType: string
  readonly at: Instant
  /** Who brought the step to the mainline. */
  readonly by: string
  /** The decision in the ledger that allowed it; `null` where there is none. */
  readonly decision: DecisionLine | null
  /** What its log says about the step; `null` where it says nothing. */
  readonly note: string | null
}

/** A decision in the ledger. */
export interface DecisionLine {
  readonly at: Instant
  /** What was decided about: `<type>/<id>`, or a path. */
  readonly subject: string
  readonly outcome: string
  readonly pullRequest: number
  readonly rule: string | null
  readonly met: boolean
  readonly reviewers: readonly string[]
}

/** The changes that were scheduled in the period, or begun in it without having been, the earliest first. */
export function allowedChanges(facts: ReportFacts, page: string): readonly AllowedChange[] {
  return changeLives(facts)
    .flatMap((change): readonly AllowedChange[] => {
      const at = allowedAt(change)
      if (change.data['unauthorised'] === true || at === null || !isWithin(facts.period, at)) return []
      const moment = change.moments.find(({ recorded, state }) => recorded === at && allowing.includes(state))
      const decision = facts.decisions.findLast(
        ({ subject, verdict, outcome }) =>
          subject === `change/${change.id}` && verdict.met && (outcome === 'merged' || outcome === 'ratified'),
      )
      return [
        {
          ...recordLink(facts, page, change),
          changeType: change.changeType,
          at,
          by: moment?.commit.by ?? '',
          decision: decision ? decisionLine(decision) : null,
          note: noteOn(change, moment?.state ?? ''),
        },
      ]
    })
    .toSorted((a, b) => a.at - b.at || compare(a.id, b.id))
}

const allowing: readonly string[] = ['scheduled', 'implement']

function allowedAt({ scheduledAt, moments }: ChangeLife): Instant | null {
  return scheduledAt ?? moments.find(({ state }) => state === 'implement')?.recorded ?? null
}

function noteOn({ data }: ChangeLife, state: string): string | null {
  const entry = listAt(data, 'log')
    .filter(isData)
    .find((each) => textAt(each, 'state') === state)
  const parts = [entry && textAt(entry, 'by'), entry && textAt(entry, 'note')].filter((part) => part !== undefined)
  return parts.length === 0 ? null : parts.join(': ')
}

function decisionLine({ at, subject, outcome, pullRequest, rule, verdict, reviews }: LedgerDecision): DecisionLine {
  const reviewers = [...new Set(reviews.map(({ login }) => login))].toSorted(compare)
  return { at, subject, outcome, pullRequest, rule, met: verdict.met, reviewers }
}

/** The decisions of the period in the ledger, the latest first. */
export function decisionLines({
  decisions,
  period,
}: Pick<ReportFacts, 'decisions' | 'period'>): readonly DecisionLine[] {
  return decisions
    .filter(({ at }) => isWithin(period, at))
    .map(decisionLine)
    .toSorted((a, b) => b.at - a.at || compare(a.subject, b.subject))
}

/** An emergency change that began in the period, or was found to have happened, and how it was allowed. */
export interface EmergencyChange extends RecordLink {
  /** When it was found, of one that was. */
  readonly startedAt: Instant
  readonly how: 'before' | 'after' | 'late' | 'overdue' | 'untold' | 'found'
  /** From its beginning to its approval, where that came afterwards. */
  readonly took: Seconds | null
}

/** The emergency changes that began in the period or were found in it, the earliest first. */
export function emergencyChanges(facts: ReportFacts, page: string): readonly EmergencyChange[] {
  return changeLives(facts)
    .filter(
      ({ changeType, startedAt }) =>
        changeType === 'emergency' && startedAt !== null && isWithin(facts.period, startedAt),
    )
    .flatMap((change): readonly EmergencyChange[] => {
      const allowance = allowanceOf(change, facts.tree)
      if (!allowance || change.startedAt === null) return []
      const isAfter = allowance.kind === 'after'
      return [
        {
          ...recordLink(facts, page, change),
          startedAt: change.startedAt,
          how: isAfter && allowance.late ? 'late' : allowance.kind,
          took: isAfter ? allowance.took : null,
        },
      ]
    })
    .toSorted((a, b) => a.startedAt - b.startedAt || compare(a.id, b.id))
}

/** Somebody who asked for emergencies more often than is usual. */
export interface FrequentRequester {
  readonly requester: string
  /** Oldest first. */
  readonly changes: readonly (RecordLink & { readonly openedAt: Instant })[]
}

/** How many emergencies of one requester within how many days are too many. */
export function emergencyRate({ config }: Pick<ReportFacts, 'config'>): {
  readonly days: number
  readonly atLeast: number
} {
  const { over, atLeast } = config.emergencies ?? usualEmergencies
  return { days: over / 86_400, atLeast }
}

/** Who asked for emergencies too often, the last of them in the period; most first. */
export function frequentRequesters(facts: ReportFacts, page: string): readonly FrequentRequester[] {
  const { tree, config, period, asOf } = facts
  const until = Math.min(period.until, asOf + 1)
  const rate = config.emergencies ?? usualEmergencies
  return repeatedEmergencies(tree.ofType('change'), personKeys(tree), rate, { from: period.from, until }).map(
    ({ requester, changes }) => ({
      requester,
      changes: changes.map(({ change, at }) => ({ ...recordLink(facts, page, change), openedAt: at })),
    }),
  )
}

/** A conflict that somebody accepted. */
export interface WaivedConflict extends RecordLink {
  readonly conflict: string
  readonly with: string | null
  readonly approver: string | null
  readonly reason: string | null
  readonly expires: string | null
}

/** The waivers of the changes that were allowed in the period. */
export function waivedConflicts(facts: ReportFacts, page: string): readonly WaivedConflict[] {
  return changeLives(facts).flatMap((change): readonly WaivedConflict[] => {
    const at = allowedAt(change)
    if (at === null || !isWithin(facts.period, at)) return []
    return listAt(change.data, 'waivers')
      .filter(isData)
      .map((waiver) => ({
        ...recordLink(facts, page, change),
        conflict: words(textAt(waiver, 'conflict') ?? ''),
        with: textAt(waiver, 'with') ?? null,
        approver: textAt(waiver, 'approver') ?? null,
        reason: textAt(waiver, 'reason') ?? null,
        expires: textAt(waiver, 'expires') ?? null,
      }))
  })
}

/** A record whose priority is not what the matrix gives, and why. */
export interface OverriddenPriority extends RecordLink {
  readonly priority: string | null
  readonly reason: string
  readonly by: string
}

/** The records of which the priority was set against the matrix in the period, in order of type and id. */
export function overriddenPriorities(facts: ReportFacts, page: string): readonly OverriddenPriority[] {
  return ['incident', 'problem'].flatMap((type) =>
    standing(facts, type, facts.period).flatMap((record): readonly OverriddenPriority[] => {
      const reason = textAt(record.data, 'priority_override_reason')
      const set = record.moments.find(({ data }) => textAt(data, 'priority_override_reason') === reason)
      if (reason === undefined || !set || !isWithin(facts.period, set.recorded)) return []
      const priority = textAt(record.data, 'priority') ?? null
      return [{ ...recordLink(facts, page, record), priority, reason, by: set.commit.by }]
    }),
  )
}

/** A commit that edited what judges others. */
export interface GovernedCommit {
  readonly commit: string
  readonly at: Instant
  readonly by: string
  readonly added: number
  readonly edited: number
  readonly removed: number
  /** The records that it edited, added or removed, `sla webshop-gold`; a last entry says how many more. */
  readonly what: readonly string[]
}

const mostNamed = 4

/** The commits of the period that edited what judges others, the latest first. */
export function governedCommits({
  governed,
  period,
}: Pick<ReportFacts, 'governed' | 'period'>): readonly GovernedCommit[] {
  const commits = new Map<string, (typeof governed)[number][]>()
  for (const edit of governed) {
    if (!isWithin(period, edit.at)) continue
    addTo(commits, edit.commit, edit)
  }
  return [...commits.values()].toReversed().flatMap((edits): readonly GovernedCommit[] => {
    const [first] = edits
    if (!first) return []
    const count = (wanted: string): number => edits.filter(({ kind }) => kind === wanted).length
    const named = edits.map(({ type, id }) => (type === id ? id : `${words(type)} ${id}`)).toSorted(compare)
    return [
      {
        commit: first.commit.slice(0, 10),
        at: first.at,
        by: first.by,
        added: count('added'),
        edited: count('edited'),
        removed: count('removed'),
        what: [...named.slice(0, mostNamed), ...(named.length > mostNamed ? [`${named.length - mostNamed} more`] : [])],
      },
    ]
  })
}
