import type { MainlineCommit, Revision } from '../history.ts'
import type { Instant } from '../instant.ts'
import type { DecidedPerson, LedgerDecision } from '../ledger/decision.ts'
import type { Reading } from '../reading.ts'
import { type Data, textAt } from '../record.ts'
import type { HistoryFinding } from '../replay/history-finding.ts'
import { stepsOf } from '../steps.ts'
import type { PopulationMember } from './population.ts'

/** What a mainline commit of the period did to a record. */
export interface AuditedStep {
  readonly commit: MainlineCommit
  /** In words: `scheduled → implement`. */
  readonly did: string
}

/** Who had which part in what a decision let in. */
export interface Duties {
  /** By the fields of the record that name people. */
  readonly named: readonly { readonly field: string; readonly person: string }[]
  readonly opened: string | null
  readonly wrote: readonly string[]
  readonly approved: readonly string[]
  /** Those who approved and had another part; there should be none. */
  readonly both: readonly string[]
}

/** A decision on a record, whether it holds, and who had which part. */
export interface AuditedDecision {
  readonly decision: LedgerDecision
  readonly commit?: MainlineCommit
  readonly holds: boolean
  readonly duties: Duties
}

/** A record of the sample with all that is known of it. */
export interface SampledRecord {
  readonly key: string
  readonly type: string
  readonly id: string
  readonly title: string
  readonly state: string
  /** Where its file lay at the end of the period; absent where it was gone. */
  readonly file?: string
  /** The commit that left it so. */
  readonly at?: MainlineCommit
  readonly steps: readonly AuditedStep[]
  readonly decisions: readonly AuditedDecision[]
  readonly readings: readonly Reading[]
  readonly findings: readonly HistoryFinding[]
}

const parts = ['requester', 'requested_by', 'requested_for', 'implementer', 'author']

/** What is known of who had which part, from the record and the decision. */
export function dutiesOf(data: Data, { author, committers, reviews }: LedgerDecision): Duties {
  const named = parts.flatMap((field) => {
    const person = textAt(data, field)
    return person === undefined ? [] : [{ field, person }]
  })
  const wrote = (committers ?? []).map(nameOf)
  const opened = author ? author.login : null
  const approved = reviews.map(({ login }) => login)
  const involved = [...named.map(({ person }) => person), ...wrote, ...(opened === null ? [] : [opened])]
  const same = involved.map((person) => person.toLowerCase())
  return { named, opened, wrote, approved, both: approved.filter((login) => same.includes(login.toLowerCase())) }
}

function nameOf(person: DecidedPerson | null): string {
  return person ? person.login : 'somebody unknown'
}

/** What each revision of a member did in the period. */
export function auditedSteps({ history, revisions }: PopulationMember): readonly AuditedStep[] {
  return revisions.map((revision) => {
    const before = history.revisions[history.revisions.indexOf(revision) - 1]
    return { commit: revision.commit, did: deedOf(before, revision) }
  })
}

function deedOf(before: Revision | undefined, revision: Revision): string {
  if (revision.kind === 'removed') return 'removed'
  if (revision.kind === 'unreadable') return `unreadable: ${revision.reason}`
  const old = before?.kind === 'written' ? before.data : undefined
  const from = old && textAt(old, 'state')
  const steps = stepsOf(old, revision.data).map(({ state }) => state)
  if (steps.length > 0) return [from ?? 'born', ...steps].join(' → ')
  return old ? 'edited' : 'added'
}

/** The last version of a member that the period left, or the one before it was removed. */
export function lastWritten(
  { revisions }: PopulationMember,
  until: Instant,
): Extract<Revision, { kind: 'written' }> | undefined {
  return revisions.findLast((each): each is Extract<Revision, { kind: 'written' }> => {
    return each.kind === 'written' && each.commit.at < until
  })
}
