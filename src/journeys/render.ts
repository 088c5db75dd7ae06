import { dirname, relative, resolve, sep } from 'node:path'
import { makeFolder, refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { newestContentCommit } from '../adapters/git/newest-content.ts'
import { refuseShallow, repositoryRoot, resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import type { RecordDoc } from '../core/record.ts'
import { recordPagePath, recordPages } from '../core/record-page.ts'
import { judgedPaths } from '../core/record-path.ts'
import type { RenderedReport } from '../core/report.ts'
import { readings } from '../core/sla-reading.ts'
import { timeline } from '../core/timeline.ts'
import { json } from '../render/json.ts'
import { gatherClocks } from './clocks.ts'
import { placePages, recordTemplates, reportPlace, reportTemplates } from './report-files.ts'
import { configAt } from './report-pages.ts'
import { readReportTree, reportTrees } from './report-tree.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm render` is asked: the page of one record, or those of all. */
export interface RenderOptions {
  readonly name?: string
  /** The file of one page, or the folder of all; a single page is printed where left out. */
  readonly out?: string
}

/** Renders the page of a record by the template of its type, as the mainline up to HEAD tells of it. */
export async function render(world: World, { name, out }: RenderOptions): Promise<Outcome> {
  const root = await repositoryRoot({ dir: world.dir, env: world.env })
  const git = { dir: root, env: world.env }
  await refuseShallow(git)
  const configured = (await configAt(world, git, await resolveCommit(git, 'HEAD'))).reports.path
  if (name === undefined) {
    const place = reportPlace(world.dir, root, out, configured)
    const { pageOf, all } = await pagesFor(world, git, configured, (record) => recordPagePath(place.path, record))
    const pages = placePages(
      place,
      all.map((record) => pageOf(record, recordPagePath(place.path, record))),
    )
    for (const { file, text, changed } of pages) if (changed) writePage(place.inside ? root : place.folder, file, text)
    const written = pages.filter(({ changed }) => changed).map(({ file }) => relative(world.dir, file))
    const told = `${written.length} of ${pages.length} pages written`
    return { code: exit.pass, out: world.format === 'json' ? json({ pages: pages.length, written }) : `${told}\n` }
  }
  const file = out === undefined ? undefined : resolve(world.dir, out)
  const from = file === undefined ? '' : relative(root, file).split(sep).join('/')
  const { pageOf, all } = await pagesFor(world, git, configured, ({ file: yaml }) => yaml)
  const { text } = pageOf(findByName(name, all), from.startsWith('../') ? '' : from)
  if (file === undefined) return { code: exit.pass, out: text }
  writePage(from.startsWith('../') ? dirname(file) : root, file, text)
  return { code: exit.pass, out: world.format === 'json' ? json({ file: out }) : `${out}\n` }
}

function writePage(root: string, file: string, text: string): void {
  refuseLinks(root, file)
  makeFolder(dirname(file))
  writeAtomically(file, text)
}

interface Pages {
  readonly all: readonly RecordDoc[]
  readonly pageOf: (record: RecordDoc, path: string) => RenderedReport
}

async function pagesFor(
  world: World,
  git: GitDir,
  reports: string,
  placeOf: (record: RecordDoc) => string,
): Promise<Pages> {
  const { reader = sharingReader() } = world
  const commit = await newestContentCommit(git, await resolveCommit(git, 'HEAD'), reports)
  const tree = await readTree(git, commit, [...judgedPaths, 'templates'])
  const clocks = await gatherClocks(world, commit)
  const fetched = { commit, tree, reader }
  const newest = await readReportTree(git, fetched)
  const asOf = world.asOf ?? clocks.history.commits.at(-1)?.at ?? 0
  const { records, rulebook } = await reportTrees(git, clocks, { ...fetched, ...newest })(asOf)
  const lives = new Map(clocks.records.map((life) => [`${life.type}/${life.id}`, life]))
  const lifeOf = ({ type, id }: RecordDoc) => {
    const history = clocks.history.records.get(`${type}/${id}`)
    const known = history?.revisions.filter(({ commit }) => commit.at <= asOf) ?? []
    return history && lives.has(`${type}/${id}`) ? timeline({ ...history, revisions: known }) : []
  }
  const readingsOf = ({ type, id }: RecordDoc) => {
    const life = lives.get(`${type}/${id}`)
    return life ? readings(life, clocks.levels, asOf) : []
  }
  const [own, shared] = await Promise.all([
    recordTemplates(tree, world.packageRoot),
    reportTemplates(tree, world.packageRoot),
  ])
  const rest = recordPages({ rulebook, records, commit, asOf, placeOf, lifeOf, readingsOf })
  const registry = reader.registry(tree)
  const pageOf: Pages['pageOf'] = (record, path) => {
    const [template, common] = [own.get(record.type), shared.get('record')]
    if (!template || !common) {
      throw new Fault(`There is no template for the page of ${record.type} records`, {
        cure: `Add templates/${record.type}.md.hbs and templates/reports/record.md.hbs; "gitsm init" writes those that GitSM ships.`,
      })
    }
    const page = template({ ...registry.withBlanks(record.type, record.data), zone: rulebook.config.timezone })
    return { path, text: `${page.trimEnd()}\n\n${common(rest(record, path))}` }
  }
  return { all: records.all, pageOf }
}
