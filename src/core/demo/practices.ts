import type { Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import { articles } from './articles.ts'
import type { Person } from './crew.ts'
import type { Shop } from './incident-telling.ts'
import { problems } from './problems.ts'
import type { StoryRecord } from './record-telling.ts'
import { requests } from './requests.ts'
import { tellRecord } from './told.ts'

/** What the records of all practices build on. */
export interface Stage {
  readonly shop: Shop
  readonly people: readonly Person[]
  readonly incidents: readonly StoryRecord[]
  /** Items of the catalogue, by id. */
  readonly catalogue: ReadonlyMap<string, Data>
}

/** The records of every practice but incident management, as far as they are recorded before an instant. */
export function practiceRecords({ shop, people, incidents, catalogue }: Stage, until: Instant): readonly StoryRecord[] {
  return [...articles(), ...problems(incidents), ...requests(shop, catalogue)]
    .map((each) => tellRecord(each, people, until))
    .filter(({ versions }) => versions.length > 0)
}
