import type { Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import { articles } from './articles.ts'
import { changeIncidents } from './change-incidents.ts'
import { normalChange } from './change-plan.ts'
import type { Person } from './crew.ts'
import { emergencyChanges } from './emergency-changes.ts'
import { houseChanges } from './house-changes.ts'
import { improvements } from './improvements.ts'
import type { Shop } from './incident-telling.ts'
import { openChanges } from './open-changes.ts'
import { overloadChanges } from './overload-changes.ts'
import { problems } from './problems.ts'
import type { StoryRecord } from './record-telling.ts'
import { releases } from './releases.ts'
import { requests } from './requests.ts'
import { reviews } from './reviews.ts'
import { standardChanges } from './standard-changes.ts'
import { tellRecord } from './told.ts'

/** What the records of all practices build on. */
export interface Stage {
  readonly shop: Shop
  readonly people: readonly Person[]
  readonly incidents: readonly StoryRecord[]
  /** Items of the catalogue, by id. */
  readonly catalogue: ReadonlyMap<string, Data>
  /** Models of standard changes, by id. */
  readonly models: ReadonlyMap<string, Data>
}

/** The records of every practice but incident management, as far as they are recorded before an instant. */
export function practiceRecords(stage: Stage, until: Instant): readonly StoryRecord[] {
  const { shop, people, incidents, catalogue, models } = stage
  return [
    ...articles(),
    ...changeIncidents(),
    ...[...overloadChanges, ...houseChanges].map((plan) => normalChange(plan, shop.hours)),
    ...emergencyChanges(incidents),
    ...openChanges,
    ...standardChanges(models),
    ...releases,
    ...reviews(incidents),
    ...problems(incidents),
    ...requests(shop, catalogue),
    ...improvements,
  ]
    .map((each) => tellRecord(each, people, until))
    .filter(({ versions }) => versions.length > 0)
}
