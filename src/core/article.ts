import type { RecordIndex } from './facts.ts'
import type { Instant } from './instant.ts'
import { type RecordDoc, textAt, textsAt } from './record.ts'

/** States in which an article is in use. */
const inUse: readonly (string | undefined)[] = ['published', 'pending_retirement']

/** Whether people may rely on an article as far as its state goes. */
export function isInUse({ data }: RecordDoc): boolean {
  return inUse.includes(textAt(data, 'state'))
}

/**
 * Why an article in use counts as outdated on the day of an instant: its validity is over, or a published article has
 * taken its place. `undefined` where it holds. Never stored: it follows from the records and the day.
 */
export function outdatedBecause(article: RecordDoc, records: RecordIndex, asOf: Instant): string | undefined {
  if (!isInUse(article)) return undefined
  const until = textAt(article.data, 'valid_until')
  if (until !== undefined && isPast(until, asOf)) return `it was valid until ${until}`
  const successor = records
    .ofType('knowledge')
    .find(
      (other) => textAt(other.data, 'state') === 'published' && textsAt(other.data, 'supersedes').includes(article.id),
    )
  return successor && `${successor.id} has taken its place`
}

/** Whether a calendar date is over everywhere on earth at an instant: its day has ended in the last of the zones. */
export function isPast(date: string, asOf: Instant): boolean {
  const lastZone = asOf - 12 * 3600
  return new Date(lastZone * 1000).toISOString().slice(0, 10) > date
}
