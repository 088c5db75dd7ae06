import { impactOf, startsAmong, type Touched } from './impact.ts'
import { plannedChange } from './planned-change.ts'
import { type RecordDoc, textAt, textsAt } from './record.ts'
import { affectedServices, type RiskFacts, whenOf } from './risk-facts.ts'
import type { RiskPolicy } from './risk-policy.ts'

/** A fact of a change that conditions ask for: its values, or a number, and which records it rests on. */
export interface RiskFact {
  readonly values: readonly unknown[] | number
  /** By value as text, or under the empty text for a number: the records that make it true. */
  readonly because: (value: unknown) => readonly string[]
}

/** The facts of a change by name. */
export type RiskCircumstances = ReadonlyMap<string, RiskFact>

/** Gathers the facts of a change: what it touches, what fails with it, what failed before, and what happens nearby. */
export function circumstances(change: RecordDoc, facts: RiskFacts, policy: RiskPolicy): RiskCircumstances {
  const { records } = facts
  const { data } = change
  const cis = textsAt(data, 'cis')
  const services = affectedServices(data, records)
  const touched = impactOfChange(change, facts)
  const down = touched.filter(({ type, effect }) => type === 'service' && effect === 'down').map(({ id }) => id)
  const tierOf = (id: string) => records.find('service', id)?.data['tier']
  const ofItem = (field: string) => (id: string) => textAt(records.find('ci', id)?.data ?? {}, field)
  const environmentOf = (id: string) => ofItem('environment')(id) ?? 'production'
  const alone = cis.length === 0
  return new Map<string, RiskFact>([
    ['change_type', plain([textAt(data, 'change_type') ?? 'normal'])],
    ['outage', plain([data['outage'] === true])],
    ['tier', grouped(services, tierOf)],
    ['tier_reached', grouped(down, tierOf)],
    ['environment', alone ? plain(['production']) : grouped(cis, environmentOf)],
    ['criticality', grouped(cis, ofItem('criticality'))],
    ['failures_of_cis', counted(failed(change, facts, policy, 'ci', cis))],
    ['failures_of_services', counted(failed(change, facts, policy, 'service', services))],
    ['failures_of_team', counted(failed(change, facts, policy, 'team', textsAt(data, 'team')))],
    ['changes_nearby', counted(nearby(change, facts, policy))],
  ])
}

/** What fails or degrades when all that a change touches fails: its items, and the services it names beside them. */
export function impactOfChange({ data }: RecordDoc, { graph }: Pick<RiskFacts, 'graph'>): readonly Touched[] {
  const named = { cis: textsAt(data, 'cis'), services: textsAt(data, 'services') }
  return impactOf(graph, startsAmong(graph, named))
}

function plain(values: readonly unknown[]): RiskFact {
  return { values, because: () => [] }
}

function counted(ids: readonly string[]): RiskFact {
  return { values: ids.length, because: () => ids }
}

function grouped(ids: readonly string[], valueOfId: (id: string) => unknown): RiskFact {
  const all = ids.map((id) => ({ id, value: valueOfId(id) })).filter(({ value }) => value !== undefined)
  return {
    values: [...new Set(all.map(({ value }) => value))],
    because: (wanted) => all.filter(({ value }) => value === wanted).map(({ id }) => id),
  }
}

/** The changes of some items, services or teams that failed in the days before this one. */
function failed(
  change: RecordDoc,
  { failures }: RiskFacts,
  { historyDays }: RiskPolicy,
  type: string,
  ids: readonly string[],
): readonly string[] {
  const until = whenOf(change.data)
  if (until === undefined) return []
  const from = until - historyDays * 86_400
  const all = ids.flatMap((id) => failures.get(`${type}/${id}`) ?? [])
  return [
    ...new Set(all.filter((each) => each.id !== change.id && each.at >= from && each.at < until).map(({ id }) => id)),
  ]
}

/** The open changes that touch the same items or services within hours before or after this one. */
function nearby(change: RecordDoc, { changes, records }: RiskFacts, { nearbyHours }: RiskPolicy): readonly string[] {
  const planned = plannedChange(change, records)
  if (!planned) return []
  const [cis, margin] = [new Set(planned.cis), nearbyHours * 3600]
  const near = changes.overlapping({ from: planned.from - margin, until: planned.until + margin })
  const touching = near.filter(
    (other) =>
      other.id !== change.id &&
      (other.cis.some((ci) => cis.has(ci)) || [...other.affected].some((id) => planned.affected.has(id))),
  )
  return touching.map(({ id }) => id)
}
