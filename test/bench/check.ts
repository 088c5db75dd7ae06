import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import type { Benchmark } from './benchmark.ts'
import { run } from './command.ts'
import { gitsm } from './program.ts'
import { proposalRepository } from './service-repository.ts'

const id = 'CHG-20261121-BNCH'

/** In a week in which nothing else is planned. */
const change = clusterUpgradeFile(id).replaceAll('2026-12-08', '2027-02-09')

/** How long the gate takes for a pull request of everyday size, start-up included. */
export const check: Benchmark = {
  name: 'check',
  what: 'gitsm check of a branch that adds one normal change to the example organisation',
  against: 'an empty Node program',
  runs: 9,
  work: { count: 1, unit: 'checks' },
  goal: { rate: 0.5 }, // 2 s
  async prepare(folder) {
    await proposalRepository(folder, { path: `records/change/2026/11/${id}.yaml`, content: change })
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, '')
    const asked = ['--as-of', '2026-11-21T09:00:00Z', 'check', '--base', 'main', '--head', 'topic']
    return {
      measured: () => run(gitsm(folder, asked)),
      floor: () => run({ program: process.execPath, args: [empty], dir: folder }),
    }
  },
}
