import type { Charts } from '../chart/chart.ts'
import type { Page, Report, ReportFacts } from '../report.ts'
import { kpiFactsOf } from '../report-improvement.ts'
import { pageOf } from '../report-page.ts'
import { ownCharts } from './own-chart.ts'
import { type OwnFigure, ownFigures } from './own-figure.ts'
import { type ListedRecords, listedRecords } from './own-list.ts'
import type { OwnPage } from './own-page.ts'

/** What the template of an organisation's own page is filled with. */
interface OwnPageModel extends Page {
  readonly title: string
  readonly summary: string
  /** What the formulas are restricted to, by key. */
  readonly scope: readonly { readonly key: string; readonly value: string }[]
  readonly figures: readonly OwnFigure[]
  readonly charts: Charts
  readonly chartKeys: readonly string[]
  readonly lists: readonly ListedRecords[]
}

/** The report that an entry of `gitsm.yaml` makes. */
export function ownReport(page: OwnPage): Report {
  const { name, title, summary } = page
  return {
    name,
    title,
    summary,
    model(facts: ReportFacts): OwnPageModel {
      const measuring = kpiFactsOf(facts)
      const figures = ownFigures(facts, measuring, page)
      const charts = ownCharts(facts, measuring, page, figures)
      return {
        ...pageOf(facts, name),
        title,
        summary,
        scope: Object.entries(page.scope).map(([key, value]) => ({ key, value })),
        figures,
        charts,
        chartKeys: Object.keys(charts),
        lists: page.lists.map((list) => listedRecords(facts, name, list)),
      }
    },
  }
}
