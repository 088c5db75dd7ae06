import { relative, resolve } from 'node:path'
import { type Commit, fastImport } from '../adapters/fast-import.ts'
import { folderFiles } from '../adapters/folder-files.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { newFolder, refuseFull } from '../adapters/new-folder.ts'
import { berlinOffset } from '../core/demo/berlin.ts'
import { eventfulIncident } from '../core/demo/tour.ts'
import { exit } from '../core/exit.ts'
import { formatInstant } from '../core/instant.ts'
import { type DemoOutcome, demoText } from '../render/demo.ts'
import { json } from '../render/json.ts'
import { clearFolder, isEarlierDemo, markDemo } from './demo-folder.ts'
import { type DemoHistory, demoHistory } from './demo-history.ts'
import { demoReports, demoTour } from './demo-tour.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

const branch = 'main'

/**
 * Builds a repository with a year of the example organisation, writes its reports and shows around in it. The same
 * version of gitsm gives the same commits everywhere. The folder may be one that an earlier demo made and nobody has
 * worked in since; then it is replaced.
 */
export async function demo(world: World, { dir }: { readonly dir: string }): Promise<Outcome> {
  const target = resolve(world.dir, dir)
  const replaced = await isEarlierDemo({ dir: target, env: world.env }, dir)
  if (!replaced) await refuseFull(target)
  const history = demoHistory(world)
  if (replaced) clearFolder(target, dir)
  const built = await newFolder(target, (folder) => build(world, folder, history))
  const outcome: DemoOutcome = {
    dir: relative(world.dir, target) || '.',
    replaced,
    ...built,
    people: new Set(history.commits.map(({ by }) => by.name)).size,
    incidents: history.incidents.length,
    hero: eventfulIncident(history.incidents)?.id ?? '',
    from: formatInstant(history.commits[0]?.at ?? history.until),
    until: formatInstant(history.until),
    program: world.env['npm_lifecycle_event'] === 'demo' ? 'npx gitsm' : 'gitsm',
  }
  return { code: exit.pass, out: world.format === 'json' ? json(outcome) : demoText(outcome, world.colour) }
}

async function build(
  world: World,
  folder: string,
  history: DemoHistory,
): Promise<Pick<DemoOutcome, 'commits' | 'tip' | 'reports' | 'tour'>> {
  const git: GitDir = { dir: folder, env: world.env }
  await runGit(git, ['init', '--quiet', `--initial-branch=${branch}`, '--object-format=sha1', '--template='])
  const year = await fastImport(git, history.commits, { branch })
  await runGit(git, ['reset', '--hard', '--quiet', branch])
  const { questions: _, ...rest } = world
  const inside: World = {
    ...rest,
    reader: sharingReader(),
    dir: folder,
    now: history.until,
    format: 'text',
    say: () => {},
  }
  const stops = await Promise.all([demoTour(inside, history), demoReports(inside)])
  const tour = stops.flat()
  const reports = await folderFiles(folder, ['reports'])
  const { tip } = await fastImport(git, [reportCommit(history, reports)], { branch, onto: year.tip })
  await runGit(git, ['reset', '--quiet', branch])
  markDemo(folder, tip)
  return { commits: year.commits + 1, tip, reports: reports.map(({ path }) => path), tour }
}

function reportCommit({ until }: DemoHistory, files: Commit['files']): Commit {
  const by = { name: 'GitSM', email: 'gitsm@kontor.example' }
  return { at: until, offset: berlinOffset(until), by, message: 'Write the reports', files }
}
