import type { Charts } from '../core/chart/chart.ts'
import type { Kpi } from '../core/kpi.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { type ReviewActions, reviewActions } from '../core/report-action.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import { type MetricRow, metricRows } from '../core/report-metric.ts'
import { pageOf } from '../core/report-page.ts'
import { type BeforeAfter, beforeAndAfter, type RegisterEntry, registerEntries } from '../core/report-register.ts'

interface ImprovementsPage extends Page {
  readonly quotes: readonly Quote[]
  readonly open: readonly RegisterEntry[]
  readonly ended: readonly RegisterEntry[]
  /** Open ones that are overdue. */
  readonly overdue: number
  readonly proposed: number
  readonly fromReports: number
  readonly achieved: number
  readonly closed: number
  /** Improvements that ended before the period. */
  readonly before: number
  readonly pictures: readonly (BeforeAfter & { readonly entry: RegisterEntry | null })[]
  readonly picturesMore: number
  readonly actions: ReviewActions
  readonly overdueActions: number
  readonly metrics: readonly MetricRow[]
  readonly charts: Charts
  readonly kpis: readonly Kpi[]
}

const mostPictures = 6
const ids = ['improvement-realisation', 'improvement-delta']

/** The register: what was to become better, by when, and whether it did; and what reviews asked for. */
export const improvements: Report = {
  name: 'improvements',
  title: 'Improvements',
  summary: 'The improvement register: owner, baseline, target, measured effect before and after; actions of reviews',
  model(facts: ReportFacts): ImprovementsPage {
    const name = 'improvements'
    const entries = registerEntries(facts, name)
    const open = entries.filter(({ isEnded }) => !isEnded)
    const ended = entries.filter(({ isEnded }) => isEnded)
    const pictures = beforeAndAfter(facts, name)
    const shown = pictures.slice(0, mostPictures)
    const actions = reviewActions(facts, name)
    const closed = ended.filter(({ state }) => state === 'closed')
    return {
      ...pageOf(facts, name),
      quotes: quotesOn(facts, name),
      open,
      ended,
      overdue: open.filter(({ overdue }) => overdue).length,
      proposed: entries.filter(({ isNew }) => isNew).length,
      fromReports: entries.filter(({ isNew, isFromReport }) => isNew && isFromReport).length,
      achieved: closed.filter(({ result }) => result === 'achieved').length,
      closed: closed.length,
      before: facts.improving.improvements.length - entries.length,
      pictures: shown.map((picture) => ({
        ...picture,
        entry: entries.find(({ id }) => id === picture.improvement.id) ?? null,
      })),
      picturesMore: pictures.length - shown.length,
      actions,
      overdueActions: actions.open.filter(({ isOverdue }) => isOverdue).length,
      metrics: metricRows(facts, ids),
      charts: Object.fromEntries(shown.map((picture) => [picture.key, chartOf(picture)])),
      kpis: kpisOf(ids),
    }
  },
}

function chartOf({ improvement, kpi, kpiTitle, unit, target, isLowerBetter, implementedIn, points }: BeforeAfter) {
  const n = points.reduce((sum, point) => sum + point.n, 0)
  const said = target === null ? '' : ` The target is ${target} ${unit}.`
  const chart: Charts[string] = {
    kind: 'line',
    title: kpiTitle,
    unit,
    description: `${kpiTitle} from ${points[0]?.id ?? ''} to ${points.at(-1)?.id ?? ''}; ${improvement.id} was put in place in ${implementedIn}.${said}`,
    source: `n = ${n} values; KPI ${kpi}`,
    categories: points.map(({ id }) => id),
    series: [{ name: kpiTitle, values: points.map(({ value }) => value) }],
    marks: [{ category: implementedIn, name: `${improvement.id} in place` }],
    ...(target !== null && {
      band: { name: 'Target', from: isLowerBetter ? null : target, until: isLowerBetter ? target : null },
    }),
  }
  return chart
}
