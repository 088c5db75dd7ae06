import { compare } from '../diagnostic.ts'
import { type Instant, parseInstant } from '../instant.ts'
import { isData, type RecordDoc, textAt } from '../record.ts'
import { localTime } from '../report-time.ts'

/** A date of an asset that has come, or comes soon. */
export interface ExpiringAsset {
  readonly id: string
  readonly file: string
  readonly owner: string | null
  /** What runs out: `warranty_until` and so on. */
  readonly field: string
  readonly date: string
  /** Days from the day of asking; negative where the date is past. */
  readonly days: number
}

/** The dates of `asset` after which something is no longer so. */
const fields: readonly string[] = ['warranty_until', 'licence_until', 'contract_until', 'valid_until', 'end_of_life']

/**
 * What runs out within some days of the day on which an instant falls in a zone, or has run out already; the soonest
 * first. A day named is the last one, so what runs out today has 0 days left.
 */
export function expiringAssets(
  items: readonly RecordDoc[],
  { asOf, ahead, zone }: { readonly asOf: Instant; readonly ahead: number; readonly zone: string },
): readonly ExpiringAsset[] {
  const today = localTime(asOf, zone).day
  return items
    .flatMap(({ id, file, data }) => {
      const asset = isData(data['asset']) ? data['asset'] : {}
      return fields.flatMap((field): readonly ExpiringAsset[] => {
        const date = textAt(asset, field)
        const at = date === undefined ? undefined : parseInstant(`${date}T00:00:00Z`)
        if (date === undefined || at === undefined) return []
        const days = at / 86_400 - today
        return days <= ahead ? [{ id, file, owner: textAt(data, 'owner') ?? null, field, date, days }] : []
      })
    })
    .toSorted((a, b) => compare(a.date, b.date) || compare(a.id, b.id) || compare(a.field, b.field))
}
