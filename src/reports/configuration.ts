import type { Charts } from '../core/chart/chart.ts'
import type { ExpiringAsset } from '../core/cmdb/expiry.ts'
import { cmdbHealth, type HealthCheck, type HealthFinding } from '../core/cmdb/health.ts'
import { metricSettings } from '../core/config.ts'
import type { Kpi } from '../core/kpi.ts'
import { pathBetween } from '../core/markdown.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import { isWithin } from '../core/period.ts'
import { textAt } from '../core/record.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import {
  type BusyItem,
  busyItems,
  type ClassLine,
  type ConfigurationMoves,
  classLines,
  configurationMoves,
  controlledEdits,
  type FoundChange,
  foundChanges,
  type SinglePoint,
  singlePoints,
  type UncoveredEdit,
} from '../core/report-configuration.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import { type MetricRow, metricRows } from '../core/report-metric.ts'
import { nameOf, pageOf, pagePath, words } from '../core/report-page.ts'
import { type ServiceMap, serviceMap } from '../core/report-service-map.ts'
import { endOf, standing } from '../core/report-standing.ts'

interface CheckLine extends Omit<HealthCheck, 'found'> {
  readonly failed: number
  readonly found: readonly (HealthFinding & { readonly href: string })[]
  readonly more: number
}

interface ExpiryLine extends ExpiringAsset {
  readonly href: string
}

interface ConfigurationPage extends Page {
  readonly quotes: readonly Quote[]
  readonly services: number
  readonly items: number
  readonly used: number
  readonly classes: readonly ClassLine[]
  readonly moves: ConfigurationMoves
  readonly map: ServiceMap
  readonly checks: readonly CheckLine[]
  /** Findings of all checks together, and how many of each: `5 orphan (of 62)`. */
  readonly findings: number
  readonly failing: readonly string[]
  readonly metrics: readonly MetricRow[]
  /** What runs out within `ahead` days, the soonest first. */
  readonly expiring: readonly ExpiryLine[]
  /** What has run out, the latest first. */
  readonly expired: readonly ExpiryLine[]
  readonly ahead: number
  readonly busy: readonly BusyItem[]
  readonly busyMore: number
  readonly single: readonly SinglePoint[]
  readonly singleAll: number
  readonly singleCritical: number
  readonly found: readonly FoundChange[]
  readonly uncovered: readonly UncoveredEdit[]
  /** Edits of controlled items in the period, and how many of them no change covers. */
  readonly edits: number
  readonly uncoveredAll: number
  readonly uncoveredMore: number
  readonly charts: Charts
  readonly kpis: readonly Kpi[]
}

const longestList = 10
const fewFindings = 5
/** How many days ahead ends of warranties, licences, contracts and certificates are told. */
const ahead = 60
const ids = ['cmdb-stale', 'cmdb-orphans', 'cmdb-duplicates', 'cmdb-incomplete']

/** What there is, what hangs on what, how far the records can be trusted, and what changed without a change. */
export const configuration: Report = {
  name: 'configuration',
  title: 'Configuration',
  summary: 'The service map, items by class, health, single points of failure, busiest items, unauthorised changes',
  model(facts: ReportFacts): ConfigurationPage {
    const name = 'configuration'
    const asOf = endOf(facts, facts.period)
    const from = pagePath(facts, name)
    const health = cmdbHealth(
      { records: facts.tree, rulebook: { config: facts.config, types: new Map() } },
      { asOf, ahead, staleAfter: metricSettings(facts.config).staleDays, diagnostics: facts.findings },
    )
    const busy = busyItems(facts, name)
    const single = singlePoints(facts, name)
    const { n: edits, uncovered } = controlledEdits(facts, name)
    const classes = classLines(facts)
    const expiring = (wanted: (asset: ExpiringAsset) => boolean): readonly ExpiryLine[] =>
      health.expiring.filter(wanted).map((asset) => ({
        ...asset,
        field: words(asset.field),
        owner: nameOf(facts, 'team', asset.owner),
        href: pathBetween(from, asset.file),
      }))
    const checks = health.checks.map(
      ({ found, ...check }): CheckLine => ({
        ...check,
        failed: found.length,
        found: found.slice(0, fewFindings).map((each) => ({ ...each, href: pathBetween(from, each.file) })),
        more: Math.max(0, found.length - fewFindings),
      }),
    )
    return {
      ...pageOf(facts, name),
      quotes: quotesOn(facts, name),
      services: facts.services.filter(({ data }) => textAt(data, 'state') === 'operational').length,
      items: health.items,
      used: classes.reduce((sum, { inUse }) => sum + inUse, 0),
      classes,
      moves: configurationMoves(facts, name),
      map: serviceMap(facts, incidentsByService(facts)),
      checks,
      findings: checks.reduce((sum, { failed }) => sum + failed, 0),
      failing: checks.filter(({ failed }) => failed > 0).map(({ id, failed, n }) => `${failed} ${id} (of ${n})`),
      metrics: metricRows(facts, ids),
      expiring: expiring(({ days }) => days >= 0),
      expired: expiring(({ days }) => days < 0).toReversed(),
      ahead,
      busy: busy.slice(0, longestList),
      busyMore: Math.max(0, busy.length - longestList),
      single: single.slice(0, longestList),
      singleAll: single.length,
      singleCritical: single.filter(({ critical }) => critical > 0).length,
      found: foundChanges(facts, name),
      edits,
      uncoveredAll: uncovered.length,
      uncovered: uncovered.slice(0, longestList),
      uncoveredMore: Math.max(0, uncovered.length - longestList),
      charts: { busiest: busiestChart(busy) },
      kpis: kpisOf(ids),
    }
  },
}

function incidentsByService(facts: ReportFacts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { openedAt, data } of standing(facts, 'incident', facts.period)) {
    const key = `service/${textAt(data, 'service') ?? ''}`
    if (isWithin(facts.period, openedAt)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function busiestChart(items: readonly BusyItem[]): Charts[string] {
  const shown = items.filter(({ incidents, changes }) => incidents + changes > 0).slice(0, longestList)
  const [first] = shown
  const incidents = items.reduce((sum, item) => sum + item.incidents, 0)
  return {
    kind: 'bars',
    orientation: 'horizontal',
    stacked: false,
    title: 'Items with most incidents and changes',
    unit: 'records',
    description: first
      ? `${first.title || first.id} has most: ${first.incidents} incidents and ${first.changes} changes.`
      : 'There is no data.',
    source: `n = ${items.length} items named by incidents opened or changes begun in the period; ${incidents} times by incidents`,
    categories: shown.map(({ title, id }) => title || id),
    series: [
      { name: 'Incidents', values: shown.map((item) => item.incidents) },
      { name: 'Changes', values: shown.map(({ changes }) => changes) },
    ],
  }
}
