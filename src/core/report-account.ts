import type { ExplainedStretch, Explanation } from './explain.ts'
import { formatInstant, type Instant, type Seconds } from './instant.ts'
import { type Clock, clocksOf, tallyClocks } from './kpi-sla.ts'
import type { ReportFacts } from './report.ts'
import { words } from './report-page.ts'

/** How many breaches a page accounts for. */
export const accountedBreaches = 5

/** The worst breaches of a report's period: promises to customers first, then the largest overrun. */
export function worstBreaches(facts: Pick<ReportFacts, 'incidents' | 'clocked' | 'period'>): readonly Clock[] {
  return customersFirst(tallyClocks(clocksOf(facts), facts.period).breaches).slice(0, accountedBreaches)
}

/** Clocks of promises to customers before the others, else in their order. */
export function customersFirst(clocks: readonly Clock[]): readonly Clock[] {
  return clocks.toSorted((a, b) => Number(b.reading.kind === 'sla') - Number(a.reading.kind === 'sla'))
}

/** What a clock did between two commits that mattered to it. */
export interface AccountLine {
  readonly from: Instant
  readonly until: Instant
  /** What the record did: its state with its reason for waiting; empty where nothing is told. */
  readonly state: string
  /** Whether the clock counted its opening hours, or stood still. */
  readonly counts: boolean
  /** Opening time that counted. */
  readonly counted: Seconds
  /** What the clock showed at the end. */
  readonly total: Seconds
  /** Who made the commit that began it, and the commit; `null` where the calendar began it. */
  readonly by: string | null
  readonly commit: string | null
}

/** How the time of a clock came about, in words and in lines that add up. */
export interface BreachAccount {
  readonly record: string
  readonly sentence: string
  /** What tells it with every opening hour. */
  readonly command: string
  readonly lines: readonly AccountLine[]
}

/**
 * The account of a clock as of an instant, where the facts hold one; the stretches of the calendar between two commits
 * made one line.
 */
export function accountOf(accounts: readonly Explanation[], { reading }: Clock, asOf: Instant): BreachAccount | null {
  const { record, sla, target, cycle } = reading
  const found = accounts.find(
    ({ reading: each }) => each.record === record && each.sla === sla && each.target === target && each.cycle === cycle,
  )
  const command = `gitsm explain ${record} --as-of ${formatInstant(asOf)}`
  return found ? { record, command, sentence: found.sentence, lines: linesOf(found.stretches) } : null
}

function linesOf(stretches: readonly ExplainedStretch[]): readonly AccountLine[] {
  const lines: AccountLine[] = []
  for (const { from, until, kind, reason, counted, total, edge } of stretches) {
    const last = lines.at(-1)
    if (last && edge === undefined) {
      lines[lines.length - 1] = { ...last, until, counted: last.counted + counted, total }
      continue
    }
    lines.push({
      ...{ from, until, counted, total },
      state: kind === 'holiday' ? '' : words(reason ?? ''),
      counts: kind !== 'paused' && kind !== 'stopped',
      by: edge?.commit.by ?? null,
      commit: edge?.commit.commit.slice(0, 10) ?? null,
    })
  }
  return lines
}
