import { compare } from './diagnostic.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { once } from './once.ts'
import { isWithin, type Period } from './period.ts'
import { textAt } from './record.ts'
import type { LifeFacts, ReportFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'

/** A record as it stood at the end of a period: what was recorded later plays no part. */
export interface Standing extends LifeFacts {
  readonly state: string
  /** The earlier of the declared `opened_at` and the first record of it. */
  readonly openedAt: Instant
  /** Since when it has been in its state without a break, as recorded. */
  readonly since: Instant
}

/** The end of a period as far as it is known: its end, or the report's instant where that is earlier. */
export function endOf({ asOf }: Pick<ReportFacts, 'asOf'>, { until }: Pick<Period, 'until'>): Instant {
  return Math.min(until, asOf)
}

/**
 * The records of a type that had begun by the end of a stretch of time, as they stood then, in order of id. Those that
 * are cancelled as of the report's instant are left out. The same list for the same.
 */
export function standing(
  { lives, asOf }: Pick<ReportFacts, 'lives' | 'asOf'>,
  type: string,
  { until }: Pick<TimeSpan, 'until'>,
): readonly Standing[] {
  // Within the period itself, what was recorded at the report's own instant is known too.
  const cut = asOf < until ? asOf + 1 : until
  const [known, key] = [standingOf(lives), `${type} ${cut}`]
  const found =
    known.get(key) ??
    lives
      .filter((life) => life.type === type && life.moments.at(-1)?.state !== 'cancelled')
      .flatMap((life) => standingAt(life, cut) ?? [])
      .toSorted((a, b) => compare(a.id, b.id))
  known.set(key, found)
  return found
}

/** Pages ask for the same records again and again. */
const standingOf = once((_: ReportFacts['lives']) => new Map<string, readonly Standing[]>())

function standingAt(life: LifeFacts, cut: Instant): Standing | undefined {
  const isWhole = (life.moments.at(-1)?.recorded ?? cut) < cut
  return isWhole
    ? wholeStanding(life)
    : standingAfter(
        life,
        life.moments.filter(({ recorded }) => recorded < cut),
      )
}

/** A record to which nothing happened any more is the same at every later cut. */
const wholeStanding = once((life: LifeFacts) => standingAfter(life, life.moments))

function standingAfter(life: LifeFacts, moments: LifeFacts['moments']): Standing | undefined {
  const [first, last] = [moments[0], moments.at(-1)]
  if (!first || !last) return undefined
  const declared = parseInstant(textAt(first.data, 'opened_at') ?? '') ?? first.recorded
  const before = moments.findLastIndex(({ state }) => state !== last.state)
  return {
    ...life,
    data: last.data,
    moments,
    state: last.state,
    openedAt: Math.min(declared, first.recorded),
    since: moments[before + 1]?.recorded ?? last.recorded,
  }
}

/** When a record first entered one of some states, as recorded; `undefined` where it never did. */
export function firstEntry({ moments }: Pick<LifeFacts, 'moments'>, states: readonly string[]): Instant | undefined {
  return moments.find(({ state }) => states.includes(state))?.recorded
}

/** Those of some records that first entered one of some states within a stretch of time. */
export function enteredWithin<Life extends LifeFacts>(
  span: TimeSpan,
  records: readonly Life[],
  states: readonly string[],
): readonly Life[] {
  return records.filter((record) => {
    const at = firstEntry(record, states)
    return at !== undefined && isWithin(span, at)
  })
}

/** How long a record has been open at an instant, on the wall clock. */
export function ageAt({ openedAt }: Standing, end: Instant): Seconds {
  return Math.max(0, end - openedAt)
}
