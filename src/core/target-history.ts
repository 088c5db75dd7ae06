import type { ClockAccount } from './clock-account.ts'
import type { Instant, Seconds } from './instant.ts'

/** A target that judged a clock from an instant on, and how far the clock was by then. */
export interface TargetTerm {
  /** When it came into force for the clock. */
  readonly from: Instant
  readonly priority: string
  /** In open seconds. */
  readonly allowed: Seconds
  /** What the clock showed when it came into force. */
  readonly elapsed: Seconds
  /** Whether more than the target had elapsed already when it came into force. */
  readonly exceeded: boolean
}

/**
 * The targets that judged a clock, oldest first: one more for each change of priority, and with `binding: at_event` of
 * the agreement. Of an agreement that began to cover the record later, those from then on.
 */
export function targetHistory(account: ClockAccount, covered: Instant): readonly TargetTerm[] {
  const { spans, terms, end } = account
  const found: TargetTerm[] = []
  const add = (at: Instant, priority: string, allowed: Seconds): void => {
    const from = Math.max(at, covered)
    if (found.at(-1)?.from === from) found.pop()
    const last = found.at(-1)
    if (last?.priority === priority && last.allowed === allowed) return
    const elapsed = elapsedAt(account, from)
    found.push({ from, priority, allowed, elapsed, exceeded: elapsed > allowed })
  }
  for (const { from, priority, allowed } of spans) add(from, priority, allowed)
  add(end, terms.priority, terms.allowed)
  return found
}

/** Whether a change of priority alone put the clock beyond its target: it was within the one before. */
export function breachedOnReprioritise(terms: readonly TargetTerm[]): boolean {
  return terms.some(({ priority, elapsed, exceeded }, index) => {
    const before = terms[index - 1]
    return before !== undefined && before.priority !== priority && exceeded && elapsed <= before.allowed
  })
}

/** What a clock showed at an instant. */
export function elapsedAt({ spans }: ClockAccount, at: Instant): Seconds {
  let elapsed = 0
  for (const { phase, from, until, open, calendar } of spans) {
    if (phase === 'running' && from < at) elapsed += until <= at ? open : calendar.elapsed(from, at)
  }
  return elapsed
}
