import { formatInstant, type Instant } from '../instant.ts'
import { type Data, listAt, textAt } from '../record.ts'
import type { Person } from './crew.ts'

/** A record as one commit leaves it. */
export interface Version {
  /** When it was recorded. */
  readonly at: Instant
  readonly by: Person
  readonly message: string
  readonly data: Data
}

/** One process record of the year: its versions, oldest first, none after the end. */
export interface StoryRecord {
  readonly type: string
  readonly id: string
  readonly openedAt: Instant
  readonly versions: readonly Version[]
}

/** One thing that is done to a record. */
export interface Doing {
  /** When it was done, as its log entry declares. */
  readonly declared: Instant
  /** When it was recorded; never before it was done. */
  readonly recorded: Instant
  readonly by: Person
  /** Fields that it sets, or removes where they are `undefined`. `state` makes it a step. */
  readonly set: Data
  readonly note?: string
  /** The message, after the id and the step. */
  readonly say: string
}

/** What a record becomes by something that is done to it: its fields, and an entry in its log that names a step. */
export function done({ data }: Pick<Version, 'data'>, { declared, recorded, by, set, note, say }: Doing): Version {
  const [from, to] = [textAt(data, 'state'), textAt(set, 'state')]
  const step = to === undefined || to === from ? {} : { state: to }
  const reason = 'state' in step ? textAt(set, 'hold_reason') : undefined
  const entry = {
    at: formatInstant(declared),
    by: by.login,
    ...step,
    ...(reason !== undefined && { hold_reason: reason }),
    ...(note !== undefined && { note }),
  }
  const change = 'state' in step ? `${from === undefined ? '' : `${from} → `}${to}: ${say}` : say
  const kept = Object.fromEntries(Object.entries({ ...data, ...set }).filter(([, value]) => value !== undefined))
  return {
    at: recorded,
    by,
    message: `${textAt(data, 'id')} ${change}`,
    data: { ...kept, log: [...listAt(data, 'log'), entry] },
  }
}
