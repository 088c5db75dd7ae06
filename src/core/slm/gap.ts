import { always, type Calendar, calendarOf } from '../calendar.ts'
import type { Facts, RecordIndex } from '../facts.ts'
import { type ImpactGraph, impactGraph } from '../impact-graph.ts'
import type { Instant, Seconds } from '../instant.ts'
import { isData, type RecordDoc, textAt } from '../record.ts'
import { priorities, type Sla, type SlaTarget, slaOf, valueFor } from '../sla.ts'

/** A promise to customers that an agreement beneath it, kept to the last second, can break. */
export interface LateGap {
  readonly sla: string
  readonly target: string
  readonly priority: string
  /** The OLA or contract, and its target. */
  readonly beneath: string
  readonly beneathTarget: string
  /** What each allows, on which calendar. */
  readonly promised: Allowance
  readonly given: Allowance
  /** The most by which the agreement beneath may end after the promise. */
  readonly late: Seconds
  /** The start for which that is so, and when each is used up then. */
  readonly start: Instant
  readonly promisedBy: Instant
  readonly givenBy: Instant
}

/** A time allowed on a calendar. */
export interface Allowance {
  readonly seconds: Seconds
  readonly calendar: string
}

/** A part of what a promise stands on that nobody has promised anything about. */
export interface MissingGap {
  readonly sla: string
  /** `ola`: a team that owns what the services depend on. `contract`: an item that a supplier provides. */
  readonly kind: 'ola' | 'contract'
  /** The team, or the item. */
  readonly id: string
  /** The services and items that it is about. */
  readonly items: readonly string[]
}

/** What was compared, and the gaps found. */
export interface AgreementGaps {
  /** Pairs of targets that were compared, for each priority. */
  readonly compared: number
  readonly late: readonly LateGap[]
  readonly missing: readonly MissingGap[]
}

const quarter = 15 * 60
const horizon = 28 * 86_400

/**
 * Holds the SLAs in force against the OLAs and contracts beneath them. An agreement is beneath an SLA when it can cover
 * records of the same type, and its team (`while.team`, else the provider) owns, or its items are among, what the SLA's
 * services depend on. Two targets are compared when the same states stop them: for each priority, and for a start at
 * every quarter of an hour of the four weeks from `asOf`, the target beneath must not be used up later than the
 * promise.
 *
 * Pauses, and the time that passes before a record reaches the team beneath, are not part of it: what is found cannot
 * be kept, what is not found still may not be. What nobody promised anything about is told of SLAs that name services.
 */
export function agreementGaps(facts: Pick<Facts, 'records' | 'rulebook'>, asOf: Instant): AgreementGaps {
  const { records, rulebook } = facts
  const agreements = agreementsIn(records)
  const graph = impactGraph(records)
  const calendars = new Map<string, Calendar>([['always', always]])
  for (const { id, data } of records.ofType('calendar')) {
    const calendar = calendarOf(data)
    if (calendar) calendars.set(id, calendar)
  }
  const compare = comparison(calendars, rulebook.config.calendar, asOf)
  const late: LateGap[] = []
  const missing: MissingGap[] = []
  let compared = 0
  for (const { sla } of agreements.filter((each) => each.sla.kind === 'sla')) {
    const stood = stoodOn(graph, records, sla)
    const beneath = agreements.filter((each) => each.sla.kind !== 'sla' && isBeneath(each, sla, stood))
    for (const target of sla.targets.values()) {
      for (const lower of beneath) {
        for (const other of lower.sla.targets.values()) {
          if (!isSameSet(target.stop, other.stop)) continue
          for (const priority of prioritiesOf(sla, target)) {
            compared += 1
            const found = compare(target, other, priority)
            if (!found) continue
            late.push({
              sla: sla.id,
              target: target.name,
              priority,
              beneath: lower.sla.id,
              beneathTarget: other.name,
              ...found,
            })
          }
        }
      }
    }
    if (sla.appliesTo.has('service')) missing.push(...missingOf(sla, stood, beneath))
  }
  return { compared, late, missing }
}

/** By id of an SLA in force, the OLAs and contracts beneath it, in the order of the records; see `agreementGaps`. */
export function agreementsBeneath(records: RecordIndex): ReadonlyMap<string, readonly string[]> {
  const agreements = agreementsIn(records)
  const graph = impactGraph(records)
  return new Map(
    agreements
      .filter(({ sla }) => sla.kind === 'sla')
      .map(({ sla }) => {
        const stood = stoodOn(graph, records, sla)
        const beneath = agreements.filter((each) => each.sla.kind !== 'sla' && isBeneath(each, sla, stood))
        return [sla.id, beneath.map(({ record }) => record.id)]
      }),
  )
}

function agreementsIn(records: RecordIndex): readonly Agreement[] {
  return records.ofType('sla').flatMap((record) => {
    const sla = slaOf(record)
    return sla?.active ? [{ record, sla }] : []
  })
}

/** What the services of an agreement stand on: services and items that they depend on, themselves included. */
interface StoodOn {
  readonly provider: string
  readonly records: readonly RecordDoc[]
  readonly services: ReadonlySet<string>
  readonly cis: ReadonlySet<string>
}

