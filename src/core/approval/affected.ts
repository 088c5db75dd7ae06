import type { RecordIndex } from '../facts.ts'
import { type Data, type RecordDoc, textAt, textsAt } from '../record.ts'
import { cisOf } from './rule-match.ts'

/** Finds a record as the base has it, else as the pull request brings it. */
export type Lookup = (type: string, id: string) => RecordDoc | undefined

/** The base first: a pull request must not choose who owns what it touches. */
export function baseFirst(base: RecordIndex, result: RecordIndex): Lookup {
  return (type, id) => base.find(type, id) ?? result.find(type, id)
}

/** The services that a record affects: those it names, and those that its configuration items serve. */
export function affectedServices(type: string, id: string, data: Data, find: Lookup): readonly string[] {
  const named = [...textsAt(data, 'services'), ...textsAt(data, 'service'), ...(type === 'service' ? [id] : [])]
  const served = cisOf(data).flatMap((ci) => textsAt(find('ci', ci)?.data ?? {}, 'services'))
  return [...new Set([...named, ...served])]
}

/** The teams that own the given services, each once. */
export function serviceOwners(services: readonly string[], find: Lookup): readonly string[] {
  const owners = services.flatMap((service) => textAt(find('service', service)?.data ?? {}, 'owner') ?? [])
  return [...new Set(owners)]
}
