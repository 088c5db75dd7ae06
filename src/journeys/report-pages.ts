import { newestContentCommit } from '../adapters/git/newest-content.ts'
import { refuseShallow } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Config } from '../core/config.ts'
import { Fault } from '../core/fault.ts'
import { humanInstant, type Instant } from '../core/instant.ts'
import { type Period, parsePeriod, periodAt, periodHint } from '../core/period.ts'
import { judgedPaths } from '../core/record-path.ts'
import type { RenderedReport, Template } from '../core/report.ts'
import { renderReports } from '../reports/index.ts'
import { gatherClocks } from './clocks.ts'
import { beginsAt, newestStepAt, type ReportSource, recordedAt, reportFacts } from './report-facts.ts'
import { reportTemplates } from './report-files.ts'
import { readReportTree, reportTrees } from './report-tree.ts'
import { sayEvidence } from './say-evidence.ts'
import { plainReader, sharingReader } from './tree-reader.ts'
import type { World } from './world.ts'

/** Where pages are to stand, what stands there already, and which period they are to tell of. */
export interface PageRequest {
  /** The commit whose records are told of. */
  readonly head: string
  /** The path in the repository that the links of the pages start from. */
  readonly path: string
  /** Names of the folders that stand there: the periods that may have pages already. */
  readonly folders: readonly string[]
  /** The month of the newest step of an incident when left out. */
  readonly period?: string
  readonly asOf?: Instant
}

/** The pages of a period, and what they rest on. */
export interface ReportPages {
  /** The newest commit that touches anything but reports. */
  readonly commit: string
  readonly asOf: Instant
  readonly period: Period
  readonly pages: readonly RenderedReport[]
}

/** The configuration of the repository at a commit. */
export async function configAt({ reader = plainReader }: World, git: GitDir, commit: string): Promise<Config> {
  return reader.registry(await readTree(git, commit, ['gitsm.yaml', 'schemas'])).rulebook.config
}

/** Renders the pages of a period from the records and the history of a commit. Nothing is written. */
export async function reportPages(world: World, git: GitDir, request: PageRequest): Promise<ReportPages> {
  const { reader = sharingReader() } = world
  const { head, path, folders, asOf } = request
  await refuseShallow(git)
  const configured = (await configAt(world, git, head)).reports.path
  const commit = await newestContentCommit(git, head, configured)
  const tree = await readTree(git, commit, [...judgedPaths, 'templates/reports'])
  const clocks = await gatherClocks(world, commit)
  const fetched = { commit, tree, reader }
  const newest = await readReportTree(git, fetched)
  const { rulebook, records } = newest
  const source: ReportSource = {
    clocks,
    config: { ...rulebook.config, reports: { ...rulebook.config.reports, path } },
    commentary: records.ofType('commentary'),
    treeAt: reportTrees(git, clocks, { ...fetched, ...newest }),
  }
  sayEvidence(world, source.clocks.history.evidence)
  const period = periodNamed(source, request.period)
  const templates = await reportTemplates(tree, world.packageRoot)
  return {
    commit,
    period,
    asOf: asOfIn(source, period, asOf),
    pages: await pagesOf(source, period, asOf, folders, templates),
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
async function pagesOf(
  source: ReportSource,
  period: Period,
  asOf: Instant | undefined,
  folders: readonly string[],
  templates: ReadonlyMap<string, Template>,
): Promise<readonly RenderedReport[]> {
  const { timezone } = source.config
  const published = [...new Set([...folders, period.id])].filter((id) => parsePeriod(id, timezone))
  const periods = published.flatMap((id) => parsePeriod(id, timezone) ?? [])
  const latest = periods.reduce(
    (a, b) => (b.until > a.until || (b.until === a.until && b.from > a.from) ? b : a),
    period,
  )
  const render = async (of: Period): Promise<readonly RenderedReport[]> =>
    renderReports(await reportFacts(source, of, asOfIn(source, of, asOf), published), templates)
  if (latest.id === period.id) return render(period)
  const isDashboard = ({ path }: RenderedReport) => path === `${source.config.reports.path}/README.md`
  return [...(await render(latest)).filter(isDashboard), ...(await render(period)).filter((page) => !isDashboard(page))]
}
