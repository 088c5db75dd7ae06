import { compare } from './diagnostic.ts'
import type { RecordIndex, Rulebook } from './facts.ts'
import type { Instant, Seconds } from './instant.ts'
import { lifecycleDiagram } from './lifecycle-diagram.ts'
import { pathBetween } from './markdown.ts'
import type { Diagram } from './mermaid/diagram.ts'
import { priorityText, type Reading } from './reading.ts'
import { type RecordDoc, textAt } from './record.ts'
import { namedIn, referrers } from './reference.ts'
import { words } from './report-page.ts'
import type { Stretch } from './timeline.ts'

/** Where the page of a record stands below the folder of the reports. */
export function recordPagePath(reports: string, { type, id }: Pick<RecordDoc, 'type' | 'id'>): string {
  return `${reports}/records/${type}/${id}.md`
}

/** What the part of a record's page that is the same for all types is filled with. */
export interface RecordPage {
  readonly zone: string
  readonly commit: string
  readonly asOf: Instant
  /** Whether a clock runs, whose figures are those of the as-of instant. */
  readonly running: boolean
  /** The address of its file. */
  readonly source: string
  /** The records that it names, and those that name it; in order of type and id. */
  readonly links: readonly LinkedRecord[]
  readonly linkedFrom: readonly LinkedRecord[]
  readonly stretches: readonly StretchLine[]
  readonly clocks: readonly ClockOfRecord[]
  /** `null` for a record without states. */
  readonly lifecycle: Diagram | null
}

interface LinkedRecord {
  readonly id: string
  readonly type: string
  readonly title: string
  /** Empty for records without states. */
  readonly state: string
  readonly href: string
}

interface StretchLine {
  readonly state: string
  readonly from: Instant
  readonly until: Instant | null
  /** `null` while it lasts, so that a page says the same until something happens. */
  readonly length: Seconds | null
  readonly by: string
  readonly commit: string
  readonly provenance: string
}

interface ClockOfRecord {
  readonly sla: string
  readonly target: string
  readonly priority: string
  readonly status: string
  readonly elapsed: Seconds
  readonly allowed: Seconds
  readonly due: Instant | null
}

/** What pages of records rest on. */
export interface RecordPageFacts {
  readonly rulebook: Rulebook
  readonly records: RecordIndex
  readonly commit: string
  readonly asOf: Instant
  /** Where the page of a record stands, or its file where it has no page; links lead there. */
  readonly placeOf: (record: RecordDoc) => string
  /** The life of a record; empty where it has no states. */
  readonly lifeOf: (record: RecordDoc) => readonly Stretch[]
  readonly readingsOf: (record: RecordDoc) => readonly Reading[]
}

/** Makes the part of pages that is the same for all types; `from` is where the page stands. */
export function recordPages(facts: RecordPageFacts): (record: RecordDoc, from: string) => RecordPage {
  const { rulebook, records, commit, asOf } = facts
  const named = referrers(rulebook, records.all, new Set(records.all.map(({ type, id }) => `${type}/${id}`)))
  return (record, from) => {
    const { type, id, data } = record
    const references = rulebook.types.get(type)?.references ?? []
    const own = references.flatMap(({ path, to }) =>
      namedIn(data, path).flatMap(({ id: other }) => to.flatMap((each) => records.find(each, other) ?? [])),
    )
    const clocks = facts.readingsOf(record)
    const lifecycle = rulebook.types.get(type)?.lifecycle
    return {
      zone: rulebook.config.timezone,
      commit,
      asOf,
      running: clocks.some(({ stop, status }) => stop === null && status !== 'cancelled'),
      source: pathBetween(from, record.file),
      links: linked(facts, from, record, own),
      linkedFrom: linked(
        facts,
        from,
        record,
        (named.get(`${type}/${id}`) ?? []).map(({ record: other }) => other),
      ),
      stretches: facts.lifeOf(record).map((stretch) => stretchLine(stretch)),
      clocks: clocks.map(({ sla, target, priority, status, atRisk, elapsed, allowed, due }) => ({
        ...{ sla: titleOf(records.find('sla', sla)) ?? sla, target, priority: priorityText(priority) },
        ...{ status: atRisk ? `${status}, at risk` : status, elapsed, allowed, due },
      })),
      lifecycle: lifecycle ? { title: 'Lifecycle', source: lifecycleDiagram(lifecycle) } : null,
    }
  }
}

function titleOf(record: RecordDoc | undefined): string | undefined {
  return record && textAt(record.data, 'title')
}

function linked(
  { placeOf }: RecordPageFacts,
  from: string,
  itself: RecordDoc,
  others: readonly RecordDoc[],
): readonly LinkedRecord[] {
  return [...new Set(others)]
    .filter((other) => other !== itself)
    .toSorted((a, b) => compare(a.type, b.type) || compare(a.id, b.id))
    .map((other) => ({
      id: other.id,
      type: other.type,
      title: titleOf(other) ?? '',
      state: words(textAt(other.data, 'state') ?? ''),
      href: pathBetween(from, placeOf(other)),
    }))
}

function stretchLine({ state, holdReason, gap, from, until, by, commit, provenance }: Stretch): StretchLine {
  const reason = holdReason === undefined ? '' : `, ${holdReason}`
  return {
    state: gap === undefined ? words(`${state ?? ''}${reason}`) : `unknown: ${gap}`,
    from,
    until,
    length: until === null ? null : until - from,
    by,
    commit: commit.slice(0, 10),
    provenance,
  }
}
