import { tipsBeyond } from '../adapters/git/first-parent.ts'
import { newestContentCommit } from '../adapters/git/newest-content.ts'
import { refuseShallow } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Registry } from '../adapters/registry.ts'
import type { Config } from '../core/config.ts'
import { latestPeriod } from '../core/due-periods.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import { formatInstant } from '../core/instant.ts'
import { judgedMainline, type TipsElsewhere } from '../core/judged-mainline.ts'
import type { JudgementChain } from '../core/ledger/judgement-chain.ts'
import { amissIn } from '../core/own-page/amiss.ts'
import { splitPages } from '../core/page-split.ts'
import { parsePeriod } from '../core/period.ts'
import { judgedPaths } from '../core/record-path.ts'
import type { RenderedPage, RenderedReport, Template } from '../core/report.ts'
import { pagePath } from '../core/report-page.ts'
import type { WrittenFiles } from '../render/written.ts'
import { renderReports, reports } from '../reports/index.ts'
import { gatherClocks } from './clocks.ts'
import type { Snapshot } from './load.ts'
import { commentaryOf } from './report-commentary.ts'
import { type ReportSource, recordedAt, reportFacts } from './report-facts.ts'
import { feedsOf } from './report-feeds.ts'
import { reportTemplates } from './report-files.ts'
import { ledgerAccount } from './report-governance.ts'
import { type PeriodRequest, periodsAsked, type ReportedPeriod, reportedAsOf } from './report-periods.ts'
import { withPictures } from './report-pictures.ts'
import { withRestatements } from './report-restated.ts'
import { readReportTree, reportTrees } from './report-tree.ts'
import { sayEvidence } from './say-evidence.ts'
import { soundRecords } from './sound-records.ts'
import { plainReader, sharingReader } from './tree-reader.ts'
import type { World } from './world.ts'

/** Where pages are to stand, what stands there already, and which periods they are to tell of. */
export interface PageRequest extends PeriodRequest {
  /** The commit whose records are told of. */
  readonly head: string
  /** The path in the repository that the links of the pages start from. */
  readonly path: string
  /** Names of the folders that stand there: the periods that may have pages already. */
  readonly folders: readonly string[]
}

/** The pages of some periods, and what they rest on. */
export interface ReportPages {
  /** The newest commit that touches anything but reports. */
  readonly commit: string
  readonly periods: readonly ReportedPeriod[]
  /** Each page followed by its pictures. */
  readonly pages: readonly RenderedReport[]
}

/** What a command tells of the pages that it made; `asOf` and `period` are those of the first period. */
export function toldOf({ commit, periods }: ReportPages): Omit<WrittenFiles, 'files'> {
  const told = periods.map(({ period, asOf }) => ({ period: period.id, asOf: formatInstant(asOf) }))
  return { commit, asOf: told[0]?.asOf ?? '', period: told[0]?.period ?? '', periods: told }
}

/** The configuration of the repository at a commit. */
export async function configAt({ reader = plainReader }: World, git: GitDir, commit: string): Promise<Config> {
  return reader.registry(await readTree(git, commit, ['gitsm.yaml', 'schemas'])).rulebook.config
}

