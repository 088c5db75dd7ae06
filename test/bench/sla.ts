import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveCommit } from '../../src/adapters/git/revision.ts'
import { type GitDir, runGit } from '../../src/adapters/git/run.ts'
import { walkMainline } from '../../src/adapters/git/walk.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Benchmark, Side } from './benchmark.ts'
import { type Command, run, runInTurn } from './command.ts'
import { after, lifeLength } from './incident-life.ts'
import { gitsm } from './program.ts'
import { historyRepository } from './service-repository.ts'

const mebibyte = 1024 * 1024
const [small, large] = [10_000, 100_000]

/** How many commits came since the last run, where one is measured that goes on from it. */
const fresh = 100

/** How long it takes to read every clock from a long history, without and with what an earlier run kept. */
export const sla: readonly Benchmark[] = [
  cold('sla', small, 5, 384),
  cold('sla-large', large, 3, 1536),
  {
    name: 'sla-warm',
    what: `gitsm sla, ${count(small)}, ${fresh} commits after the last run`,
    against: 'the same without what the last run kept',
    runs: 5,
    work: { count: small, unit: 'records' },
    goal: { ratio: 0.05 },
    async prepare(folder) {
      const git = await historyRepository(folder, small)
      const kept = join(folder, 'kept')
      await runGit(git, ['update-ref', 'refs/heads/earlier', `HEAD~${fresh}`])
      await onBranch(git, 'earlier')
      await reading(folder, small, forgetting(folder))()
      cpSync(cacheOf(folder), kept, { recursive: true })
      await onBranch(git, 'main')
      return {
        measured: reading(folder, small, () => {
          forgetting(folder)()
          cpSync(kept, cacheOf(folder), { recursive: true })
        }),
        floor: reading(folder, small, forgetting(folder)),
      }
    },
  },
]

function cold(name: string, incidents: number, runs: number, mebibytes: number): Benchmark {
  return {
    name,
    what: `gitsm sla, ${count(incidents)}, nothing kept from an earlier run`,
    against: 'git log --first-parent --raw, then git cat-file --batch of the same blobs',
    runs,
    work: { count: incidents, unit: 'records' },
    goal: { ratio: 1.3, peak: mebibytes * mebibyte },
    async prepare(folder) {
      const git = await historyRepository(folder, incidents)
      const floor = await leastCommands(git)
      return { measured: reading(folder, incidents, forgetting(folder)), floor: () => runInTurn(floor) }
    },
  }
}

function count(incidents: number): string {
  const [records, commits] = [incidents, incidents * lifeLength].map((number) => number.toLocaleString('en'))
  return `${records} incidents, ${commits} commits`
}

/** What any program would have to let git do, one after the other. */
async function leastCommands(git: GitDir): Promise<readonly Command[]> {
  const blobs = join(git.dir, 'blobs.txt')
  const steps = await walkMainline(git, await resolveCommit(git, 'HEAD'), ['records', 'gitsm.yaml'])
  const ids = new Set<string>()
  for (const { touches } of steps) for (const { blob } of touches) if (blob !== null) ids.add(blob)
  writeFileSync(blobs, [...ids, ''].join('\n'))
  const log = ['log', '--first-parent', '--raw', '--no-abbrev', '--no-renames', '--format=%H %ct %an', 'HEAD']
  return [
    { program: 'git', args: log, dir: git.dir },
    { program: 'git', args: ['cat-file', '--batch'], dir: git.dir, input: blobs },
  ]
}

/** Reads every clock after something was made ready, which is not measured, and looks whether they are all there. */
function reading(folder: string, incidents: number, makeReady: () => void): Side {
  const readings = join(folder, 'readings.txt')
  return async () => {
    makeReady()
    const sample = await run({
      ...gitsm(folder, ['--as-of', formatInstant(after(incidents)), 'sla']),
      output: readings,
    })
    const [, clocks = '0'] = /^(\d+) clocks: /m.exec(readFileSync(readings, 'utf8')) ?? []
    if (Number(clocks) < 2 * incidents) throw new Error(`gitsm sla read ${clocks} clocks, too few for two a record`)
    return sample
  }
}

function cacheOf(folder: string): string {
  return join(folder, '.git/gitsm')
}

function forgetting(folder: string): () => void {
  return () => rmSync(cacheOf(folder), { recursive: true, force: true })
}

async function onBranch(git: GitDir, branch: string): Promise<void> {
  await runGit(git, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`])
}
