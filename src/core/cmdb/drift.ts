import { wholeClass } from '../ci-class.ts'
import type { Facts } from '../facts.ts'
import { isGone } from '../impact-graph.ts'
import { type Instant, parseInstant } from '../instant.ts'
import { addTo } from '../lists-by-key.ts'
import { isData, type RecordDoc, textAt, textsAt } from '../record.ts'
import type { AttributeValue, Observation } from './observation.ts'

/** An attribute that is not as its record says. */
export interface AttributeDrift {
  readonly name: string
  /** Absent where the record says nothing of it. */
  readonly intended?: AttributeValue
  readonly observed: AttributeValue
  readonly seenAt: Instant
}

/** A recorded item whose reality differs from its record. */
export interface Drift {
  readonly record: RecordDoc
  /** `differs`: attributes do. `gone`: it was seen though it is retired or disposed of. */
  readonly kind: 'differs' | 'gone'
  readonly attributes: readonly AttributeDrift[]
  /** When it was last seen. */
  readonly seenAt: Instant
  /**
   * A change under way that names the item and explains the difference, or an unauthorised one that was written
   * already.
   */
  readonly change?: string
}

/** What observations say of the records of a tree. */
export interface DriftReport {
  /** Items that were seen and compared. */
  readonly compared: number
  readonly drifts: readonly Drift[]
  /** Seen, but without a record. */
  readonly unrecorded: readonly { readonly ci: string; readonly seenAt: Instant }[]
  /** In use by their records, but not seen. */
  readonly unseen: readonly string[]
  /** Observations older than the last verification of their item, which say nothing of the record as it is now. */
  readonly outdated: number
}

/**
 * Compares what runs with what is recorded. Of several observations of an attribute the newest counts; values are
 * compared as they are written, so the number 16 is the text "16". Attributes that neither the record nor its class
 * knows are no drift: discovery sees more than anybody wants to keep.
 */
export function driftOf(facts: Pick<Facts, 'records' | 'rulebook'>, observations: readonly Observation[]): DriftReport {
  const { records } = facts
  const byItem = new Map<string, Observation[]>()
  for (const each of observations) {
    addTo(byItem, each.ci, each)
  }
  const explained = changesByItem(facts)
  const drifts: Drift[] = []
  const unrecorded: { ci: string; seenAt: Instant }[] = []
  let outdated = 0
  for (const [ci, seen] of byItem) {
    const record = records.find('ci', ci)
    const ordered = seen.toSorted((a, b) => a.seenAt - b.seenAt)
    const last = ordered.at(-1)?.seenAt ?? 0
    if (!record) unrecorded.push({ ci, seenAt: last })
    else {
      const verified = parseInstant(textAt(record.data, 'verified_at') ?? '')
      const fresh = ordered.filter(({ seenAt }) => verified === undefined || seenAt >= verified)
      outdated += ordered.length - fresh.length
      const change = explained.get(ci)
      const attributes = differences(facts, record, fresh)
      const kind = isGone(record.data) ? 'gone' : 'differs'
      if (fresh.length > 0 && (kind === 'gone' || attributes.length > 0)) {
        drifts.push({ record, kind, attributes, seenAt: last, ...(change !== undefined && { change }) })
      }
    }
  }
  const unseen = records
    .ofType('ci')
    .filter(({ id, data }) => textAt(data, 'state') === 'operational' && !byItem.has(id))
    .map(({ id }) => id)
  return { compared: byItem.size - unrecorded.length, drifts, unrecorded, unseen, outdated }
}

function differences(
  { rulebook }: Pick<Facts, 'rulebook'>,
  { data }: RecordDoc,
  observations: readonly Observation[],
): readonly AttributeDrift[] {
  const intended = isData(data['attributes']) ? data['attributes'] : {}
  const classes = rulebook.config.ciClasses
  const described = classes && wholeClass(classes, textAt(data, 'class') ?? '')?.attributes
  const newest = new Map<string, AttributeDrift>()
  for (const { attributes, seenAt } of observations) {
    for (const [name, observed] of attributes) newest.set(name, { name, observed, seenAt })
  }
  return [...newest.values()].flatMap((each): readonly AttributeDrift[] => {
    const value = Object.hasOwn(intended, each.name) ? intended[each.name] : undefined
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      return described?.has(each.name) ? [each] : []
    }
    return String(value) === String(each.observed) ? [] : [{ ...each, intended: value }]
  })
}

/** By item, a change that is implementing, or an unauthorised one that is still open. */
function changesByItem({ records }: Pick<Facts, 'records'>): ReadonlyMap<string, string> {
  const open = records.ofType('change').filter(({ data }) => {
    const state = textAt(data, 'state') ?? ''
    return state === 'implement' || (data['unauthorised'] === true && ['authorize', 'review'].includes(state))
  })
  return new Map(open.flatMap(({ id, data }) => textsAt(data, 'cis').map((ci) => [ci, id] as const)))
}
