import { type TimeQuality, timeQuality } from './evidence-account.ts'
import type { Instant, Seconds } from './instant.ts'
import type { Dimension } from './kpi-life.ts'
import { agreementTitle, type Clock } from './kpi-sla.ts'
import { branchName } from './ledger/believed.ts'
import { pathBetween } from './markdown.ts'
import { once } from './once.ts'
import { isWithin, parsePeriod } from './period.ts'
import { priorityText, type Reading } from './reading.ts'
import { type Data, textAt } from './record.ts'
import type { Page, PageLink, RecordFacts, ReportFacts } from './report.ts'
import { restatedPart } from './report-restated.ts'
import { slaOf, valueFor } from './sla.ts'

/** Where a page stands in the repository: the dashboard at the top, the others in a folder for their period. */
export function pagePath({ config, period }: Pick<ReportFacts, 'config' | 'period'>, name: string): string {
  return `${config.reports.path}/${name === 'dashboard' ? 'README' : `${period.id}/${name}`}.md`
}

/** What every page says of itself, and its links to the other pages of the period. */
export function pageOf(facts: ReportFacts, name: string): Page {
  const { config, commit, asOf, period, evidence } = facts
  const { anchor } = evidence
  const from = pagePath(facts, name)
  return {
    name,
    zone: config.timezone,
    organisation: config.organisation,
    commit,
    asOf,
    period,
    complete: asOf >= period.until,
    times: timesIn(facts),
    anchor: anchor
      ? {
          ...{ entry: String(anchor.sequence), digest: anchor.digest, ledger: branchName(anchor.ledger) },
          byHand: anchor.byHand === 0 ? 'none' : String(anchor.byHand),
        }
      : null,
    doubts: [...evidence.findings.map(({ rule, message }) => ({ rule, message })), ...datesInDoubt(facts)],
    restated: restatedPart(facts, name, facts.restated),
    restatedBefore: restatedPart(facts, name, facts.restatedBefore),
    pages: facts.pages
      .filter((other) => other.name !== name)
      .map((other) => ({ ...other, href: pathBetween(from, pagePath(facts, other.name)) })),
  }
}

/** How the times of what was recorded in the period are known, of all records that clocks run on. */
const timesIn = once(({ incidents, clocked, period }: ReportFacts): TimeQuality => {
  const moments = [...incidents, ...clocked].flatMap((record) => record.moments)
  return timeQuality(
    moments.filter(({ recorded }) => isWithin(period, recorded)).map(({ commit }) => commit.provenance),
  )
})

/** What to know of clocks of the period that rest on commits whose dates others contradict. */
const datesInDoubt = once(({ incidents, clocked, period }: ReportFacts): Page['doubts'] => {
  const doubtful = [...incidents, ...clocked]
    .flatMap(({ readings }) => readings)
    .filter(
      ({ doubtful: isDoubtful, start, stop }) =>
        isDoubtful && start < period.until && (stop ?? period.from) >= period.from,
    )
  if (doubtful.length === 0) return []
  const records = [...new Set(doubtful.map(({ record }) => record))]
  const named = records.slice(0, few).join(', ')
  const more = records.length > few ? ` and ${records.length - few} more` : ''
  const clocks =
    doubtful.length === 1 ? '1 clock rests on a commit date' : `${doubtful.length} clocks rest on commit dates`
  return [
    {
      rule: 'date-in-doubt',
      message: `${clocks} that others contradict, so that what the figures say of ${named}${more} is not proved`,
    },
  ]
})

const few = 5

/** The pages of all periods that have some, the one that ends last first, as seen from the dashboard. */
export function publishedPeriods(facts: ReportFacts): readonly PageLink[] {
  const { config, published, period } = facts
  const from = pagePath(facts, 'dashboard')
  return [...new Set([...published, period.id])]
    .flatMap((id) => parsePeriod(id, config.timezone) ?? [])
    .sort((a, b) => b.until - a.until || a.from - b.from)
    .map((each) => ({ name: each.title, href: pathBetween(from, `${config.reports.path}/${each.id}/csi.md`) }))
}

/** A record as a page names it. */
export interface RecordLink {
  readonly id: string
  readonly href: string
  readonly title: string
}

/** The link from a page to a record. */
export function recordLink(
  facts: ReportFacts,
  page: string,
  { id, file, data }: { readonly id: string; readonly file: string; readonly data: Data },
): RecordLink {
  return { id, href: pathBetween(pagePath(facts, page), file), title: textAt(data, 'title') ?? '' }
}

/** What people call a value: the title of a service or a team, else the value itself; `null` where there is none. */
export function nameOf(facts: ReportFacts, dimension: Dimension, value: string | null): string | null {
  const records = dimension === 'service' ? facts.services : dimension === 'team' ? facts.teams : []
  const record = records.find(({ id }) => id === value)
  return (record && textAt(record.data, 'title')) ?? value
}

/** A clock as a line of a table. */
export interface ClockLine extends RecordLink {
  readonly priority: string
  readonly team: string | null
  readonly state: string
  readonly sla: string
  /** Id of the agreement. */
  readonly agreement: string
  readonly target: string
  readonly elapsed: Seconds
  readonly allowed: Seconds
  /** Elapsed beyond allowed; negative while there is time left. */
  readonly over: Seconds
  /** Whether its calendar never closes, as the agreement stands now: only then its days have 24 hours. */
  readonly aroundTheClock: boolean
  readonly due: Instant | null
  readonly stop: Instant | null
}

/** Puts clocks into lines; `title` of the SLA where its record is known. */
export function clockLines(facts: ReportFacts, page: string, clocks: readonly Clock[]): readonly ClockLine[] {
  const titles = new Map(facts.slas.map((sla) => [sla.id, agreementTitle(sla)]))
  const agreements = new Map(facts.slas.map((sla) => [sla.id, slaOf(sla)]))
  const isAlways = ({ sla, target, priority }: Reading): boolean => {
    const asked = agreements.get(sla)?.targets.get(target)
    return asked !== undefined && (valueFor(asked.calendar, priority) ?? facts.config.calendar) === 'always'
  }
  return clocks.map(({ reading, record }) => ({
    ...recordLink(facts, page, record),
    priority: priorityText(reading.priority),
    team: nameOf(facts, 'team', textAt(record.data, 'team') ?? null),
    state: stateOf(record),
    sla: titles.get(reading.sla) ?? reading.sla,
    agreement: reading.sla,
    target: words(reading.target),
    elapsed: reading.elapsed,
    allowed: reading.allowed,
    over: reading.elapsed - reading.allowed,
    aroundTheClock: isAlways(reading),
    due: reading.due,
    stop: reading.stop,
  }))
}

/** What an agreement of a kind is called. */
export function kindText(kind: Reading['kind']): string {
  return kind === 'contract' ? kind : kind.toUpperCase()
}

/** The state of a record in words, with the reason for waiting: `on hold, awaiting caller`. */
export function stateOf({ moments }: Pick<RecordFacts, 'moments'>): string {
  const last = moments.at(-1)
  if (!last) return ''
  return words(last.holdReason === undefined ? last.state : `${last.state}, ${last.holdReason}`)
}

/** A name of the schemas as words: `awaiting_caller` reads `awaiting caller`. */
export function words(name: string): string {
  return name.replaceAll('_', ' ')
}
