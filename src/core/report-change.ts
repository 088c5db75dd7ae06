import { compare } from './diagnostic.ts'
import type { RecordIndex } from './facts.ts'
import { type Instant, parseInstant } from './instant.ts'
import { isWithin } from './period.ts'
import { type Data, isData, textAt, textsAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'
import type { Moment } from './timeline.ts'

/** What became of a change until the report's instant; its steps count when they were recorded. */
export interface ChangeLife {
  readonly id: string
  readonly file: string
  /** As it stood at the report's instant. */
  readonly data: Data
  readonly moments: readonly Moment[]
  readonly state: string
  /** `normal`, `standard` or `emergency`. */
  readonly changeType: string
  /** The services that it lists and those of its configuration items, in alphabetical order. */
  readonly services: readonly string[]
  /** The earlier of `opened_at` and its first record. */
  readonly bornAt: Instant
  /** When it was first scheduled; `null` where it never was. */
  readonly scheduledAt: Instant | null
  /**
   * When it was first under way, or over where nobody recorded that it began; of one that was found to have happened
   * without approval, when it was found. `null` where it never was.
   */
  readonly startedAt: Instant | null
  /** When its work was first over, in review or closed. */
  readonly endedAt: Instant | null
  readonly closedAt: Instant | null
}

/** The changes of a report as of its instant, in order of id; cancelled ones are left out, as in the catalogue. */
export function changeLives({ lives, tree }: Pick<ReportFacts, 'lives' | 'tree'>): readonly ChangeLife[] {
  return lives
    .filter(({ type }) => type === 'change')
    .toSorted((a, b) => compare(a.id, b.id))
    .flatMap(({ id, file, data, moments }) => {
      const [birth, last] = [moments[0], moments.at(-1)]
      if (!birth || !last || last.state === 'cancelled') return []
      const first = (states: readonly string[]): Instant | null =>
        moments.find(({ state }) => states.includes(state))?.recorded ?? null
      return [
        {
          ...{ id, file, data, moments, state: last.state },
          changeType: textAt(data, 'change_type') ?? 'normal',
          services: servicesOf(data, tree),
          bornAt: Math.min(parseInstant(textAt(birth.data, 'opened_at') ?? '') ?? birth.recorded, birth.recorded),
          scheduledAt: first(['scheduled']),
          startedAt: data['unauthorised'] === true ? foundAt(moments) : first(['implement', 'review', 'closed']),
          endedAt: first(['review', 'closed']),
          closedAt: first(['closed']),
        },
      ]
    })
}

function foundAt(moments: readonly Moment[]): Instant | null {
  return moments.find(({ data }) => data['unauthorised'] === true)?.recorded ?? null
}

function servicesOf(data: Data, tree: RecordIndex): readonly string[] {
  const ofItems = textsAt(data, 'cis').flatMap((ci) => textsAt(tree.find('ci', ci)?.data ?? {}, 'services'))
  return [...new Set([...textsAt(data, 'services'), ...ofItems])].toSorted(compare)
}

/** The changes that reached a point of their life in a stretch of time. */
export function reached(
  changes: readonly ChangeLife[],
  point: 'bornAt' | 'scheduledAt' | 'startedAt' | 'endedAt' | 'closedAt',
  span: TimeSpan,
): readonly ChangeLife[] {
  return changes.filter((change) => {
    const at = change[point]
    return at !== null && isWithin(span, at)
  })
}

/** How a change ended. */
export type Outcome = 'successful' | 'with issues' | 'failed' | 'not recorded'

/** How a change ended, as its outcome says. */
export function outcomeOf({ data }: Pick<ChangeLife, 'data'>): Outcome {
  const outcome = textAt(data, 'outcome') ?? ''
  if (outcome === 'successful') return 'successful'
  if (outcome === 'successful_with_issues') return 'with issues'
  return outcome.startsWith('unsuccessful') ? 'failed' : 'not recorded'
}

/** A conflict that a change carries a waiver for. */
export interface WaivedConflict {
  /** The kind of conflict, as `gitsm conflicts` names it. */
  readonly conflict: string
  /** The other change or the window; `null` where the waiver is meant for all. */
  readonly with: string | null
  readonly approver: string
  readonly reason: string
}

/** The waivers that a change carries. */
export function waivedConflicts({ data }: Pick<ChangeLife, 'data'>): readonly WaivedConflict[] {
  const waivers = Array.isArray(data['waivers']) ? data['waivers'] : []
  return waivers.filter(isData).map((waiver) => ({
    conflict: textAt(waiver, 'conflict') ?? '',
    with: textAt(waiver, 'with') ?? null,
    approver: textAt(waiver, 'approver') ?? '',
    reason: textAt(waiver, 'reason')?.trim() ?? '',
  }))
}
