import { hasFailed } from '../change-outcome.ts'
import { type Instant, parseInstant } from '../instant.ts'
import { isWithin, type Period } from '../period.ts'
import { type RecordDoc, textAt, textsAt } from '../record.ts'

/** A change whose work is over, with what came of it. */
export interface PastChange {
  readonly id: string
  readonly title: string
  readonly changeType: string
  readonly state: string
  readonly until: Instant
  readonly outcome: string | null
  /** Whether it did not do what it should, or broke something. */
  readonly failed: boolean
  readonly incidents: readonly string[]
  /** The record of its review; `null` where none was held yet. */
  readonly review: string | null
  readonly notes: string | null
}

/** A change whose work ended in a week. */
export function pastChange({ id, data }: RecordDoc, week: Period): PastChange | undefined {
  const until = parseInstant(textAt(data, 'actual_end') ?? '')
  if (until === undefined || !isWithin(week, until)) return undefined
  const incidents = textsAt(data, 'incidents_caused')
  return {
    ...{ id, title: textAt(data, 'title') ?? '', state: textAt(data, 'state') ?? '', until },
    changeType: textAt(data, 'change_type') ?? 'normal',
    outcome: textAt(data, 'outcome') ?? null,
    failed: hasFailed(data) || incidents.length > 0,
    incidents,
    review: textAt(data, 'review') ?? null,
    notes: textAt(data, 'review_notes') ?? null,
  }
}
