import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastImport } from '../../src/adapters/fast-import.ts'
import { resolveCommit } from '../../src/adapters/git/revision.ts'
import { type GitDir, runGit } from '../../src/adapters/git/run.ts'
import { readTree } from '../../src/adapters/git/tree.ts'
import { type Period, parsePeriod } from '../../src/core/period.ts'
import { judgedPaths } from '../../src/core/record-path.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { gatherClocks } from '../../src/journeys/clocks.ts'
import { demoHistory } from '../../src/journeys/demo-history.ts'
import { reportFacts } from '../../src/journeys/report-facts.ts'
import { readReportTree, reportTrees } from '../../src/journeys/report-tree.ts'
import { sharingReader } from '../../src/journeys/tree-reader.ts'
import { worldOf } from './approval-world.ts'
import { projectRoot } from './shipped.ts'

/** Makes a folder a repository with the year of the demo, nothing checked out. */
export async function demoRepository(dir: string): Promise<GitDir> {
  const git: GitDir = { dir, env: { PATH: process.env['PATH'] } }
  await runGit(git, ['init', '--quiet', '--initial-branch=main'])
  await fastImport(git, demoHistory({ packageRoot: projectRoot }).commits, { branch: 'main' })
  return git
}

/** What the reports of a period of the demo rest on, read from its real history, of which nothing is left behind. */
export async function demoFacts(period: string): Promise<ReportFacts> {
  const dir = mkdtempSync(join(tmpdir(), 'gitsm-test-'))
  try {
    return await factsOf(await demoRepository(dir), period)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function factsOf(git: GitDir, id: string): Promise<ReportFacts> {
  const commit = await resolveCommit(git, 'HEAD')
  const clocks = await gatherClocks(worldOf(git.dir), commit)
  const reader = sharingReader()
  const fetched = { commit, reader, tree: await readTree(git, commit, judgedPaths) }
  const newest = await readReportTree(git, fetched)
  const { config } = newest.rulebook
  const source = {
    ...{ clocks, config, decisions: [], judged: null, commentary: newest.records.ofType('commentary') },
    treeAt: reportTrees(git, clocks, { ...fetched, ...newest }),
  }
  const period = periodOf(id, config.timezone)
  return reportFacts(source, period, Math.min(period.until, clocks.history.commits.at(-1)?.at ?? 0), [id])
}

function periodOf(id: string, zone: string): Period {
  const period = parsePeriod(id, zone)
  if (!period) throw new Error(`${id} is no period`)
  return period
}
