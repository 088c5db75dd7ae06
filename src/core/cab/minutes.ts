import { compare } from '../diagnostic.ts'
import type { RecordIndex } from '../facts.ts'
import type { Instant } from '../instant.ts'
import type { DecisionOutcome, LedgerDecision } from '../ledger/decision.ts'
import { isWithin, type Period } from '../period.ts'
import { textAt } from '../record.ts'
import { type PastChange, pastChange } from './past.ts'

/** Something that a reviewer said on a pull request. */
export interface Remark {
  readonly pull: number
  readonly title: string
  readonly url: string
  readonly login: string
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'
  readonly at: Instant
  readonly body: string
}

/** What minutes want to know of a decision. */
type Decided = Pick<
  LedgerDecision,
  'at' | 'subject' | 'outcome' | 'pullRequest' | 'policy' | 'rule' | 'verdict' | 'reviews'
>

/** What minutes rest on. */
export interface MinutesFacts {
  readonly week: Period
  readonly zone: string
  readonly records: RecordIndex
  /** All that the ledger holds, or those of the week. */
  readonly decisions: readonly Decided[]
  /** Name of the ledger that was read; `null` where there is none. */
  readonly ledger: string | null
  readonly remarks: readonly Remark[]
  /** Why it does not know what was said on pull requests; `null` where it does. */
  readonly withoutPulls: string | null
}

/** What was decided about one record or file. */
export interface MinutedDecision {
  readonly at: Instant
  readonly subject: string
  readonly id: string
  readonly title: string | null
  readonly outcome: DecisionOutcome
  readonly pull: number
  readonly policy: string
  readonly rule: string | null
  readonly met: boolean
  readonly because: string
  /** Who approved, as the ledger counted them. */
  readonly by: readonly string[]
}

/** The minutes of a week: what was decided, who said what, and what became of the changes that were carried out. */
export interface Minutes {
  readonly week: Period
  readonly zone: string
  readonly ledger: string | null
  readonly withoutPulls: string | null
  /** Everybody who reviewed, by login. */
  readonly present: readonly string[]
  readonly decisions: readonly MinutedDecision[]
  readonly remarks: readonly Remark[]
  readonly carriedOut: readonly PastChange[]
}

/** Writes the minutes of a week: a pure function of what is known. */
export function minutesOf({ week, zone, records, ...facts }: MinutesFacts): Minutes {
  const decisions = facts.decisions.filter(({ at }) => isWithin(week, at)).map((each) => minuted(each, records))
  const remarks = facts.remarks
    .filter(({ at }) => isWithin(week, at))
    .toSorted((a, b) => a.at - b.at || a.pull - b.pull)
  const people = new Map(
    [...decisions.flatMap(({ by }) => by), ...remarks.map(({ login }) => login)].map((login) => [
      login.toLowerCase(),
      login,
    ]),
  )
  return {
    week,
    zone,
    ledger: facts.ledger,
    withoutPulls: facts.withoutPulls,
    present: [...people.values()].toSorted((a, b) => compare(a.toLowerCase(), b.toLowerCase())),
    decisions: decisions.toSorted((a, b) => a.at - b.at || compare(a.subject, b.subject)),
    remarks,
    carriedOut: records
      .ofType('change')
      .flatMap((change) => pastChange(change, week) ?? [])
      .toSorted((a, b) => a.until - b.until || compare(a.id, b.id)),
  }
}

function minuted(decision: Decided, records: RecordIndex): MinutedDecision {
  const { at, subject, outcome, pullRequest, policy, rule, verdict, reviews } = decision
  const slash = subject.indexOf('/')
  const record = records.find(subject.slice(0, slash), subject.slice(slash + 1))
  return {
    ...{ at, subject, outcome, policy, rule, pull: pullRequest, met: verdict.met, because: verdict.because },
    id: record?.id ?? subject,
    title: (record && textAt(record.data, 'title')) ?? null,
    by: [...new Set(reviews.map(({ login }) => login))],
  }
}
