import { resolveCommit } from '../adapters/git/revision.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { BreakdownKey } from '../core/breakdown.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Metric } from '../core/metric.ts'
import { metrics as catalogue } from '../core/metric-catalogue.ts'
import { kpiLines, metricLines } from '../core/metric-table.ts'
import { nearest } from '../core/nearest.ts'
import type { RecordDoc } from '../core/record.ts'
import { judgedPaths } from '../core/record-path.ts'
import { catalogueJson, catalogueText, metricsCsv, metricsJson, metricsText } from '../render/metrics.ts'
import { calendarsOf } from './calendars.ts'
import { gatherClocks } from './clocks.ts'
import { withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { metricFacts } from './kpi-facts.ts'
import { load } from './load.ts'
import { periodArguments } from './period-arguments.ts'
import { sayEvidence } from './say-evidence.ts'
import { plainReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm metrics` is asked: a half-open period, and which figures of it. */
export interface MetricsOptions {
  /** A date in the zone of the reports, or an instant. */
  readonly from: string
  readonly to: string
  readonly by?: BreakdownKey
  /** Ids of formulas and of KPI records; all of both when empty. */
  readonly ids: readonly string[]
}

/** Computes the catalogue and the KPIs of the organisation over a period, from the history up to HEAD. */
export async function metrics(world: World, { from, to, by, ids }: MetricsOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const tip = await resolveCommit(git, 'HEAD')
  const { reader = plainReader } = world
  const tree = await readTree(git, tip, judgedPaths)
  const { rulebook, records, series } = await withClosedRecords(
    load(tree, reader.registry(tree), reader),
    closingRulesUpTo(git, async () => tip),
    reader,
  )
  const zone = rulebook.config.timezone
  const span = periodArguments(from, to, zone)
  const kpis = records.ofType('kpi')
  const wanted = chosen(ids, kpis)
  const clocks = await gatherClocks(world, tip)
  sayEvidence(world, clocks.history.evidence)
  const asOf = world.asOf ?? Math.min(span.until, clocks.history.commits.at(-1)?.at ?? span.until)
  const history = metricFacts(clocks, records, rulebook.config, asOf)
  const table = {
    ...span,
    zone,
    asOf,
    commit: tip,
    metrics: metricLines(wanted.metrics, history, span, zone, by),
    kpis: kpiLines(wanted.kpis, { history, series, calendars: calendarsOf(records) }, span, zone, by),
  }
  if (world.format === 'json') return { code: exit.pass, out: metricsJson(table) }
  if (world.format === 'csv') return { code: exit.pass, out: metricsCsv(table) }
  return { code: exit.pass, out: metricsText(table, world.colour) }
}

/** Lists the catalogue: every formula with its unit, its direction and its meaning. */
export function listMetrics(world: World): Outcome {
  return {
    code: exit.pass,
    out: world.format === 'json' ? catalogueJson(catalogue) : catalogueText(catalogue, world.colour, world.width),
  }
}

function chosen(
  ids: readonly string[],
  kpis: readonly RecordDoc[],
): { readonly metrics: readonly Metric[]; readonly kpis: readonly RecordDoc[] } {
  if (ids.length === 0) return { metrics: catalogue, kpis }
  const known = [...catalogue.map(({ id }) => id), ...kpis.map(({ id }) => id)]
  for (const id of ids) {
    if (known.includes(id)) continue
    const guess = nearest(id, known)
    throw new Fault(`There is neither a formula nor a KPI ${JSON.stringify(id)}`, {
      cure: guess ? `Did you mean ${guess}?` : 'gitsm metrics --list and gitsm list kpi show what there is',
    })
  }
  return { metrics: catalogue.filter(({ id }) => ids.includes(id)), kpis: kpis.filter(({ id }) => ids.includes(id)) }
}
