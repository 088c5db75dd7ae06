import { compare, type Diagnostic } from '../diagnostic.ts'
import type { Facts, RecordIndex } from '../facts.ts'
import { impactGraph, isGone } from '../impact-graph.ts'
import { formatInstant, type Instant, parseInstant } from '../instant.ts'
import { isData, isFilled, listAt, type RecordDoc, textAt, textsAt } from '../record.ts'
import { type ExpiringAsset, expiringAssets } from './expiry.ts'

/** One item that does not pass a check, and why. */
export interface HealthFinding {
  readonly id: string
  readonly type: string
  readonly file: string
  readonly why: string
}

/** One question asked of the configuration records, of how many, and which do not pass it. */
export interface HealthCheck {
  readonly id: string
  /** What passes, in one sentence. */
  readonly title: string
  /** How many were asked. */
  readonly n: number
  readonly found: readonly HealthFinding[]
}

/** How far the configuration records can be trusted, as of an instant. */
export interface CmdbHealth {
  readonly asOf: Instant
  /** Days after which a verification counts as stale. */
  readonly staleAfter: number
  /** Days that are looked ahead for what runs out. */
  readonly ahead: number
  readonly items: number
  readonly checks: readonly HealthCheck[]
  readonly expiring: readonly ExpiringAsset[]
}

/** What health is asked: as of when, how old a verification may be, how far to look ahead, what rules found already. */
export interface HealthQuestion {
  readonly asOf: Instant
  readonly staleAfter: number
  readonly ahead: number
  /** Findings of the rules about references, circles, redundancy and classes. */
  readonly diagnostics: readonly Diagnostic[]
}

const day = 86_400

/** One question that is asked of configuration items, and what each that does not pass it is told. */
export interface ItemCheck {
  readonly id: string
  /** What passes, in one sentence. */
  readonly title: string
  /** The items that it is asked of. */
  readonly asked: readonly RecordDoc[]
  /** `undefined` for an item that passes. */
  why(item: RecordDoc): string | undefined
}

/** The questions whose answers are figures of the catalogue, too. What is retired or disposed of is asked nothing. */
export function itemChecks(
  records: RecordIndex,
  { asOf, staleAfter }: Pick<HealthQuestion, 'asOf' | 'staleAfter'>,
): Readonly<Record<'stale' | 'orphan' | 'duplicate' | 'incomplete', ItemCheck>> {
  const items = records
    .ofType('ci')
    .filter(({ data }) => !isGone(data))
    .toSorted((a, b) => compare(a.id, b.id))
  const used = items.filter(({ data }) => inUse.has(textAt(data, 'state') ?? ''))
  const graph = impactGraph(records)
  const twins = twinsOf(items)
  return {
    stale: {
      id: 'stale',
      title: `Items in use were verified within ${staleAfter} days`,
      asked: used,
      why: staleness(asOf, staleAfter),
    },
    orphan: {
      id: 'orphan',
      title: 'Items in use deliver a service, or something depends on them',
      asked: used,
      why: ({ id }) =>
        (graph.nodes.get(`ci/${id}`)?.dependants.length ?? 0) > 0
          ? undefined
          : 'serves nothing and nobody depends on it',
    },
    duplicate: {
      id: 'duplicate',
      title: 'No two items have one name, serial number or source',
      asked: items,
      why: ({ id }) => twins.get(id),
    },
    incomplete: {
      id: 'incomplete',
      title: 'Items in use tell criticality, environment and source of truth',
      asked: used,
      why: ({ data }) => {
        const missing = wanted.filter((field) => !isFilled(data[field]))
        return missing.length > 0 ? `lacks ${missing.join(', ')}` : undefined
      },
    },
  }
}

