import { compare } from './diagnostic.ts'
import type { Seconds } from './instant.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import { trendLength } from './kpi-incident.ts'
import { countedClocks, tallyClocks } from './kpi-sla.ts'
import { addTo } from './lists-by-key.ts'
import { type Ended, staysIn, untilFirst } from './metric-life.ts'
import { isWithin, previousPeriods } from './period.ts'
import { textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink, stateOf } from './report-page.ts'
import { ageAt, endOf, enteredWithin, type Standing, standing } from './report-standing.ts'
import type { TimeSpan } from './time-span.ts'

/** What became of the requests for one catalogue item in a period, or of all. */
export interface RequestLine {
  /** Name of the item; `null` where requests name none. */
  readonly item: string | null
  readonly href: string | null
  readonly submitted: number
  readonly fulfilled: number
  readonly rejected: number
  /** Open at the end of the period. */
  readonly open: number
  /** From the start to the first fulfilment, of those fulfilled in the period. */
  readonly fulfilment: Spread
  /** In `awaiting_approval`, of the stays that ended in the period. */
  readonly approvalWait: Spread
  /** Clocks of SLAs met, of those that stopped in the period. */
  readonly targets: Share
  /** Mean score, and how many of those fulfilled in the period gave one. */
  readonly satisfaction: { readonly mean: number | null; readonly answered: Share }
}

/** A request that is open at the end of the period. */
export interface OpenRequest extends RecordLink {
  readonly item: string | null
  readonly state: string
  readonly team: string | null
  readonly age: Seconds
}

/** The requests of one period of a trend, in numbers. */
export interface RequestPeriod {
  readonly id: string
  readonly submitted: number
  readonly fulfilled: number
  readonly open: number
}

const done: readonly string[] = ['fulfilled', 'closed']
const ended: readonly string[] = [...done, 'rejected']

/** Whether a request still waits for what was asked for. */
export function isOpenRequest({ state }: Standing): boolean {
  return !ended.includes(state)
}

/** The requests of a period by catalogue item, most submitted first, and all together. */
export function requestLines(
  facts: ReportFacts,
  page: string,
): { readonly items: readonly RequestLine[]; readonly all: RequestLine } {
  const requests = standing(facts, 'request', facts.period)
  const groups = new Map<string, Standing[]>()
  for (const request of requests) {
    const item = textAt(request.data, 'item') ?? ''
    addTo(groups, item, request)
  }
  const items = [...groups].map(([id, own]) => {
    const record = facts.tree.find('catalogue-item', id)
    const link = record && recordLink(facts, page, record)
    return { ...lineOf(facts, own), item: link?.title || id || null, href: link?.href ?? null }
  })
  return {
    items: items
      .filter(({ submitted, fulfilled, rejected, open }) => submitted + fulfilled + rejected + open > 0)
      .toSorted(
        (a, b) => b.submitted - a.submitted || b.fulfilled - a.fulfilled || compare(a.item ?? '', b.item ?? ''),
      ),
    all: { ...lineOf(facts, requests), item: null, href: null },
  }
}

function lineOf(facts: ReportFacts, requests: readonly Standing[]): Omit<RequestLine, 'item' | 'href'> {
  const { period } = facts
  const fulfilled = enteredWithin(period, requests, done)
  const scores = fulfilled.flatMap(({ data: { satisfaction } }) =>
    typeof satisfaction === 'number' ? [satisfaction] : [],
  )
  const ids = new Set(requests.map(({ id }) => id))
  const clocked = facts.clocked.filter(({ type, id }) => type === 'request' && ids.has(id))
  const ending = (ended: (request: Standing) => readonly Ended[]): Spread =>
    spreadOf(
      requests.flatMap((request) => ended(request).flatMap(({ length, at }) => (isWithin(period, at) ? [length] : []))),
    )
  return {
    submitted: requests.filter(({ openedAt }) => isWithin(period, openedAt)).length,
    fulfilled: fulfilled.length,
    rejected: enteredWithin(period, requests, ['rejected']).length,
    open: requests.filter(isOpenRequest).length,
    fulfilment: ending((request) => untilFirst({ ...request, start: request.openedAt }, done)),
    approvalWait: ending((request) => staysIn(request, ['awaiting_approval'])),
    targets: tallyClocks(
      countedClocks(clocked).filter(({ reading: { kind } }) => kind === 'sla'),
      period,
    ).compliance,
    satisfaction: {
      mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      answered: { count: scores.length, n: fulfilled.length },
    },
  }
}

/** The requests that are open at the end of the period, the oldest first. */
export function openRequests(facts: ReportFacts, page: string): readonly OpenRequest[] {
  const end = endOf(facts, facts.period)
  return standing(facts, 'request', facts.period)
    .filter(isOpenRequest)
    .toSorted((a, b) => a.openedAt - b.openedAt || compare(a.id, b.id))
    .map((request) => {
      const item = textAt(request.data, 'item')
      const record = item === undefined ? undefined : facts.tree.find('catalogue-item', item)
      return {
        ...recordLink(facts, page, request),
        item: (record && textAt(record.data, 'title')) ?? item ?? null,
        state: stateOf(request),
        team: nameOf(facts, 'team', textAt(request.data, 'team') ?? null),
        age: ageAt(request, end),
      }
    })
}

/**
 * Requests submitted, fulfilled and open over the trend, this period last; periods that the history does not cover from
 * their beginning are left out.
 */
export function requestTrend(facts: ReportFacts): readonly RequestPeriod[] {
  const earlier = previousPeriods(facts.period, facts.config.timezone, trendLength)
  const spans = [...earlier.filter(({ from }) => from >= facts.since), facts.period]
  return spans.map((span) => ({ id: span.id, ...countedIn(facts, span) }))
}

function countedIn(facts: ReportFacts, span: TimeSpan): Omit<RequestPeriod, 'id'> {
  const requests = standing(facts, 'request', span)
  return {
    submitted: requests.filter(({ openedAt }) => isWithin(span, openedAt)).length,
    fulfilled: enteredWithin(span, requests, done).length,
    open: requests.filter(isOpenRequest).length,
  }
}