/** Renders the pages of some periods from the records and the history of a commit. Nothing is written. */
export async function reportPages(world: World, git: GitDir, request: PageRequest): Promise<ReportPages> {
  const { reader = sharingReader() } = world
  const { head, path, folders, asOf } = request
  await refuseShallow(git)
  const configured = (await configAt({ ...world, reader }, git, head)).reports.path
  const commit = await newestContentCommit(git, head, configured)
  const [tree, clocks, { decisions, judgements }] = await Promise.all([
    readTree(git, commit, [...judgedPaths, 'templates/reports']),
    gatherClocks(world, commit),
    ledgerAccount(git),
  ])
  const fetched = { commit, tree, reader, sound: soundRecords(clocks.history.cache, tree) }
  const newest = await readReportTree(git, fetched)
  fetched.sound.keep()
  const { rulebook, records } = newest
  const { commits } = clocks.history
  const source: ReportSource = {
    clocks,
    config: { ...rulebook.config, reports: { ...rulebook.config.reports, path } },
    commentary: commentaryOf(records, clocks.history, asOf),
    decisions,
    judged: isEmpty(judgements)
      ? null
      : judgedMainline(judgements, commits, decisions, await tipsElsewhere(git, judgements, commits), asOf),
    treeAt: reportTrees(git, clocks, { ...fetched, ...newest }),
  }
  refuseAmiss(newest, reader.registry(tree))
  sayEvidence(world, source.clocks.history.evidence)
  const asked = periodsAsked(source, request)
  const published = [...new Set([...folders, ...asked.map(({ id }) => id)])]
  const standing = folders.flatMap((id) => parsePeriod(id, source.config.timezone) ?? [])
  const latest = reportedAsOf(source, latestPeriod([...asked, ...standing]), asOf)
  const periods = asked.map((period) => reportedAsOf(source, period, asOf))
  const templates = await reportTemplates(tree, world.packageRoot)
  const pages = await withPictures(splitPages(await pagesOf(source, periods, latest, published, templates)))
  const now = Math.min(asOf ?? recordedAt(source), recordedAt(source))
  const feeds = feedsOf(await reportFacts(source, latest.period, now, published), clocks)
  return { commit, periods, pages: [...pages, ...feeds] }
}

/** What is known of commits that judgements end in, where the history that the pages tell of does not hold them. */
function tipsElsewhere(
  git: GitDir,
  { judgements }: JudgementChain,
  commits: readonly MainlineCommit[],
): Promise<TipsElsewhere> {
  const told = new Set(commits.map(({ commit }) => commit))
  const tips = [...new Set(judgements.map(({ tip }) => tip))].filter((tip) => !told.has(tip))
  return tipsBeyond(git, tips, commits.at(-1)?.commit ?? '')
}

function isEmpty({ judgements, broken }: JudgementChain): boolean {
  return judgements.length === 0 && broken === undefined
}

/** Refuses pages in `gitsm.yaml` that name what does not exist. */
function refuseAmiss(
  { rulebook, records }: Pick<Snapshot, 'rulebook' | 'records'>,
  { fieldSchema }: Pick<Registry, 'fieldSchema'>,
): void {
  const found = amissIn(rulebook.config.reports.pages ?? [], {
    pages: [...reports.map(({ name }) => name), 'own', 'record', 'cab-agenda', 'cab-minutes'],
    types: rulebook.types,
    fieldSchema,
    kpis: records.ofType('kpi').map(({ id }) => id),
  })
  if (found) throw new Fault(`gitsm.yaml, reports.pages: ${found.message}`, { cure: found.cure })
}

/**
 * The pages of some periods. The dashboard tells of the latest period that has pages, so that writing an old period anew
 * leaves it alone.
 */
async function pagesOf(
  source: ReportSource,
  periods: readonly ReportedPeriod[],
  latest: ReportedPeriod,
  published: readonly string[],
  templates: ReadonlyMap<string, Template>,
): Promise<readonly RenderedPage[]> {
  const dashboard = `${source.config.reports.path}/README.md`
  const rendered: RenderedPage[] = []
  for (const { period, asOf } of [latest, ...periods.filter(({ period }) => period.id !== latest.period.id)]) {
    const facts = await withRestatements(source, await reportFacts(source, period, asOf, published))
    const isAsked = periods.some((each) => each.period.id === period.id)
    const names = facts.pages.map(({ name }) => name).filter((name) => pagePath(facts, name) !== dashboard)
    const wanted = [...(period.id === latest.period.id ? ['dashboard'] : []), ...(isAsked ? names : [])]
    rendered.push(...renderReports(facts, templates, wanted))
  }
  return rendered
}