/** The health of the configuration records of a tree. What is retired or disposed of is asked nothing. */
export function cmdbHealth(facts: Pick<Facts, 'records' | 'rulebook'>, question: HealthQuestion): CmdbHealth {
  const { asOf, staleAfter, ahead, diagnostics } = question
  const items = facts.records
    .ofType('ci')
    .filter(({ data }) => !isGone(data))
    .toSorted((a, b) => compare(a.id, b.id))
  const services = facts.records
    .ofType('service')
    .filter(({ data }) => !isGone(data))
    .toSorted((a, b) => compare(a.id, b.id))
  const byFile = new Map([...items, ...services].map((record) => [record.file, record]))
  const ruled = (id: string, title: string, rules: readonly string[], n: number): HealthCheck => ({
    id,
    title,
    n,
    found: diagnostics
      .filter(({ rule }) => rules.includes(rule))
      .flatMap(({ place, message }) => found(byFile.get(place.file), message)),
  })
  const checked = ({ id, title, asked, why }: ItemCheck): HealthCheck => ({
    id,
    title,
    n: asked.length,
    found: asked.flatMap((item) => found(item, why(item))),
  })
  const { stale, orphan, duplicate, incomplete } = itemChecks(facts.records, question)
  const owner = 'Every item has an owner, and the owning team has members'
  const outliving = [...items, ...services]
  return {
    asOf,
    staleAfter,
    ahead,
    items: items.length,
    checks: [
      checked(stale),
      checked(orphan),
      checked(duplicate),
      checked({ id: 'owner', title: owner, asked: items, why: (item) => ownerless(item, facts) }),
      checked(incomplete),
      ruled('class', 'Items have what their class asks for', ['ci-fits-class'], items.length),
      ruled('dangling', 'References lead to records that exist', ['reference-exists'], outliving.length),
      checked({
        id: 'outlived',
        title: 'Nothing depends on what is retired',
        asked: outliving,
        why: (item) => outlived(item, facts),
      }),
      ruled(
        'cycle',
        'Nothing depends on itself, directly or through others',
        ['dependency-without-cycle'],
        outliving.length,
      ),
      ruled('redundancy', 'Redundant groups can hold', ['redundancy-is-possible'], items.length),
    ],
    expiring: expiringAssets(items, { asOf, ahead, zone: facts.rulebook.config.timezone }),
  }
}

const inUse: ReadonlySet<string> = new Set(['operational', 'maintenance'])
const wanted: readonly string[] = ['criticality', 'environment', 'source_of_truth']

function found(record: RecordDoc | undefined, why: string | undefined): readonly HealthFinding[] {
  return record === undefined || why === undefined ? [] : [{ id: record.id, type: record.type, file: record.file, why }]
}

function staleness(asOf: Instant, days: number) {
  return ({ data }: RecordDoc): string | undefined => {
    const text = textAt(data, 'verified_at') ?? ''
    const verified = parseInstant(text)
    if (verified === undefined) return 'was never verified'
    const age = Math.floor((asOf - verified) / day)
    return asOf - verified > days * day
      ? `was last verified ${formatInstant(verified).slice(0, 10)}, ${age} days ago`
      : undefined
  }
}

function ownerless({ data }: RecordDoc, { records }: Pick<Facts, 'records'>): string | undefined {
  const owner = textAt(data, 'owner')
  if (owner === undefined) return 'has no owner'
  const team = records.find('team', owner)
  return team && listAt(team.data, 'members').length === 0 ? `belongs to ${owner}, a team without members` : undefined
}

function outlived({ type, data }: RecordDoc, { records }: Pick<Facts, 'records'>): string | undefined {
  const named =
    type === 'service'
      ? textsAt(data, 'depends_on').map((id) => ['service', id] as const)
      : [
          ...listAt(data, 'depends_on')
            .flatMap((each) => (isData(each) ? (textAt(each, 'ci') ?? []) : []))
            .map((id) => ['ci', id] as const),
          ...textsAt(data, 'services').map((id) => ['service', id] as const),
        ]
  const gone = named.filter(([kind, id]) => isGone(records.find(kind, id)?.data ?? {})).map(([, id]) => id)
  return gone.length > 0 ? `names ${gone.join(', ')}, which ${gone.length === 1 ? 'is' : 'are'} retired` : undefined
}

/**
 * By id, what another item has in common with it: the name, the serial number, or the source that it was taken from.
 */
function twinsOf(items: readonly RecordDoc[]): ReadonlyMap<string, string> {
  const marks = new Map<string, { readonly what: string; readonly ids: string[] }>()
  for (const { id, data } of items) {
    const asset = isData(data['asset']) ? data['asset'] : {}
    const source = isData(data['source']) ? data['source'] : {}
    const known = [
      ['name', (textAt(data, 'title') ?? '').toLowerCase().replaceAll(/\s+/g, ' ').trim()],
      ['serial number', textAt(asset, 'serial') ?? ''],
      ['source', [textAt(source, 'system'), textAt(source, 'id')].filter(isFilled).join('/')],
    ] as const
    for (const [what, value] of known) {
      if (value === '') continue
      const key = `${what} ${value}`
      const mark = marks.get(key)
      if (mark) mark.ids.push(id)
      else marks.set(key, { what, ids: [id] })
    }
  }
  const twins = new Map<string, string>()
  for (const { what, ids } of marks.values()) {
    if (ids.length < 2) continue
    for (const id of ids) {
      const others = ids.filter((other) => other !== id).toSorted(compare)
      if (!twins.has(id)) twins.set(id, `has the ${what} of ${others.slice(0, 5).join(', ')}`)
    }
  }
  return twins
}
