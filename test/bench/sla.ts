import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveCommit } from '../../src/adapters/git/revision.ts'
import { walkMainline } from '../../src/adapters/git/walk.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Benchmark } from './benchmark.ts'
import { run, runInTurn } from './command.ts'
import { after } from './incident-life.ts'
import { gitsm } from './program.ts'
import { historyRepository } from './service-repository.ts'

const incidents = 10_000

/** How long it takes to read every clock from a long history, without any cache. */
export const sla: Benchmark = {
  name: 'sla',
  what: 'gitsm sla, 10,000 incidents, 60,000 commits',
  against: 'git log --first-parent --raw, then git cat-file --batch of the same blobs',
  runs: 3,
  work: { count: incidents, unit: 'records' },
  goal: { ratio: 1.3, peak: 384 * 1024 * 1024 },
  async prepare(folder) {
    const git = await historyRepository(folder, incidents)
    const [blobs, readings] = [join(folder, 'blobs.txt'), join(folder, 'readings.txt')]
    const steps = await walkMainline(git, await resolveCommit(git, 'HEAD'), ['records', 'gitsm.yaml'])
    const ids = new Set(steps.flatMap(({ touches }) => touches.flatMap(({ blob }) => blob ?? [])))
    writeFileSync(blobs, [...ids, ''].join('\n'))
    const log = ['log', '--first-parent', '--raw', '--no-abbrev', '--no-renames', '--format=%H %ct %an', 'HEAD']
    return {
      async measured() {
        const asOf = formatInstant(after(incidents))
        const sample = await run({ ...gitsm(folder, ['sla', '--as-of', asOf]), output: readings })
        const lines = readFileSync(readings, 'utf8').split('\n').length
        if (lines < 2 * incidents) throw new Error(`gitsm sla printed ${lines} lines, too few for two clocks a record`)
        return sample
      },
      floor: () =>
        runInTurn([
          { program: 'git', args: log, dir: folder },
          { program: 'git', args: ['cat-file', '--batch'], dir: folder, input: blobs },
        ]),
    }
  },
}
