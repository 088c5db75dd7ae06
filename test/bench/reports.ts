import { rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { formatInstant } from '../../src/core/instant.ts'
import type { Benchmark, Side } from './benchmark.ts'
import { changeLength } from './change-life.ts'
import { run } from './command.ts'
import { after, lifeLength } from './incident-life.ts'
import { gitsm } from './program.ts'
import { historyRepository } from './service-repository.ts'

/** The last month of the history, so that the twelve periods of a trend lie before it. */
const period = '2024-12'

/** How long it takes to write all reports of a month over what an earlier run kept, of a history and of half of it. */
export const reports: readonly Benchmark[] = [
  reportsOf('reports', 10_000, 2_000, { ratio: 2, besides: 3, peak: 512 * 1024 * 1024 }),
  reportsOf('reports-half', 5_000, 1_000),
]

function reportsOf(name: string, incidents: number, changes: number, goal?: Benchmark['goal']): Benchmark {
  const commits = incidents * lifeLength + changes * changeLength
  return {
    name,
    what: `gitsm report, a month of ${incidents} incidents, ${changes} changes, ${commits} commits`,
    against: 'gitsm sla over the same history, both over what an earlier run kept',
    runs: 3,
    work: { count: incidents, unit: 'records' },
    ...(goal && { goal }),
    async prepare(folder) {
      await historyRepository(folder, incidents, changes)
      const asOf = ['--as-of', formatInstant(after(incidents))]
      return {
        measured: writing(folder),
        floor: () => run({ ...gitsm(folder, [...asOf, 'sla']), output: join(folder, 'readings.txt') }),
      }
    },
  }
}

/** Writes all pages where none are, and looks whether they are all there. */
function writing(folder: string): Side {
  const out = join(folder, 'reports')
  return async () => {
    rmSync(out, { recursive: true, force: true })
    const sample = await run(gitsm(folder, ['report', '--period', period]))
    const pages = (await readdir(join(out, period))).filter((file) => file.endsWith('.md'))
    if (pages.length < 8) throw new Error(`gitsm report wrote ${pages.join(', ')} only`)
    return sample
  }
}
