import type { Charts } from '../core/chart/chart.ts'
import type { Kpi } from '../core/kpi.ts'
import type { Share } from '../core/kpi-figure.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import { daysAhead, fewestForGap, type KnowledgeFigures, knowledgeFigures } from '../core/report-knowledge.ts'
import { type MetricRow, metricRows } from '../core/report-metric.ts'
import { pageOf } from '../core/report-page.ts'
import {
  type OpenRequest,
  openRequests,
  type RequestLine,
  type RequestPeriod,
  requestLines,
  requestTrend,
} from '../core/report-request.ts'

interface KnowledgeAndRequestsPage extends Page {
  readonly quotes: readonly Quote[]
  readonly knowledge: KnowledgeFigures
  readonly overdue: number
  readonly usedMore: number
  /** Kinds of incidents without an article, those that are not listed among them. */
  readonly gaps: number
  readonly gapsMore: number
  readonly fewestForGap: number
  readonly daysAhead: number
  readonly requests: {
    readonly items: readonly RequestLine[]
    readonly all: RequestLine
    readonly open: readonly OpenRequest[]
    readonly openMore: number
    readonly trend: readonly RequestPeriod[]
    /** Whether anything of requests is known of the trend. */
    readonly known: boolean
  }
  /** Items of which a request was fulfilled, or waited for its approval, in the period. */
  readonly timed: readonly RequestLine[]
  readonly kept: Share
  readonly knowledgeMetrics: readonly MetricRow[]
  readonly requestMetrics: readonly MetricRow[]
  readonly charts: Charts
  readonly kpis: readonly Kpi[]
}

const longestList = 10
const knowledgeKpis = ['resolved-with-knowledge']
const requestKpis = [
  'request-fulfilment-time',
  'request-approval-wait',
  'requests-with-breach',
  'request-satisfaction',
  'request-satisfaction-response',
]

/** What is written down and whether it helps; what people asked for, and how soon they got it. */
export const knowledgeAndRequests: Report = {
  name: 'knowledge-and-requests',
  title: 'Knowledge and requests',
  summary: 'Articles by state, due for review, used and missing; requests by catalogue item: volume, times, targets',
  model(facts: ReportFacts): KnowledgeAndRequestsPage {
    const name = 'knowledge-and-requests'
    const knowledge = knowledgeFigures(facts, name)
    const { items, all } = requestLines(facts, name)
    const open = openRequests(facts, name)
    const trend = requestTrend(facts)
    return {
      ...pageOf(facts, name),
      quotes: quotesOn(facts, name),
      knowledge: {
        ...knowledge,
        used: knowledge.used.slice(0, longestList),
        gaps: knowledge.gaps.slice(0, longestList),
      },
      gaps: knowledge.gaps.length,
      gapsMore: Math.max(0, knowledge.gaps.length - longestList),
      overdue: knowledge.toRead.filter(({ isOverdue }) => isOverdue).length,
      usedMore: Math.max(0, knowledge.used.length - longestList),
      fewestForGap,
      daysAhead,
      requests: {
        items,
        all,
        open: open.slice(0, longestList),
        openMore: Math.max(0, open.length - longestList),
        trend,
        known: trend.some(({ submitted, fulfilled, open: left }) => submitted + fulfilled + left > 0),
      },
      timed: items.filter(({ fulfilment, approvalWait }) => fulfilment.n + approvalWait.n > 0),
      kept: all.targets,
      knowledgeMetrics: metricRows(facts, knowledgeKpis),
      requestMetrics: metricRows(facts, requestKpis),
      charts: { requests: requestChart(trend) },
      kpis: kpisOf([...knowledgeKpis, ...requestKpis]),
    }
  },
}

function requestChart(trend: readonly RequestPeriod[]): Charts[string] {
  const sum = (of: (period: RequestPeriod) => number): number => trend.reduce((all, each) => all + of(each), 0)
  const [submitted, fulfilled] = [sum((each) => each.submitted), sum((each) => each.fulfilled)]
  return {
    kind: 'bars',
    orientation: 'vertical',
    stacked: false,
    title: 'Requests submitted, fulfilled and open',
    unit: 'requests',
    description: `${submitted} submitted and ${fulfilled} fulfilled over ${trend.length} periods; ${trend.at(-1)?.open ?? 0} open at the end.`,
    source: `n = ${submitted} requests submitted`,
    categories: trend.map(({ id }) => id),
    series: [
      { name: 'Submitted', values: trend.map((each) => each.submitted) },
      { name: 'Fulfilled', values: trend.map((each) => each.fulfilled) },
    ],
    lines: [{ name: 'Open at the end', values: trend.map(({ open }) => open) }],
  }
}
