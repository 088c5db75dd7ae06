import { compare } from './diagnostic.ts'
import type { RecordIndex } from './facts.ts'
import { impactOf, type Touched } from './impact.ts'
import type { GraphItem, ImpactGraph } from './impact-graph.ts'
import { humanDuration, type Instant, parseInstant } from './instant.ts'
import { type RecordDoc, textAt, textsAt } from './record.ts'
import { affectedServices } from './risk-facts.ts'
import { type Stakeholder, stakeholdersOf, type Topic } from './stakeholder.ts'

/** One thing to say: when, to whom, by which channel, and why them. */
export interface Notice {
  readonly moment: 'announce' | 'begin' | 'update' | 'end'
  /** Absent while the time is not known. */
  readonly at?: Instant
  /** Of updates: how often, in words. */
  readonly repeated?: string
  readonly to: string
  readonly channel: string
  readonly contact?: string
  /** What is said to happen, with the services that concern them. */
  readonly because: string
}

interface Audience {
  readonly stakeholder: Stakeholder
  readonly topic: Topic
  /** `webshop goes down`: what reaches them. */
  readonly reasons: readonly string[]
}

/**
 * Who is to be told of a change, a release or a major incident, when and how: the stakeholders of the services that it
 * reaches over the impact graph, and of the teams that own these. Empty for other records. Derived, never stored.
 */
export function communicationPlan(record: RecordDoc, records: RecordIndex, graph: ImpactGraph): readonly Notice[] {
  const topics = topicsOf(record)
  if (topics.length === 0) return []
  const touched = impactOf(graph, startsOf(record, records)).filter(({ type }) => type === 'service')
  const notices = audience(touched, topics, record, records).flatMap((each) => noticesFor(each, record))
  return notices.toSorted(
    (a, b) =>
      (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER) ||
      moments.indexOf(a.moment) - moments.indexOf(b.moment) ||
      compare(a.to, b.to),
  )
}

const moments: readonly Notice['moment'][] = ['announce', 'begin', 'update', 'end']

/** What a record is about for its stakeholders; nothing for records that need no communication. */
function topicsOf({ type, data }: RecordDoc): readonly Topic[] {
  if (type === 'incident') return data['major'] === true ? ['major_incident'] : []
  if (type === 'release') return ['release']
  if (type !== 'change') return []
  return data['outage'] === true ? ['change', 'outage'] : ['change']
}

function startsOf(record: RecordDoc, records: RecordIndex): readonly GraphItem[] {
  return bundled(record, records).flatMap(({ data }) => [
    ...textsAt(data, 'cis').map((id): GraphItem => ({ type: 'ci', id })),
    ...[...textsAt(data, 'services'), ...textsAt(data, 'service')].map((id): GraphItem => ({ type: 'service', id })),
  ])
}

/** A record, and the changes that it bundles. */
function bundled(record: RecordDoc, records: RecordIndex): readonly RecordDoc[] {
  return [record, ...textsAt(record.data, 'changes').flatMap((id) => records.find('change', id) ?? [])]
}

/** Everybody who is concerned, each once: by the service itself, or by the team that owns it. */
function audience(
  touched: readonly Touched[],
  topics: readonly Topic[],
  record: RecordDoc,
  records: RecordIndex,
): readonly Audience[] {
  const found = new Map<string, Audience>()
  const changed = new Set(bundled(record, records).flatMap(({ data }) => affectedServices(data, records)))
  for (const { id, effect, depth } of touched) {
    const service = records.find('service', id)
    const owner = records.find('team', textAt(service?.data ?? {}, 'owner') ?? '')
    const reason = reasonOf(record, id, effect, changed.has(id))
    for (const stakeholder of [service, owner].flatMap((each) => (each ? stakeholdersOf(each.data) : []))) {
      const topic = topics.find((each) => stakeholder.about.includes(each) && concerns(each, effect, depth))
      if (topic === undefined) continue
      const key = JSON.stringify([stakeholder.name, stakeholder.channel, stakeholder.contact, topic])
      const known = found.get(key)
      found.set(key, { stakeholder, topic, reasons: [...(known?.reasons ?? []), reason] })
    }
  }
  return [...found.values()]
}

/**
 * Changes without an outage concern only those whose service is changed; what goes down concerns whoever it reaches.
 */
function concerns(topic: Topic, effect: Touched['effect'], depth: number): boolean {
  return topic === 'change' || topic === 'release' ? effect === 'down' && depth <= 1 : effect === 'down' || depth <= 1
}

function reasonOf({ type, data }: RecordDoc, service: string, effect: Touched['effect'], changed: boolean): string {
  if (type === 'incident') return `${service} is ${effect}`
  if (type === 'change' && data['outage'] === true) return `${service} ${effect === 'down' ? 'goes down' : 'degrades'}`
  return changed ? `${service} is changed` : `${service} hangs on what is changed`
}

function noticesFor({ stakeholder, topic, reasons }: Audience, { data }: RecordDoc): readonly Notice[] {
  const { name, channel, contact, ahead, every } = stakeholder
  const because = [...new Set(reasons)].join(', ')
  const base = { to: name, channel, because, ...(contact !== undefined && { contact }) }
  const notice = (moment: Notice['moment'], at: Instant | undefined): Notice => ({
    ...base,
    moment,
    ...(at !== undefined && { at }),
  })
  if (topic === 'major_incident') {
    const opened = instantAt(data, 'opened_at')
    const ended = instantAt(data, 'restored_at') ?? instantAt(data, 'resolved_at')
    const update = {
      ...notice('update', opened === undefined ? undefined : opened + every),
      repeated: humanDuration(every),
    }
    return [notice('begin', opened), update, notice('end', ended)]
  }
  const [start, end] = [instantAt(data, 'planned_start'), instantAt(data, 'planned_end')]
  return [
    notice('announce', start === undefined ? undefined : start - ahead),
    ...(topic === 'change' ? [] : [notice('begin', start)]),
    notice('end', instantAt(data, 'actual_end') ?? instantAt(data, 'deployed_at') ?? end),
  ]
}

function instantAt(data: RecordDoc['data'], field: string): Instant | undefined {
  return parseInstant(textAt(data, field) ?? '')
}
