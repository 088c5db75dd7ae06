import type { Facts } from './facts.ts'
import { Fault } from './fault.ts'
import { impactOf, startsAmong, type Touched } from './impact.ts'
import { type GraphItem, type ImpactGraph, impactGraph, isGone, keyOf } from './impact-graph.ts'
import { type RecordDoc, textsAt } from './record.ts'
import type { Referrer } from './reference.ts'
import { type Orphan, orphansOf, standingAgainst } from './retirement.ts'

/**
 * What a record can break: what is reached when the items it is about fail, and what retiring them would leave behind.
 */
export interface ImpactAccount {
  readonly record: RecordDoc
  /** The items that are taken to fail. */
  readonly starts: readonly GraphItem[]
  /** Of those that the record names, the ones that are retired or missing and therefore touch nothing. */
  readonly absent: readonly GraphItem[]
  /** The starts first, then by depth. */
  readonly touched: readonly Touched[]
  /** Only of a service or item: what stands against retiring it, and what would be orphaned. */
  readonly retirement?: { readonly against: readonly Referrer[]; readonly orphans: readonly Orphan[] }
}

/** The account of a record; `depth` limits how far it looks. A `Fault` for records that name no service or item. */
export function impactAccount(
  facts: Pick<Facts, 'rulebook' | 'records'>,
  record: RecordDoc,
  depth: number = Number.POSITIVE_INFINITY,
): ImpactAccount {
  const graph = impactGraph(facts.records)
  const named = startsOf(facts, graph, record)
  const starts = named.filter((item) => graph.nodes.has(keyOf(item)))
  const touched = impactOf(graph, starts).filter((each) => each.depth <= depth)
  const absent = named.filter((item) => !starts.includes(item))
  return { record, starts, absent, touched, ...retirementOf(facts, graph, record) }
}

/**
 * The items that a record is about: a service or item itself; the items that a change or another record lists, and the
 * services that it names beside them; of a release, those of its changes.
 */
function startsOf({ records }: Pick<Facts, 'records'>, graph: ImpactGraph, record: RecordDoc): readonly GraphItem[] {
  const { type, id, data } = record
  if (type === 'service' || type === 'ci') return [{ type, id }]
  const about = [record, ...textsAt(data, 'changes').flatMap((change) => records.find('change', change) ?? [])]
  const items = about.flatMap((each) =>
    startsAmong(graph, {
      cis: textsAt(each.data, 'cis'),
      services: [...textsAt(each.data, 'services'), ...textsAt(each.data, 'service')],
    }),
  )
  const distinct = [...new Map(items.map((item) => [keyOf(item), item])).values()]
  if (distinct.length > 0) return distinct
  throw new Fault(`${id} names no service or configuration item`, {
    cure: 'Name a service, an item, or a record that lists some in cis or services',
  })
}

function retirementOf(
  facts: Pick<Facts, 'rulebook' | 'records'>,
  graph: ImpactGraph,
  { type, id, data }: RecordDoc,
): Pick<ImpactAccount, 'retirement'> {
  if ((type !== 'service' && type !== 'ci') || isGone(data)) return {}
  const key = keyOf({ type, id })
  const against = standingAgainst(facts, new Set([key])).get(key) ?? []
  return { retirement: { against, orphans: orphansOf(graph, [{ type, id }]) } }
}
