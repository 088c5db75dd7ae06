import type { Instant } from '../instant.ts'
import { type Data, listAt, textAt } from '../record.ts'
import type { StoryRecord } from './record-telling.ts'
import { minute } from './told.ts'

/** Which incidents of the year somebody had before them when they wrote something down. */
export interface IncidentChoice {
  /** Fields of the incident as it was reported, with their values; for a list one of its entries. */
  readonly like: Data
  /** Days or minutes in Berlin; those reported from the first on, and recorded before the other. */
  readonly from: string
  readonly before: string
  /** The latest of them; 8 when absent. */
  readonly most?: number
}

/** The ids of the chosen incidents, oldest first. At least one: a story that finds none is wrong. */
export function chosen(
  incidents: readonly StoryRecord[],
  { like, from, before, most = 8 }: IncidentChoice,
): readonly string[] {
  const [first, until] = [from, before].map((when) => minute(when.includes(' ') ? when : `${when} 03:00`)) as [
    Instant,
    Instant,
  ]
  const found = incidents.filter(
    ({ openedAt, versions }) =>
      openedAt >= first && isLike(versions[0]?.data ?? {}, like) && isRecorded(versions, until),
  )
  if (found.length === 0) throw new RangeError(`no incident of the story is like ${JSON.stringify(like)}`)
  return found.slice(-most).map(({ id }) => id)
}

function isRecorded([first]: StoryRecord['versions'], until: Instant): boolean {
  return first !== undefined && first.at < until
}

function isLike(data: Data, like: Data): boolean {
  return Object.entries(like).every(
    ([field, value]) => textAt(data, field) === value || listAt(data, field).includes(value),
  )
}