function stoodOn({ nodes }: ImpactGraph, records: RecordIndex, sla: Sla): StoodOn {
  const named = sla.appliesTo.get('service')
  const keys = [...nodes.values()].flatMap(({ type, id, key }) =>
    type === 'service' && (!named || named.has(id)) ? [key] : [],
  )
  const reached = new Set(keys)
  // The set grows while it is read.
  for (const key of reached) for (const { on } of nodes.get(key)?.dependencies ?? []) reached.add(on)
  const found = [...reached].flatMap((key) => nodes.get(key) ?? [])
  return {
    provider: textAt(records.find('sla', sla.id)?.data ?? {}, 'provider') ?? '',
    records: found.map(({ record }) => record),
    services: new Set(found.filter(({ type }) => type === 'service').map(({ id }) => id)),
    cis: new Set(found.filter(({ type }) => type === 'ci').map(({ id }) => id)),
  }
}

interface Agreement {
  readonly record: RecordDoc
  readonly sla: Sla
}

function isBeneath(lower: Agreement, upper: Sla, { services, cis, records }: StoodOn): boolean {
  const meets = (field: string, wanted: ReadonlySet<string>): boolean => {
    const named = lower.sla.appliesTo.get(field)
    return !named || [...named].some((each) => wanted.has(each))
  }
  const types = upper.appliesTo.get('type')
  const isOfType = !types || meets('type', types)
  if (!isOfType || !meets('service', services) || !meets('cis', cis)) return false
  if (lower.sla.kind === 'contract') return lower.sla.appliesTo.has('cis') || lower.sla.appliesTo.has('service')
  const teams = teamsOf(lower)
  return records.some(({ data }) => teams.has(textAt(data, 'owner') ?? ''))
}

/** The teams that an OLA binds. */
function teamsOf({ record, sla }: Agreement): ReadonlySet<string> {
  const named = [...sla.targets.values()].flatMap(({ teams }) => [...teams])
  return new Set(named.length > 0 ? named : [textAt(record.data, 'provider') ?? ''])
}

function prioritiesOf({ appliesTo }: Sla, { allowed }: SlaTarget): readonly string[] {
  const named = appliesTo.get('priority')
  return priorities.filter((each) => (!named || named.has(each)) && valueFor(allowed, each) !== undefined)
}

type Found = Pick<LateGap, 'promised' | 'given' | 'late' | 'start' | 'promisedBy' | 'givenBy'>

/**
 * Compares two targets for a priority; what was computed for the same times on the same calendars is not computed
 * again.
 */
function comparison(calendars: ReadonlyMap<string, Calendar>, fallback: string, asOf: Instant) {
  const known = new Map<string, Found | undefined>()
  const allowanceOf = ({ allowed, calendar }: SlaTarget, priority: string): Allowance | undefined => {
    const seconds = valueFor(allowed, priority)
    return seconds === undefined ? undefined : { seconds, calendar: valueFor(calendar, priority) ?? fallback }
  }
  return (target: SlaTarget, other: SlaTarget, priority: string): Found | undefined => {
    const [promised, given] = [allowanceOf(target, priority), allowanceOf(other, priority)]
    if (!promised || !given) return undefined
    const key = JSON.stringify([promised, given])
    if (!known.has(key)) known.set(key, worst(calendars, promised, given, asOf))
    return known.get(key)
  }
}

function worst(
  calendars: ReadonlyMap<string, Calendar>,
  promised: Allowance,
  given: Allowance,
  asOf: Instant,
): Found | undefined {
  const [above, below] = [calendars.get(promised.calendar), calendars.get(given.calendar)]
  if (!above || !below) return undefined
  const first = Math.ceil(asOf / quarter) * quarter
  let found: Found | undefined
  for (let start = first; start < first + horizon; start += quarter) {
    const [promisedBy, givenBy] = [above.due(start, promised.seconds), below.due(start, given.seconds)]
    if (promisedBy === undefined || givenBy === undefined) continue
    const late = givenBy - promisedBy
    if (late > (found?.late ?? 0)) found = { promised, given, late, start, promisedBy, givenBy }
  }
  return found
}

/** Teams and suppliers beneath that promised nothing. */
function missingOf(sla: Sla, { provider, records }: StoodOn, beneath: readonly Agreement[]): readonly MissingGap[] {
  const bound = new Set(beneath.filter((each) => each.sla.kind === 'ola').flatMap((each) => [...teamsOf(each)]))
  const owned = new Map<string, string[]>()
  for (const { id, data } of records) {
    const owner = textAt(data, 'owner')
    if (owner === undefined || owner === provider || bound.has(owner)) continue
    owned.set(owner, [...(owned.get(owner) ?? []), id])
  }
  const covered = new Set(
    beneath
      .filter((each) => each.sla.kind === 'contract')
      .flatMap((each) => [...(each.sla.appliesTo.get('cis') ?? [])]),
  )
  const contracts = new Set(beneath.map((each) => each.sla.id))
  const supplied = records.filter(({ id, data }) => {
    const asset = isData(data['asset']) ? data['asset'] : {}
    const contract = textAt(asset, 'contract')
    const hasAgreement = covered.has(id) || (contract !== undefined && contracts.has(contract))
    return textAt(asset, 'contract_until') !== undefined && !hasAgreement
  })
  return [
    ...Array.from(owned, ([id, items]): MissingGap => ({ sla: sla.id, kind: 'ola', id, items })),
    ...supplied.map(({ id }): MissingGap => ({ sla: sla.id, kind: 'contract', id, items: [id] })),
  ]
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each))
}
