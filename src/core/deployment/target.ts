import type { RecordIndex } from '../facts.ts'
import { type Data, type RecordDoc, textAt, textsAt } from '../record.ts'

/** What is to be deployed, and where to. */
export interface DeploymentTarget {
  readonly service: string
  readonly environment: string
}

/** Services are what customers use, and items that name no environment are meant so: both count as production. */
const production = 'production'

/** The environment of a configuration item. */
export function environmentOf({ data }: RecordDoc): string {
  return textAt(data, 'environment') ?? production
}

/** Every environment that an item is in, and production, in alphabetical order. */
export function knownEnvironments(records: RecordIndex): readonly string[] {
  return [...new Set([production, ...records.ofType('ci').map(environmentOf)])].toSorted()
}

/**
 * The environments in which a change is about a service: those of its items that serve it, else those of all its items,
 * else production. None where the change is not about the service.
 */
export function environmentsFor(change: Data, service: string, records: RecordIndex): readonly string[] {
  const items = itemsOf(change, records)
  const serving = items.filter(({ data }) => textsAt(data, 'services').includes(service))
  if (serving.length > 0) return environments(serving)
  if (!textsAt(change, 'services').includes(service)) return []
  if (textsAt(change, 'cis').length === 0) return [production]
  return environments(items)
}

/** The ids of a change's items that are in an environment. */
export function itemsIn(change: Data, environment: string, records: RecordIndex): readonly string[] {
  return itemsOf(change, records).flatMap((item) => (environmentOf(item) === environment ? [item.id] : []))
}

/** The services that a change lists, as far as they are in an environment: all in production, none elsewhere. */
export function servicesIn(change: Data, environment: string): readonly string[] {
  return environment === production ? textsAt(change, 'services') : []
}

function itemsOf(change: Data, records: RecordIndex): readonly RecordDoc[] {
  return textsAt(change, 'cis').flatMap((ci) => records.find('ci', ci) ?? [])
}

function environments(items: readonly RecordDoc[]): readonly string[] {
  return [...new Set(items.map(environmentOf))]
}
