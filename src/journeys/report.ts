import { dirname, relative } from 'node:path'
import { makeFolder, refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { newestContentCommit } from '../adapters/git/newest-content.ts'
import { refuseShallow, repositoryRoot, resolveCommit } from '../adapters/git/revision.ts'
import { readTree } from '../adapters/git/tree.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant, humanInstant, type Instant } from '../core/instant.ts'
import { type Period, parsePeriod, periodAt, periodHint } from '../core/period.ts'
import { judgedPaths } from '../core/record-path.ts'
import type { RenderedReport, Template } from '../core/report.ts'
import { writtenJson, writtenText } from '../render/written.ts'
import { renderReports } from '../reports/index.ts'
import { gatherClocks } from './clocks.ts'
import { withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { load } from './load.ts'
import { beginsAt, newestStepAt, type ReportSource, recordedAt, reportFacts } from './report-facts.ts'
import { foldersIn, placePages, reportPlace, reportTemplates } from './report-files.ts'
import { sayEvidence } from './say-evidence.ts'
import { plainReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm report` is asked. */
export interface ReportOptions {
  /** The month of the newest step of an incident when left out. */
  readonly period?: string
  /** The folder to write to, instead of the configured one. */
  readonly out?: string
  readonly asOf?: Instant
  /** Write nothing, and fail when what stands there is out of date. */
  readonly check: boolean
}

/** Writes the reports of a period, or checks that they are up to date. Only files that say something else are written. */
export async function report(world: World, { period: asked, out, asOf, check }: ReportOptions): Promise<Outcome> {
  const root = await repositoryRoot({ dir: world.dir, env: world.env })
  const git = { dir: root, env: world.env }
  const { reader = plainReader } = world
  await refuseShallow(git)
  const head = await resolveCommit(git, 'HEAD')
  const rules = reader.registry(await readTree(git, head, ['gitsm.yaml', 'schemas']))
  const configured = rules.rulebook.config.reports.path
  const tip = await newestContentCommit(git, head, configured)
  const tree = await readTree(git, tip, [...judgedPaths, 'templates/reports'])
  const closing = closingRulesUpTo(git, async () => tip)
  const { rulebook, records, series } = await withClosedRecords(
    load(tree, reader.registry(tree), reader),
    closing,
    reader,
  )
  const place = reportPlace(world.dir, root, out, configured)
  const config = { ...rulebook.config, reports: { ...rulebook.config.reports, path: place.path } }
  const source: ReportSource = { clocks: await gatherClocks(world, tip), config, records, series }
  sayEvidence(world, source.clocks.history.evidence)
  const period = periodNamed(source, asked)
  const templates = await reportTemplates(tree, world.packageRoot)
  const pages = placePages(place, pagesOf(source, period, asOf, foldersIn(place.folder), templates))
  for (const { file, text, changed } of pages) {
    if (check || !changed) continue
    refuseLinks(place.inside ? root : place.folder, file)
    makeFolder(dirname(file))
    writeAtomically(file, text)
  }
  const told = {
    commit: tip,
    asOf: formatInstant(asOfIn(source, period, asOf)),
    period: period.id,
    files: pages.map(({ file, changed }) => ({
      path: relative(world.dir, file),
      state: !changed ? ('unchanged' as const) : check ? ('outdated' as const) : ('written' as const),
    })),
  }
  const outdated = check && pages.some(({ changed }) => changed)
  return {
    code: outdated ? exit.findings : exit.pass,
    out: world.format === 'json' ? writtenJson(told) : writtenText(told, world.colour),
  }
}

function periodNamed(source: ReportSource, asked: string | undefined): Period {
  const zone = source.config.timezone
  const last = recordedAt(source)
  if (asked === undefined) return periodAt('month', newestStepAt(source) ?? last, zone)
  const period = parsePeriod(asked, zone)
  if (!period) throw new Fault(`${JSON.stringify(asked)} is no period`, { cure: periodHint })
  const first = beginsAt(source)
  if (period.until <= first) {
    throw new Fault(`Nothing is recorded of ${period.title}`, {
      cure: `The history begins ${humanInstant(first)} UTC: name a period that ends after that`,
    })
  }
  if (period.from <= last) return period
  throw new Fault(`Nothing is recorded yet of ${period.title}`, {
    cure: `The history ends ${humanInstant(last)} UTC: name a period that has begun by then`,
  })
}

/** By default the end of the period, or the time of the newest fact where that is earlier. */
function asOfIn(source: ReportSource, { until }: Period, asOf: Instant | undefined): Instant {
  return asOf ?? Math.min(until, recordedAt(source))
}

/**
 * The pages of a period. The dashboard tells of the latest period that has pages, so that writing an old period anew
 * leaves it alone.
 */
function pagesOf(
  source: ReportSource,
  period: Period,
  asOf: Instant | undefined,
  folders: readonly string[],
  templates: ReadonlyMap<string, Template>,
): readonly RenderedReport[] {
  const { timezone } = source.config
  const published = [...new Set([...folders, period.id])].filter((id) => parsePeriod(id, timezone))
  const periods = published.flatMap((id) => parsePeriod(id, timezone) ?? [])
  const latest = periods.reduce(
    (a, b) => (b.until > a.until || (b.until === a.until && b.from > a.from) ? b : a),
    period,
  )
  const render = (of: Period) => renderReports(reportFacts(source, of, asOfIn(source, of, asOf), published), templates)
  if (latest.id === period.id) return render(period)
  const isDashboard = ({ path }: RenderedReport) => path === `${source.config.reports.path}/README.md`
  return [...render(latest).filter(isDashboard), ...render(period).filter((page) => !isDashboard(page))]
}
