import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { run } from './command.ts'
import { gitsm } from './program.ts'
import { historyRepository } from './service-repository.ts'

const [incidents, changes] = [5_000, 5_000]

/** How long a deployment waits for its answer in a repository of ten thousand records, most of them over. */
export const changeGate: Benchmark = {
  name: 'change-gate',
  what: `gitsm change-gate for one service, with the history of ${incidents} incidents and ${changes} changes`,
  against: 'an empty Node program',
  runs: 5,
  work: { count: 1, unit: 'answers' },
  goal: { rate: 0.5 }, // 2 s
  async prepare(folder) {
    await historyRepository(folder, incidents, changes)
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, '')
    const asked = ['change-gate', '--service', 'webshop', '--environment', 'production', '--at', '2026-11-21T09:00:00Z']
    return {
      // Nothing is cleared at that instant, which is as good an answer as another.
      measured: () => run({ ...gitsm(folder, asked), code: 1 }),
      floor: () => run({ program: process.execPath, args: [empty], dir: folder }),
    }
  },
}
